import Archive
import Archiver
import EventModel
import Foundation
import PluginKit
import Store
import Testing

/// What a person asks to be done to an event as a whole.
@Suite("An order")
struct WithdrawalTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    private func order(_ action: EventOrder.Action, _ uid: String = "party") -> EventOrder {
        EventOrder(action, uid: uid, decidedBy: 501, decidedAt: Instant(microseconds: 7_000_000))
    }

    /// Everything that lies in the archive's file and its log.
    private func everything() throws -> Data {
        try ["", "-wal", "-shm"].reduce(into: Data()) { data, suffix in
            data += try Data(contentsOf: URL(fileURLWithPath: bench.archivePath + suffix))
        }
    }

    private func has(_ text: String) throws -> Bool { try everything().range(of: Data(text.utf8)) != nil }

    @Test("to withdraw marks the event, and later updates of it are archived all the same")
    func withdraw() async throws {
        _ = try await bench.drop(party(sequence: 1))
        for _ in 0..<2 { try await bench.archiver.carryOut(order(.withdraw)) }
        #expect(try bench.reader().events().map(\.isWithdrawn) == [true])
        #expect(try await bench.drop(party(day: 3, sequence: 2)).verdict == .pass)
        try await bench.reopen()
        let event = try #require(try bench.reader().event(uid: "party"))
        #expect(event.withdrawal?.decidedBy == 501)
        #expect(event.withdrawal?.decidedAt == Instant(microseconds: 7_000_000))
        #expect(event.history.count == 2)
        try await bench.archiver.carryOut(order(.readmit))
        #expect(try bench.reader().events().map(\.isWithdrawn) == [false])
    }

    @Test("about an event that is not known does nothing")
    func unknown() async throws {
        for action in EventOrder.Action.allCases { try await bench.archiver.carryOut(order(action, "nobody")) }
        #expect(try bench.reader().counts() == ArchiveCounts(deliveries: 0, events: 0))
        #expect(try await bench.drop(party("nobody")).verdict == .pass)
    }

    @Test("to forget leaves nothing of the event in the files, and nothing else is lost")
    func forget() async throws {
        let secret = "Zebra Xylophone Quintet"
        for sequence in 0..<40 {
            _ = try await bench.drop(
                party("zebra-7f3a", day: 1 + sequence % 28, sequence: sequence) { $0.name.text = secret })
        }
        let other = try await bench.drop(party("other", day: 4, sequence: 1))
        #expect(other.verdict == .pass)
        // Held because it resembles the event: its finding names it.
        let held = try await bench.drop(
            party("zebra-7f3a", day: 9) {
                $0.uidOrigin = .derived
                $0.name.text = secret
            }, format: .text)
        #expect(held.verdict == .hold)
        #expect(try has(secret) && has("zebra-7f3a"))
        for _ in 0..<2 { try await bench.archiver.carryOut(order(.forget, "zebra-7f3a")) }
        #expect(try !has(secret))
        #expect(try !has("zebra-7f3a"))
        #expect(try bench.reader().event(uid: "zebra-7f3a") == nil)
        #expect(try bench.reader().event(uid: "other")?.history.count == 1)
        #expect(try bench.reader().damage().isEmpty)
        #expect(try bench.reader().counts() == ArchiveCounts(deliveries: 1, events: 1))
    }

    @Test("to forget keeps what the same file said of others")
    func shared() async throws {
        let delivery = try bench.delivery(party("first"), party("second"), party("third"))
        _ = try await bench.offer(delivery)
        try await bench.archiver.carryOut(order(.forget, "second"))
        let reader = try bench.reader()
        #expect(try reader.events().map(\.uid) == ["first", "third"])
        #expect(try reader.bytes(of: delivery.id) == nil)
        let record = try #require(try reader.delivery(id: delivery.id).first)
        #expect(record.file == [])
        #expect(record.story.map(\.outcome) == [.accepted, .forgotten, .accepted])
        #expect(record.story.map(\.uid) == ["first", nil, "third"])
        #expect(try await bench.answers(delivery).map(\.verdict) == [.pass, .reject, .pass])
        #expect(try reader.damage().isEmpty)
    }

    @Test("to forget refuses the same bytes, content or uid when they come again")
    func again() async throws {
        let delivery = try bench.delivery(party(sequence: 1))
        _ = try await bench.offer(delivery)
        try await bench.archiver.carryOut(order(.forget))
        try await bench.reopen()
        let sameBytes = Delivery(
            id: DeliveryID(high: 99 << 16, low: 0), file: Array("again".utf8), bytes: delivery.bytes,
            sha256: delivery.sha256, submitter: 1000, receivedAt: delivery.receivedAt,
            decoded: Decoded(format: .icalendar, updates: [DecodedUpdate(try party("elsewhere", day: 20))]))
        let answers = [
            try await bench.offer(sameBytes), try await bench.drop(party("party", day: 21, sequence: 9)),
        ]
        for answer in answers {
            #expect(answer.verdict == .reject)
            #expect(answer.diagnostics.map(\.code) == [.forgottenEvent])
            #expect(answer.reason.hasSuffix("known again with \"tidings release\""))
        }
        #expect(try bench.reader().events().isEmpty)
    }

    @Test("to forget does not bind a person who releases the event")
    func released() async throws {
        _ = try await bench.drop(party(sequence: 1))
        try await bench.archiver.carryOut(order(.forget))
        var delivery = try bench.delivery(party(sequence: 2))
        #expect(try await bench.offer(delivery).verdict == .reject)
        delivery.items[0].facts = Facts([
            Release(
                .new, corrections: [Correction("name.text", "May \"party\"\n2")], decidedBy: 501,
                decidedAt: .init(microseconds: 8))
        ])
        #expect(try await bench.offer(delivery).verdict == .pass)
        #expect(try await bench.drop(party(day: 5, sequence: 3)).verdict == .pass)
        let story = try bench.reader().story(ofDelivery: delivery.id)
        #expect(
            story.last?.release == "released by user 501 as new, with name.text set to \"May \"party\"\n2\"")
    }

    @Test("to forget says so while a reader is in the way, and is carried out when asked again")
    func reader() async throws {
        _ = try await bench.drop(party())
        var settings = ArchiverSettings()
        settings.busyTimeout = .zero
        try await bench.reopen(settings)
        let reader = try bench.reader()
        var failure: PluginFailure?
        _ = try await bench.drop(party("other"))
        try await withReader(reader) {
            do throws(PluginFailure) {
                try await bench.archiver.carryOut(order(.forget))
            } catch {
                failure = error
            }
        }
        #expect(failure?.kind == .temporary)
        try await bench.archiver.carryOut(order(.forget))
        #expect(try !has("May party") || bench.reader().event(uid: "other") != nil)
        #expect(try bench.reader().event(uid: "party") == nil)
    }

    /// Runs a body while the reader is in the middle of a read.
    private func withReader(_ reader: ArchiveReader, _ body: () async throws -> Void) async throws {
        let other = try Database(
            path: bench.archivePath,
            schema: Bench.identity, access: .readOnly)
        let statement = try other.prepare("SELECT n FROM events")
        #expect(try statement.step())
        try await body()
        statement.reset()
    }
}
