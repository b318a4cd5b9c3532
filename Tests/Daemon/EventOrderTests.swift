import CommandLineKit
import Requests
import EventModel
import Foundation
import Pipeline
import PluginKit
import Testing

@testable import Daemon

/// What administrators ask to be done to an event, carried out by the whole service.
@Suite struct EventOrderTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    @Test func aWithdrawnEventLeavesTheSiteAndStaysOutUntilThatIsUndone() async throws {
        try room.drop("a.jsonld", DecisionRoom.concert("c1", name: "Choir Night"))
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains("Choir Night"))
        try desk.ask(.withdraw(uid: "c1"), as: "one.json")
        #expect(try await desk.run() == .ok)
        #expect(try !desk.site().contains("Choir Night"))
        let answer = try desk.answer(to: "one.json")
        #expect(answer.result == .withdrawn && answer.uid == "c1")
        #expect(answer.message.contains("what was sent, copied or backed up cannot be called back"))
        try room.drop("b.jsonld", DecisionRoom.concert("c1", name: "Choir Night II", sequence: 2))
        #expect(try await desk.run() == .ok)
        #expect(try !desk.site().contains("Choir Night"))
        try desk.ask(.readmit(uid: "c1"), as: "two.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "two.json").result == .readmitted)
        try room.drop("b.jsonld", DecisionRoom.concert("c1", name: "Choir Night II", sequence: 2))
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains("Choir Night II"))
    }

    @Test func ofAForgottenEventNothingIsLeftAnywhere() async throws {
        let secret = "Zebra Quintet"
        try room.drop("zebra.jsonld", DecisionRoom.concert("zebra-1", name: secret))
        #expect(try await desk.run() == .ok)
        // Held, because it contradicts itself in its order; its report and the answer to its sender speak of the event.
        try room.drop("held.jsonld", DecisionRoom.concert("zebra-1", name: secret + " X", start: "2031-04-01"))
        try room.drop("bad.jsonld", DecisionRoom.concert("zebra-1", name: secret + " Y", start: "2031-02-30"))
        try room.drop("other.jsonld", DecisionRoom.concert("other", name: "Town Band"))
        #expect(try await desk.run() == .attention)
        #expect(try room.names("held").count == 2 && !room.names("rejected").isEmpty)
        try desk.ask(.forget(uid: "zebra-1"))
        _ = try await desk.run()
        #expect(try room.names("held").isEmpty && room.names("requests").isEmpty)
        #expect(try desk.answer().result == .forgotten)
        #expect(try desk.answer().message.contains(" set aside with it"))
        let everything = try desk.everything()
        #expect(everything.range(of: Data("zebra-1".utf8)) == nil)
        #expect(everything.range(of: Data("Town Band".utf8)) != nil)
        try room.drop("again.jsonld", DecisionRoom.concert("zebra-1", name: secret))
        #expect(try await desk.run() == .attention)
        let report = try #require(try room.report("rejected"))
        #expect(report["codes"] as? [String] == ["forgotten-event"])
        #expect((report["message"] as? String)?.contains("forgotten") == true)
        #expect(try !desk.site().contains(secret))
    }

    /// What people were told of decisions names the event, and so does what says nothing new of it.
    @Test func theAnswersThatNameAForgottenEventGoWithIt() async throws {
        let concert = { (start: String, sequence: Int) in
            DecisionRoom.concert("quintet-1", name: "Zebra Quintet", start: start, sequence: sequence)
        }
        try room.drop("a.jsonld", concert("2031-03-14", 1))
        try room.drop("b.jsonld", concert("2031-03-14", 1))
        #expect(try await desk.run() == .ok)
        try room.drop("c.jsonld", concert("2031-03-16", 1))
        #expect(try await desk.run() == .attention)
        try desk.ask(.release(.init(try desk.delivery(in: "held")), .accept, corrections: []), as: "release.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "release.json").message.contains("Zebra Quintet"))
        try room.drop("d.jsonld", concert("2031-03-14", 0))
        _ = try await desk.run()
        try desk.ask(.forget(uid: "quintet-1"))
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer().result == .forgotten)
        let everything = try desk.everything()
        #expect(everything.range(of: Data("Zebra".utf8)) == nil)
        #expect(everything.range(of: Data("quintet-1".utf8)) == nil)
    }

    @Test func ordersAndDecisionsAreCarriedOutTogether() async throws {
        for number in 1...3 {
            try room.drop("\(number).jsonld", DecisionRoom.concert("c\(number)", name: "Song \(number)"))
        }
        try room.drop("walk.txt", DecisionRoom.walk)
        _ = try await desk.run()
        let id = try desk.delivery(in: "held")
        try desk.ask(.withdraw(uid: "c1"), as: "1.json")
        try desk.ask(.release(.init(id), .accept, corrections: [Correction("year", "2029")]), as: "2.json")
        try desk.ask(.withdraw(uid: "c2"), as: "3.json")
        try desk.ask(.discard(.init(DeliveryID(high: 9, low: 9))), as: "4.json")
        _ = try await desk.run()
        _ = try await desk.run()
        #expect(try room.names("requests").isEmpty)
        let results = try (1...4).map { try desk.answer(to: "\($0).json").result }
        #expect(results == [.withdrawn, .outcome(.accepted), .withdrawn, .gone])
        let site = try desk.site()
        #expect(!site.contains("Song 1") && !site.contains("Song 2"))
        #expect(site.contains("Song 3") && site.contains("3 May 2029"))
    }

    @Test(.enabled(if: geteuid() == 0, "needs other users"))
    func anUpdateOfAnotherPublishersEventIsHeld() async throws {
        let publishers = "[publishers.desk]\nusers = [4001]\n[publishers.venue]\nusers = [4002]\n"
        func drop(_ name: String, _ user: uid_t, _ sequence: Int, _ start: String) async throws {
            try room.drop(name, DecisionRoom.concert("c1", start: start, sequence: sequence))
            #expect(chown("\(room.incoming)/\(name)", user, user) == 0)
            _ = try await desk.run(publishers)
        }
        try await drop("a.jsonld", 4001, 1, "2031-03-14")
        try await drop("b.jsonld", 4002, 2, "2031-03-15")
        let report = try #require(try room.report("held"))
        let message = try #require(report["message"] as? String)
        #expect(message.contains("c1 belongs to desk, and this update was dropped for venue"))
        #expect(!message.contains("4001"))
        try await drop("c.jsonld", 4001, 3, "2031-03-16")
        #expect(try desk.site().contains("16 March 2031"))
        let id = try desk.delivery(in: "held")
        try desk.ask(.release(.init(id), .accept, corrections: []))
        _ = try await desk.run(publishers)
        #expect(try desk.answer().result == .outcome(.accepted))
        #expect(try desk.site().contains("15 March 2031"))
    }
}
