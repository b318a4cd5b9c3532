import Archive
import Archiver
import EventModel
import Foundation
import PluginKit
import Store
import Testing

/// Archives that earlier versions wrote.
@Suite("An archive of version", .serialized)
struct MigrationTests {
    let bench: Bench

    init() async throws {
        bench = try await Bench()
        try await bench.archiver.drain()
        for suffix in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: bench.archivePath + suffix) }
    }

    /// Puts a file in the archive's place that has these tables.
    private func place(_ versions: [[String]]) throws {
        let migrations = versions.enumerated().map { Migration(to: $0 + 1, sql: $1) }
        try Database(path: bench.archivePath, schema: Schema(applicationID: 0x7469_6461, migrations: migrations))
            .close()
    }

    private func copy(of version: Int) -> String { "\(bench.archivePath).version-\(version)" }

    @Test("1 opens undamaged, and goes on")
    func versionOne() async throws {
        try place([VersionOneFixture.statements])
        try await bench.open()
        let reader = try bench.reader()
        #expect(try reader.damage().isEmpty)
        #expect(try reader.event(uid: "party")?.history.map(\.intent) == [.new, .rescheduled, .stale])
        #expect(try reader.event(uid: "party")?.state.occurrences.first?.previousStarts.count == 1)
        #expect(FileManager.default.fileExists(atPath: copy(of: 1)))
        // The fixture has used the first three ids.
        for _ in 0..<3 { _ = try bench.delivery(party()) }
        #expect(try await bench.drop(cancellation(sequence: 2)).intent == "cancelled")
    }

    @Test("2 keeps its events, deliveries and bytes, and its answers become a log")
    func versionTwo() async throws {
        try place([[], VersionTwoFixture.statements])
        try await bench.open()
        let reader = try bench.reader()
        #expect(try reader.damage().isEmpty)
        #expect(try reader.events().map(\.uid) == ["party", "first", "second", "third", "unknown"])
        #expect(try reader.events().map(\.isWithdrawn) == [false, true, false, false, false])
        #expect(try reader.events().last?.isTombstone == true)
        let party = try #require(try reader.event(uid: "party"))
        #expect(party.history.map(\.intent) == [.new, .rescheduled, .stale, .unchanged, .corrected])
        #expect(party.history.map(\.revision) == [1, 2, 2, 2, 3])
        #expect(party.history[0].state?.evidence.map(\.rule) == ["headline"])
        #expect(party.state.name.text == "Other" && party.state.sequence == 2)
        #expect(try reader.bytes(of: party.history[0].delivery) == Array("drop 1".utf8))
        let story = try reader.story(ofDelivery: party.history[4].delivery)
        #expect(story.map(\.outcome) == [.held, .accepted])
        #expect(story[0].codes == ["revision-conflict"] && story[1].decidedBy == 501)
        #expect(story[1].release == "released by user 501")
        #expect(try reader.heldItems().map(\.codes) == [["revision-conflict"]])
        #expect(try reader.story(ofEvent: "first").map(\.outcome) == [.accepted, .withdrawn])
        #expect(try reader.counts() == ArchiveCounts(deliveries: 7, events: 5))
        let last = try reader.logPosition().number
        let numbers = try (1...last).map { number in
            try Database(path: bench.archivePath, schema: Bench.identity, access: .readOnly)
                .integer("SELECT count(*) FROM log WHERE n = \(number)")
        }
        #expect(numbers.allSatisfy { $0 == 1 })
    }

    @Test("2 answers what it had answered as before, and still knows what was forgotten")
    func goesOn() async throws {
        try place([[], VersionTwoFixture.statements])
        try await bench.open()
        let first = try bench.delivery(party(sequence: 1))
        #expect(try await bench.offer(first).intent == "new", "as it was answered then")
        for _ in 0..<12 { _ = try bench.delivery(party()) }
        for uid in ["secret", "fourth"] {
            let answer = try await bench.drop(party(uid, day: 20))
            #expect(answer.verdict == .reject && answer.codes == ["forgotten-event"])
        }
        let repeated = try await bench.drop(party(day: 2, sequence: 2) { $0.name.text = "Other" })
        #expect(repeated.intent == "unchanged")
        #expect(try await bench.drop(party(day: 9, sequence: 1)).intent == "stale")
        #expect(try await bench.drop(party(day: 9, sequence: 3)).intent == "rescheduled")
    }

    @Test("2 lies beside the new one until something is forgotten")
    func putAside() async throws {
        try place([[], VersionTwoFixture.statements])
        let before = try Database(
            path: bench.archivePath,
            schema: Schema(applicationID: 0x7469_6461, migrations: (1...2).map { Migration(to: $0, sql: []) }),
            access: .readOnly
        ).integer("SELECT count(*) FROM history")
        try await bench.open()
        let old = try Database(
            path: copy(of: 2),
            schema: Schema(applicationID: 0x7469_6461, migrations: (1...2).map { Migration(to: $0, sql: []) }),
            access: .readOnly)
        #expect(try old.integer("SELECT count(*) FROM history") == before)
        try await bench.reopen()
        #expect(FileManager.default.fileExists(atPath: copy(of: 2)))
        let order = EventOrder(.forget, uid: "party", decidedBy: 501, decidedAt: Instant(microseconds: 7))
        try await bench.archiver.carryOut(order)
        #expect(!FileManager.default.fileExists(atPath: copy(of: 2)))
    }

    @Test("2 stays as it is where a row of it is damaged, and the error names the row")
    func damaged() async throws {
        try place([[], VersionTwoFixture.statements + ["UPDATE history SET revision = 7 WHERE n = 2"]])
        let failure = await #expect(throws: PluginFailure.self) { _ = try await Bench.open(bench.folder) }
        #expect(failure?.description.contains("row 2 of table history does not match its digest") == true)
        let old = Schema(applicationID: 0x7469_6461, migrations: (1...2).map { Migration(to: $0, sql: []) })
        #expect(try Database(path: bench.archivePath, schema: old).integer("PRAGMA user_version") == 2)
    }

    @Test("6 keeps what is asked, and goes on")
    func versionSix() async throws {
        try place(Array(repeating: [], count: 5) + [VersionSixFixture.statements])
        try await bench.open()
        let reader = try bench.reader()
        #expect(try reader.damage().isEmpty)
        let waiting = try #require(try reader.heldItems().first?.delivery)
        #expect(FileManager.default.fileExists(atPath: copy(of: 6)))
        let database = try Database(path: bench.archivePath, schema: Bench.identity)
        #expect(
            try database.integer("SELECT count(*) FROM questions WHERE state = 0 AND event = 1 AND uid IS NULL") == 1)
        // What waits nowhere any more is not asked.
        try await bench.archiver.reconcile(waiting: [waiting])
        #expect(try database.integer("SELECT count(*) FROM questions") == 1)
        try await bench.archiver.reconcile(waiting: [])
        #expect(try database.integer("SELECT count(*) FROM questions") == 0)
        #expect(try reader.damage().isEmpty)
    }

    @Test("3 refuses a key that is not its own where something was forgotten")
    func foreignKey() async throws {
        try await bench.open()
        _ = try await bench.drop(party())
        let key = bench.folder + "/forgotten.key"
        let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let order = EventOrder(.forget, uid: "party", decidedBy: 501, decidedAt: Instant(microseconds: 7))
        try await bench.archiver.carryOut(order)
        try await bench.archiver.drain()
        try FileManager.default.removeItem(atPath: key)
        let failure = await #expect(throws: PluginFailure.self) { _ = try await Bench.open(bench.folder) }
        #expect(failure?.description.contains("forgotten.key beside it is not the one") == true)
    }
}
