import CommandLineKit
import EventModel
import Foundation
import Systemd
import TestKit
import Testing

@testable import Requests
@testable import Daemon

/// Two uids that administrators say to be one event, carried out by the whole service.
@Suite struct LinkServiceTests {
    private let desk = DecisionRoom()
    private var room: ServiceRoom { desk.room }

    private func announce() async throws {
        try room.drop("a.jsonld", DecisionRoom.concert("c1", name: "Choir"))
        try room.drop("b.jsonld", DecisionRoom.concert("c2", name: "Harbour Choir"))
        #expect(try await desk.run() == .ok)
    }

    @Test func whatIsLinkedIsOneEventInEveryOutputAndIsTwoAgainWhenThatIsUndone() async throws {
        try await announce()
        try desk.ask(.link(uid: "c1", alias: "c2"), as: "link.json", comment: "the same")
        #expect(try await desk.run() == .ok)
        let answer = try desk.answer(to: "link.json")
        #expect(answer.result == .linked)
        #expect(answer.message == "what is said of c2 is said of c1 from now on; it is no event of its own any more")
        #expect(try !desk.site().contains("Harbour Choir"))
        #expect(
            try room.messages(.requestCarriedOut).last?.contains("asked to link c2 to c1 (the same): linked") == true)
        try room.drop("c.jsonld", DecisionRoom.concert("c2", name: "Great Choir", sequence: 2))
        #expect(try await desk.run() == .ok)
        #expect(try desk.site().contains("Great Choir"))
        try desk.ask(.unlink(uid: "c1", alias: "c2"), as: "unlink.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "unlink.json").result == .unlinked)
        #expect(try desk.site().contains("Harbour Choir") && desk.site().contains("Great Choir"))
        #expect(try room.names("requests").isEmpty)
    }

    @Test func whatCannotBeLinkedIsRefused() async throws {
        try await announce()
        try desk.ask(.link(uid: "c9", alias: "c2"), as: "unknown.json")
        try desk.ask(.unlink(uid: "c1", alias: "c2"), as: "none.json")
        try desk.ask(.link(uid: "c1", alias: "c1"), as: "same.json")
        #expect(try await desk.run() == .ok)
        #expect(try desk.answer(to: "unknown.json").result == .refused)
        #expect(try desk.answer(to: "unknown.json").message == "no event is called c9")
        #expect(try desk.answer(to: "none.json").result == .gone)
        #expect(try desk.answer(to: "same.json").message == "both are c1; name two uids")
        #expect(try desk.site().contains("Harbour Choir"))
    }

    /// The daemon ended after the link was made and before it was answered: the request lies there still.
    @Test func askedTwiceItIsDoneOnce() async throws {
        try await announce()
        for name in ["first.json", "second.json"] {
            try desk.ask(.link(uid: "c1", alias: "c2"), as: name)
            #expect(try await desk.run() == .ok)
            #expect(try desk.answer(to: name).result == .linked)
        }
        #expect(try !desk.site().contains("Harbour Choir"))
    }

    @Test func aRequestNamesBoth() throws {
        let request = DecisionRequest(.link(uid: "a", alias: "b"), comment: "same")
        #expect(try DecisionRequest(request.json) == request)
        #expect(
            String(decoding: request.json, as: UTF8.self)
                == "{\"schema\":\"tidings-request/1\",\"action\":\"link\",\"uid\":\"a\",\"alias\":\"b\",\"comment\":\"same\"}\n"
        )
        #expect(throws: RequestFault("its \"alias\" is missing")) {
            try DecisionRequest(Array(#"{"schema":"tidings-request/1","action":"unlink","uid":"a"}"#.utf8))
        }
    }
}
