import CommandLineKit
import Requests
import EventModel
import Foundation
import Pipeline
import PluginKit
import Systemd
import Testing

@testable import Daemon

/// The faults of a correction of one event are no harm to it, to the file or to the other events.
@Suite struct FaultyItemReleaseTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    @Test(arguments: [
        ("occurrences[0].when.strat", "2031-05-02", "did you mean occurrences[0].when.start?"),
        ("occurrences[0].when.start", "soon", "expected a date such as"),
        ("year", "2032", "year: is for texts"), ("updates[1].status", "cancelled", "there is no such field"),
        // The keeper judges what is released by the second word.
        ("name.text", "to reject", "stage keeper refuses it with name.text set to \"to reject\": "),
    ])
    func thatOneStaysHeldAndTheOthersAreUnharmed(path: String, value: String, words: String) async throws {
        try room.drop("a.ics", saying: "hold", "hold", "pass")
        #expect(try await room.runOnce() == .attention)
        let id = try desk.delivery(in: "held")
        let report = try #require(try room.report("held")) as NSDictionary
        try desk.ask(.release(.init(id, items: [2]), .accept, corrections: [Correction(path, value)]))
        _ = try await room.runOnce()
        let answer = try desk.answer()
        #expect(answer.result == .refused, "\(answer.message)")
        #expect(answer.message.contains(words) && answer.message.contains("stays held"), "\(answer.message)")
        #expect(try #require(try room.report("held")) as NSDictionary == report)
        #expect(try room.names("rejected").isEmpty && room.names("active").isEmpty)
        #expect(try room.messages(.deliveryRejected).isEmpty, "the sender is told of nothing")
        try desk.ask(
            .release(.init(id, items: [2]), .accept, corrections: [Correction("name.text", "Gala")]), as: "2.json")
        _ = try await room.runOnce()
        #expect(try desk.answer(to: "2.json").result == .outcome(.accepted))
        try desk.ask(.release(.init(id), .accept, corrections: []), as: "1.json")
        #expect(try await room.runOnce() == .ok)
        #expect(try desk.answer(to: "1.json").result == .outcome(.accepted))
        #expect(try room.names("held").isEmpty)
    }

    @Test func ofSeveralAtOnceNothingCanBeSet() async throws {
        try room.drop("a.ics", saying: "hold", "hold", "pass")
        _ = try await room.runOnce()
        let id = try desk.delivery(in: "held")
        try desk.ask(.release(.init(id), .accept, corrections: [Correction("name.text", "Gala")]))
        _ = try await room.runOnce()
        #expect(try desk.answer().result == .refused)
        #expect(try desk.answer().message.contains("of one update cannot be said of 2; release them one by one"))
        #expect(try room.outcomes(try room.report("held")) == ["held", "held", "accepted"])
    }
}
