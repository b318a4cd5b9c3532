import Archive
import Archiver
import EventModel
import Foundation
import PluginKit
import Store
import Testing

/// What an export costs that says what is known.
@Suite("A delivery that changes nothing")
struct ReceiptTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    private static let count = 2000

    private func export(issued: Int64, bytes: String) throws -> Delivery {
        let updates = try (0..<Self.count).map { number in
            try party("show-\(number)@hall.example", day: 1 + number % 28, sequence: 0) {
                $0.issuedAt = Instant(microseconds: issued)
            }
        }
        let plain = bench.delivery(updates)
        return Delivery(
            id: plain.id, file: plain.file, bytes: Array(bytes.utf8), sha256: String(bytes.hashValue.magnitude),
            submitter: plain.submitter, receivedAt: plain.receivedAt, format: plain.format, items: plain.items)
    }

    /// Bytes that rows take, free pages left out.
    private func size() async throws -> Int {
        try await bench.reopen()
        let database = try Database(path: bench.archivePath, schema: Bench.identity, access: .readOnly)
        let pages = try database.integer("PRAGMA page_count") ?? 0
        let free = try database.integer("PRAGMA freelist_count") ?? 0
        return (pages - free) * (try database.integer("PRAGMA page_size") ?? 0)
    }

    @Test("has one receipt, however many events it has, and its bytes once")
    func receipt() async throws {
        let text = (0..<Self.count).map { "BEGIN:VEVENT show-\($0) \($0 * 7919 % 10007)\r\n" }.joined()
        _ = try await bench.answers(export(issued: 5, bytes: text))
        let before = try await size()
        for _ in 0..<3 {
            let delivery = try export(issued: 5, bytes: text)
            let answers = try await bench.answers(delivery)
            #expect(answers.allSatisfy { $0.verdict == .pass && $0.intent == "unchanged" })
            #expect(try await bench.answers(delivery).map(\.fingerprint) == answers.map(\.fingerprint))
            #expect(try bench.reader().bytes(of: delivery.id) == Array(text.utf8))
            let story = try bench.reader().story(ofDelivery: delivery.id)
            #expect(story.map(\.items) == ["1-2000"])
            #expect(story.map(\.message) == ["items 1-2000 say nothing new"])
        }
        let grown = try await size() - before
        #expect(grown <= 3 * 8192, "\(grown) bytes for three")
        #expect(try bench.reader().counts() == ArchiveCounts(deliveries: 4, events: Self.count))
    }

    @Test("costs no more than its packed bytes where its stamps move at every export")
    func movingStamps() async throws {
        _ = try await bench.answers(export(issued: 5, bytes: "first"))
        let before = try await size()
        for issued: Int64 in 6...8 { _ = try await bench.answers(export(issued: issued, bytes: "export \(issued)")) }
        let grown = try await size() - before
        #expect(grown <= 4 * 8192, "\(grown) bytes for three")
    }

    @Test("says which of its items are covered beside one that changes its event")
    func mixed() async throws {
        _ = try await bench.dropTogether(party("a"), party("b"), party("c"), party("d"))
        let delivery = try bench.delivery(party("a"), party("b", day: 9), party("c"), party("d"))
        #expect(
            try await bench.answers(delivery).map(\.intent) == ["unchanged", "rescheduled", "unchanged", "unchanged"])
        let reader = try bench.reader()
        #expect(try reader.story(ofDelivery: delivery.id).map(\.items) == [nil, "1, 3-4"])
        #expect(try reader.story(ofItem: 3, of: delivery.id).map(\.outcome) == [.unchanged])
        #expect(try reader.story(ofItem: 2, of: delivery.id).map(\.outcome) == [.accepted])
    }
}
