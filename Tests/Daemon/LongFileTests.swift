import CommandLineKit
import Requests
import EventModel
import Foundation
import Pipeline
import PluginKit
import Systemd
import TestKit
import Testing

@testable import Daemon

/// A file of many events goes through in slices, and has one answer.
@Suite struct LongFileTests {
    private let room = ServiceRoom()
    private let settings = "stages = [\"keeper\"]\nslice = 100\nbatch = 1"
    private static let slices = (0..<10).map { Array($0 * 100 + 1...$0 * 100 + 100) }

    private func drop(_ bad: Set<Int> = []) throws {
        let names = (1...1000).map { bad.contains($0) ? "reject" : "pass" }
        try room.drop("long.ics", Programme.calendar(names, uid: "long"))
    }

    private func ends(of file: String) throws -> [[String: Any]] {
        try room.entries().filter { $0["TIDINGS_OUTCOME"] != nil && $0["TIDINGS_FILE"] as? String == file }
    }

    @Test func aLoneFileGetsBetweenAndItIsFinishedOnce() async throws {
        try drop()
        // Whose status changed first goes first.
        #expect(chmod("\(room.incoming)/long.ics", 0o1644) == 0)
        try room.drop("lone.ics", saying: "pass")
        let offered = Offered()
        #expect(try await room.runOnce(settings, offered: offered) == .ok)
        #expect(offered.items(of: "long.ics") == Self.slices)
        let order = offered.names
        #expect(order.first == "long.ics" && order.last == "long.ics")
        #expect(order.count { $0 == "lone.ics" } == 1)
        #expect(try ends(of: "long.ics").map { $0["TIDINGS_OUTCOME"] as? String } == ["accepted"])
        let replies = try room.replies(to: "long.ics")
        #expect(replies.count == 1)
        #expect(try room.outcomes(replies[0]) == Array(repeating: "accepted", count: 1000))
        #expect(try room.names("active").isEmpty)
    }

    @Test func badOnesInAnySliceAreNamedInTheEnd() async throws {
        try drop([1, 100, 101, 1000])
        #expect(try await room.runOnce(settings) == .attention)
        let reply = try #require(try room.replies(to: "long.ics").first)
        let rejected = try room.outcomes(reply).enumerated().filter { $1 == "rejected" }.map { $0.offset + 1 }
        #expect(rejected == [1, 100, 101, 1000])
        let message = try #require(try room.messages(.deliveryPartial).first)
        #expect(message.hasPrefix("long.ics: partial: 996 of 1000 events count, 4 are rejected: item 1, "))
        #expect(try ends(of: "long.ics").count == 1)
    }

    @Test func whatAStopHasLeftOfItIsDoneByTheNextRun() async throws {
        try drop([150])
        let offered = Offered()
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        offered.whenAsked { if $0 == 3 { send.yield(.stop) } }
        #expect(try await room.run(settings, isOnce: false, offered: offered, signals: signals) == .ok)
        #expect(offered.items(of: "long.ics").count < 10, "a stop does not wait for all of it")
        #expect(try ends(of: "long.ics").isEmpty)
        #expect(try room.names("active").count == 1)
        let again = Offered()
        #expect(try await room.runOnce(settings, offered: again) == .attention)
        #expect(Set(again.items(of: "long.ics").flatMap { $0 }) == Set(1...1000))
        #expect(try ends(of: "long.ics").map { $0["TIDINGS_OUTCOME"] as? String } == ["partial"])
        #expect(try room.names("active").isEmpty)
    }

    @Test func aReloadInTheMiddleOfItLosesNothing() async throws {
        try drop()
        let offered = Offered()
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        let file = room.directory.path + "/tidingsd.toml"
        offered.whenAsked { asked in
            guard asked == 3 else {
                // By then the second shift has seen all of it.
                if asked > 3, Set(offered.items(of: "long.ics").dropFirst(3).flatMap { $0 }).count == 900 {
                    send.yield(.stop)
                }
                return
            }
            if let text = try? String(contentsOfFile: file, encoding: .utf8) {
                try? text.replacing("batch = 1", with: "batch = 2").write(
                    toFile: file, atomically: false, encoding: .utf8)
            }
            send.yield(.reload)
        }
        #expect(try await room.run(settings, isOnce: false, offered: offered, signals: signals) == .ok)
        _ = try await room.runOnce(settings)
        #expect(try room.messages(.configurationReloaded).count == 1)
        #expect(try ends(of: "long.ics").map { $0["TIDINGS_OUTCOME"] as? String } == ["accepted"])
        #expect(try room.names("active").isEmpty)
    }

    @Test func aPersonDecidesAboutItAsAboutAnyOther() async throws {
        let desk = DecisionRoom()
        let names = (1...250).map { $0 % 100 == 50 ? "hold" : "pass" }
        try desk.room.drop("long.ics", Programme.calendar(names, uid: "long"))
        _ = try await desk.room.runOnce(settings)
        let id = try desk.delivery(in: "held")
        try desk.ask(.release(.init(id, items: [250]), .accept, corrections: []))
        let offered = Offered()
        _ = try await desk.room.runOnce(settings, offered: offered)
        #expect(offered.items(of: "long.ics") == [[250]])
        #expect(try desk.answer().result == .outcome(.accepted))
        try desk.ask(.release(.init(id), .accept, corrections: []), as: "rest.json")
        #expect(try await desk.room.runOnce(settings, offered: offered) == .ok)
        #expect(offered.items(of: "long.ics") == [[250], [50], [150]])
        #expect(try desk.room.names("held").isEmpty)
    }
}
