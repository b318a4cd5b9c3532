import CommandLineKit
import Requests
import EventModel
import Foundation
import Pipeline
import PluginKit
import Systemd
import Testing

@testable import Daemon

/// The faults of a correction are those of the one who corrects: the file stays held as it was.
@Suite struct FaultyReleaseTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    @Test(arguments: [
        ("occurrences[0].when.end", "2029-05-02", "'2029-05-02' lies before the start"),
        ("occurrences[0].when.timeZone", "Mars/Olympus", "Mars/Olympus"),
        ("occurrences[0].when.recurrenceRule", "FREQ=SOMETIMES", "FREQ=SOMETIMES"),
        ("occurrences[0].when.recurrenceRule", "RSCALE=ETHIOPIC;FREQ=MONTHLY", "RSCALE=ETHIOPIC"),
        ("uid", String(repeating: "u", count: 2000), "uid"),
    ])
    func whatAStageRefusesOfACorrectionIsTheCorrectorsFault(path: String, value: String, words: String) async throws {
        try room.drop("walk.txt", DecisionRoom.walk)
        #expect(try await desk.run() == .attention)
        let id = try desk.delivery(in: "held")
        let report = try #require(try room.report("held")) as NSDictionary
        let replies = try room.names("replies/\(getuid())")
        try desk.ask(.release(.init(id), .accept, corrections: [Correction("year", "2029"), Correction(path, value)]))
        _ = try await desk.run()
        let answer = try desk.answer()
        #expect(answer.result == .refused, "\(answer.message)")
        #expect(answer.message.contains(path) && answer.message.contains(words), "\(answer.message)")
        #expect(answer.message.contains("stays held"), "\(answer.message)")
        #expect(try #require(try room.report("held")) as NSDictionary == report)
        #expect(try room.names("rejected").isEmpty && room.names("active").isEmpty)
        #expect(try room.names("requests").isEmpty)
        #expect(try room.names("replies/\(getuid())").filter { !$0.hasPrefix("ask.json") } == replies)
        #expect(try room.messages(.deliveryRejected).isEmpty, "the sender is told of nothing")
        try desk.ask(.release(.init(id), .accept, corrections: [Correction("year", "2029")]), as: "better.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "better.json").result == .outcome(.accepted))
    }
}
