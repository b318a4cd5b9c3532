import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// Whose events are whose.
@Suite("An event's owner")
struct OwnerTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    private func by(_ publisher: String?) -> Facts { publisher.map { Facts([Publisher($0)]) } ?? Facts() }

    private func drop(_ day: Int, _ sequence: Int, by publisher: String?) async throws -> Answer {
        try await bench.drop(party(day: day, sequence: sequence), facts: by(publisher))
    }

    @Test("is the publisher that was accepted first; another's update is held without naming users")
    func foreign() async throws {
        let lone = UpdateSource.lonePublisher(of: 4001)
        _ = try await drop(1, 1, by: lone)
        let answer = try await drop(2, 2, by: "newsroom")
        #expect(answer.diagnostics.map(\.code) == [.foreignEvent])
        #expect(answer.reason.contains("party belongs to a submitter who speaks for no publisher, and this update was"))
        #expect(answer.reason.contains("dropped for newsroom;"))
        #expect(!answer.reason.contains("4001"))
        #expect(try await drop(2, 2, by: UpdateSource.lonePublisher(of: 4002)).verdict == .hold)
        #expect(try await drop(2, 2, by: lone).verdict == .pass)
    }

    @Test("takes over what was announced before publishers were configured")
    func adoption() async throws {
        _ = try await drop(1, 1, by: nil)
        #expect(try await drop(2, 2, by: UpdateSource.lonePublisher(of: 4001)).verdict == .hold)
        _ = try await bench.drop(party(day: 1, sequence: 3) { $0.name.text = "May Party!" }, facts: by("newsroom"))
        #expect(try bench.reader().event(uid: "party")?.owner == "newsroom")
        #expect(try await drop(5, 9, by: "venue").diagnostics.map(\.code) == [.foreignEvent])
    }

    @Test("does not matter any more when no publishers are configured")
    func none() async throws {
        _ = try await drop(1, 1, by: "newsroom")
        let answer = try await bench.drop(party(day: 1, sequence: 2) { $0.name.text = "May Party!" })
        #expect(answer.verdict == .pass)
        #expect(try bench.reader().event(uid: "party")?.owner == "newsroom")
    }

    @Test("stays the same when a person releases another's update")
    func released() async throws {
        _ = try await drop(1, 1, by: "newsroom")
        let delivery = try bench.delivery(party(day: 2, sequence: 2), facts: by("venue"))
        #expect(try await bench.offer(delivery).verdict == .hold)
        #expect(try await bench.offer(delivery.releasing()).verdict == .pass)
        #expect(try bench.reader().event(uid: "party")?.owner == "newsroom")
    }

    @Test("is asked when a person says of which event a file is an update")
    func updateOf() async throws {
        _ = try await drop(1, 1, by: nil)
        let delivery = try bench.delivery(party("typo", day: 2))
        let held = try await bench.offer(delivery.releasing(1, .update(of: "nobody")))
        #expect(held.verdict == .hold)
        #expect(held.reason.contains("released as an update of nobody, and no event is called that"))
        #expect(try await bench.offer(delivery.releasing(1, .update(of: "party"))).verdict == .pass)
        #expect(try bench.reader().events().map(\.uid) == ["party"])
        #expect(try bench.reader().event(uid: "party")?.history.count == 2)
    }
}
