import Archive
import Archiver
import EventModel
import Foundation
import PluginKit
import Store
import Testing

/// What the archiver promises about what is on disk.
@Suite("The archive")
struct ArchiverDurabilityTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    /// A batch with an answer of every kind, after a party on day 2 with sequence 1.
    private func mixedBatch() throws -> [Delivery] {
        [
            try bench.delivery(party("new", sequence: 0) { $0.evidence = [evidence] }),
            try bench.delivery(party(day: 2, sequence: 1)),
            try bench.delivery(party(sequence: 0)),
            try bench.delivery(party(day: 2, sequence: 1) { $0.name.text = "Other" }),
            try bench.delivery(cancellation("unknown")),
            try bench.delivery(party(day: 3, sequence: 2), party("second")),
        ]
    }

    private let evidence = Evidence(
        fieldPath: "name", basis: .inferred, rule: "headline", byteRanges: [1..<4], confidence: 0.5)

    @Test("gives a batch that is offered again the same answers, and changes nothing")
    func idempotent() async throws {
        _ = try await bench.drop(party(day: 2, sequence: 1))
        let batch = try mixedBatch()
        let first = try await bench.offer(batch)
        #expect(
            first.map { $0.map(\.verdict) } == [[.pass], [.pass], [.absorb], [.hold], [.pass], [.pass, .pass]])
        let counts = try bench.reader().counts()
        let again = try await bench.offer(batch)
        #expect(again.fingerprints == first.fingerprints)
        try await bench.reopen()
        let reopened = try await bench.offer(batch)
        #expect(reopened.fingerprints == first.fingerprints)
        #expect(try bench.reader().counts() == counts)
        #expect(try bench.reader().event(uid: "party")?.history.count == 4)
    }

    @Test("answers a delivery with what was decided then, not with what is known now")
    func storedAnswer() async throws {
        let delivery = try bench.delivery(party(sequence: 0))
        let first = try await bench.offer(delivery)
        _ = try await bench.drop(party(day: 9, sequence: 1))
        #expect(try await bench.offer(delivery).fingerprint == first.fingerprint)
    }

    @Test("decides about other bytes that come under the same id, and keeps both")
    func otherBytes() async throws {
        let first = try bench.delivery(party(sequence: 0))
        _ = try await bench.offer(first)
        let changed = try bench.delivery(party(day: 9, sequence: 1))
        let second = Delivery(
            id: first.id, file: first.file, bytes: changed.bytes, sha256: changed.sha256, submitter: first.submitter,
            receivedAt: first.receivedAt, format: changed.format, items: changed.items)
        #expect(try await bench.offer(second).verdict == .pass)
        _ = try await bench.offer(second)
        #expect(try bench.reader().event(uid: "party")?.history.count == 2)
        #expect(try bench.reader().counts().deliveries == 2)
    }

    @Test("has everything it answered when the process is killed")
    func killed() async throws {
        let batch = try mixedBatch()
        let answers = try await bench.offer(batch)
        let copy = try await Bench()
        try await copy.archiver.drain()
        for suffix in ["", "-wal", "-shm"] {
            try FileManager.default.removeItem(atPath: copy.archivePath + suffix)
            try FileManager.default.copyItem(
                atPath: bench.archivePath + suffix, toPath: copy.archivePath + suffix)
        }
        try await copy.reopen()
        #expect(try await copy.offer(batch).fingerprints == answers.fingerprints)
    }

    @Test("keeps the dropped bytes, the file's name and what was said of it")
    func bytes() async throws {
        var name = Array("drop".utf8)
        name.append(0xFF)
        let plain = try bench.delivery(party())
        let delivery = Delivery(
            id: plain.id, file: name, bytes: [0, 1, 255], sha256: plain.sha256, submitter: 4_294_967_294,
            receivedAt: plain.receivedAt, format: plain.format, items: plain.items)
        _ = try await bench.offer(delivery)
        let reader = try bench.reader()
        #expect(try reader.bytes(of: delivery.id) == [0, 1, 255])
        let record = try #require(try reader.deliveries(fileName: name).first)
        #expect(record.id == delivery.id && record.header.submitter == 4_294_967_294)
        #expect(record.header.byteCount == 3 && record.hasBytes)
        #expect(record.story.map(\.uid) == ["party"])
        #expect(try reader.deliveries(of: "party").map(\.id) == [delivery.id])
        #expect(try reader.story(ofDelivery: delivery.id).map(\.outcome) == [.accepted])
    }

    @Test("gives every state back as it was accepted, with receipt, sequence and evidence")
    func states() async throws {
        let update = try party(sequence: 4) {
            $0.evidence = [evidence]
            $0.extensions = [Extension(vocabulary: "icalendar", name: "X-A", content: "X-A:1")]
        }
        let delivery = bench.delivery([update])
        _ = try await bench.offer(delivery)
        let state = try #require(try bench.reader().event(uid: "party")?.state)
        #expect(state.content == update.content)
        #expect(state.sequence == 4 && state.evidence == [evidence])
        #expect(state.receipt.source.sha256 == delivery.sha256 && state.receipt.receivedAt == delivery.receivedAt)
    }

    @Test("tells an event's history, with what each revision changed")
    func history() async throws {
        _ = try await bench.drop(party(sequence: 0))
        _ = try await bench.drop(party(sequence: 1) { $0.name.text = "Party" })
        _ = try await bench.drop(party(sequence: 0))
        let reader = try bench.reader()
        let record = try #require(try reader.event(uid: "party"))
        #expect(record.history.map(\.intent) == [.new, .corrected, .stale])
        #expect(record.history[1].changes.map(\.path) == ["name"])
        let story = try reader.story(ofEvent: "party")
        #expect(story.map(\.outcome) == [.accepted, .accepted, .stale])
        #expect(story[1].message == "“Party” is corrected: revision 2")
        #expect(story[2].message.hasPrefix("party is older than what is known; revision 2 stays; a newer revision"))
        #expect(try reader.event(uid: "nobody") == nil)
        #expect(try reader.delivery(id: DeliveryID(high: 1, low: 1)).isEmpty)
    }

    @Test("lists events by start, with places and the whole range of a tour")
    func list() async throws {
        _ = try await bench.drop(party("late", day: 9))
        _ = try await bench.drop(cancellation("unknown"))
        _ = try await bench.drop(
            party("tour") { update in
                let stops = [("Paris", 3), ("London", 1), ("Paris", 4)]
                update.occurrences = stops.map { name, day in
                    let date = LocalDate(year: 2027, month: 5, day: day).map(Moment.date)
                    return Occurrence(
                        id: "\(name)\(day)", when: When(start: date), place: Place(name: name, kind: .city))
                }
            })
        let events = try bench.reader().events()
        #expect(events.map(\.uid) == ["tour", "late", "unknown"])
        #expect(events[0].places == ["Paris", "London"])
        #expect(events[0].start == "2027-05-01" && events[0].end == "2027-05-04")
        #expect(events[2].start == nil && events[2].status == .cancelled)
        #expect(try bench.reader().events { $0.places.contains("Paris") }.map(\.uid) == ["tour"])
    }

    @Test(
        "finds a changed value in any table",
        arguments: [
            ("deliveries", "submitter = 0"), ("bytes", "body = x'00'"), ("contents", "body = x'00'"),
            ("events", "revision = 7"), ("revisions", "log = 9"), ("log", "sequence = 9"),
            ("findings", "message = ''"), ("sources", "submitter = 7"), ("bases", "sequence = 9"),
            ("meta", "value = x'00'"),
        ])
    func damage(table: String, change: String) async throws {
        _ = try await bench.drop(cancellation(sequence: 1))
        #expect(try bench.reader().damage().isEmpty)
        let key = ["revisions", "bases"].contains(table) ? "event" : "n"
        let intruder = try Database(path: bench.archivePath, schema: Bench.identity)
        try intruder.execute("UPDATE \(table) SET \(change) WHERE \(key) = 1")
        let damage = try bench.reader().damage()
        #expect(damage.map(\.table) == [table] && damage.map(\.row) == [1])
    }

    @Test("does not decide from a damaged row: it says which file and what to do")
    func damageStops() async throws {
        _ = try await bench.drop(party(sequence: 0))
        let intruder = try Database(path: bench.archivePath, schema: Bench.identity)
        try intruder.execute("UPDATE events SET status = 'postponed'")
        let failure = await #expect(throws: PluginFailure.self) { _ = try await bench.drop(party(sequence: 1)) }
        #expect(failure?.kind == .permanent)
        for word in [bench.archivePath, "table events", "backup"] {
            #expect(failure?.description.contains(word) == true, "\(word)")
        }
    }

    @Test("keeps nothing of a batch that fails half-way, and takes it when it is offered again")
    func failing() async throws {
        _ = try await bench.drop(party("first"))
        let count = try bench.reader().counts()
        let big = try (0..<200).map { number in
            try bench.delivery(
                party("e\(number)") { $0.description = LanguageText(String(repeating: "x", count: 9000)) })
        }
        let intruder = try Database(path: bench.archivePath, schema: Bench.identity)
        try intruder.execute(
            """
            CREATE TRIGGER trouble BEFORE INSERT ON events WHEN new.uid = 'e150'
            BEGIN SELECT RAISE(ABORT, 'no'); END
            """)
        let failure = await #expect(throws: PluginFailure.self) { _ = try await bench.offer(big) }
        #expect(failure != nil)
        #expect(try bench.reader().counts() == count)
        try intruder.execute("DROP TRIGGER trouble")
        #expect(try await bench.offer(big).allSatisfy { $0.allSatisfy { $0.verdict == .pass } })
        #expect(try bench.reader().counts().events == 201)
    }

    @Test("refuses to open an archive of a newer version, naming the file")
    func newer() async throws {
        try await bench.archiver.drain()
        let intruder = try Database(path: bench.archivePath, schema: Bench.identity)
        try intruder.execute("PRAGMA user_version = 99")
        let failure = await #expect(throws: PluginFailure.self) { _ = try await Bench.open(bench.folder) }
        #expect(failure?.kind == .permanent)
        #expect(failure?.description.contains(bench.archivePath) == true)
        #expect(failure?.description.contains("version 99") == true)
    }

    @Test("empties its log when the service drains it as any plugin")
    func drained() async throws {
        _ = try await bench.drop(party())
        let plugin: any Plugin = bench.archiver
        try await plugin.drain()
        let log = try FileManager.default.attributesOfItem(atPath: bench.archivePath + "-wal")
        #expect(log[.size] as? Int == 0)
        #expect(try bench.reader().counts().events == 1)
        let failure = await #expect(throws: PluginFailure.self) { _ = try await bench.drop(party()) }
        #expect(failure?.description.contains("closed") == true)
    }
}
