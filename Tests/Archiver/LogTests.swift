import Archive
import Archiver
import EventModel
import Foundation
import PluginKit
import Store
import Testing

/// The log of all that was decided.
@Suite("The log")
struct LogTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    private func entry(
        _ outcome: LogOutcome, of delivery: Delivery, item: Int? = 1, by person: UInt32? = nil, at time: Int64
    ) -> LedgerEntry {
        LedgerEntry(
            outcome, of: DeliveryHeader(delivery), item: item, uid: "party", stage: person == nil ? "validator" : nil,
            findings: person == nil
                ? [
                    Diagnostic(
                        .invalidDate, severity: .error, field: "when",
                        position: SourcePosition(line: 4, column: 9, bytes: 30..<38), message: "30 February")
                ] : [], message: person == nil ? "30 February" : "", decidedBy: person,
            comment: person == nil ? "" : "not ours", time: Instant(microseconds: time))
    }

    @Test("tells of what the archiver never saw: where in the file, who decided, and what that person said")
    func recorded() async throws {
        let delivery = try bench.delivery(party())
        let entries = [
            entry(.rejected, of: delivery, at: 5), entry(.retried, of: delivery, by: 501, at: 6),
            entry(.rejected, of: delivery, at: 7), entry(.discarded, of: delivery, item: nil, by: 502, at: 8),
        ]
        try await bench.archiver.record(entries)
        try await bench.reopen()
        let reader = try bench.reader()
        let story = try reader.story(ofEvent: "party")
        #expect(story.map(\.number) == [1, 2, 3, 4])
        #expect(story.map(\.outcome) == [.rejected, .retried, .rejected, .discarded])
        #expect(story[0].stage == "validator" && story[0].codes == ["invalid-date"] && story[0].item == 1)
        #expect(story[0].findings.first?.position?.line == 4 && story[0].findings.first?.position?.column == 9)
        #expect(story[0].message == "30 February")
        #expect(story[3].decidedBy == 502 && story[3].comment == "not ours" && story[3].item == nil)
        #expect(story[3].message == "discarded by user 502; “not ours”")
        #expect(story.map(\.delivery) == Array(repeating: delivery.id, count: 4))
        #expect(try reader.story(ofFile: delivery.file).count == 4)
        #expect(try reader.counts() == ArchiveCounts(deliveries: 0, events: 0))
    }

    @Test("says twice what was told twice only where it happened twice")
    func recordedAgain() async throws {
        let delivery = try bench.delivery(party())
        let rejected = entry(.rejected, of: delivery, at: 5)
        let retried = entry(.retried, of: delivery, by: 501, at: 6)
        try await bench.archiver.record([rejected])
        try await bench.archiver.record([rejected, entry(.rejected, of: delivery, at: 9)])
        #expect(try bench.reader().logPosition().number == 1, "the same refusal, found again after a kill")
        try await bench.archiver.record([retried, rejected])
        try await bench.archiver.record([retried, rejected])
        #expect(try bench.reader().logPosition().number == 3)
    }

    @Test("lists what waits for a person until somebody has decided")
    func held() async throws {
        let first = try bench.delivery(party("a"), party("b"))
        let second = try bench.delivery(party("c"))
        try await bench.archiver.record([
            entry(.held, of: first, item: 1, at: 5), entry(.held, of: first, item: 2, at: 5),
            entry(.held, of: second, at: 6),
        ])
        let reader = try bench.reader()
        #expect(try reader.heldItems().map(\.item) == [1, 2, 1])
        try await bench.archiver.record([entry(.discarded, of: first, item: 2, by: 501, at: 7)])
        #expect(try reader.heldItems().map(\.item) == [1, 1])
        try await bench.archiver.record([entry(.discarded, of: second, item: nil, by: 501, at: 8)])
        #expect(try reader.heldItems().map(\.delivery) == [first.id])
        _ = try await bench.answers(first.only(1...1).releasing())
        #expect(try reader.heldItems().isEmpty)
    }

    @Test("tells of orders, and of each once")
    func orders() async throws {
        _ = try await bench.drop(party())
        func order(_ action: EventOrder.Action, _ time: Int64) -> EventOrder {
            EventOrder(
                action, uid: "party", decidedBy: 501, decidedAt: Instant(microseconds: time), comment: "by mistake")
        }
        for order in [order(.withdraw, 5), order(.withdraw, 5), order(.readmit, 6), order(.readmit, 6)] {
            try await bench.archiver.carryOut(order)
        }
        let story = try bench.reader().story(ofEvent: "party")
        #expect(story.map(\.outcome) == [.accepted, .withdrawn, .readmitted])
        #expect(story[1].comment == "by mistake" && story[1].delivery == nil && story[1].stage == nil)
        for _ in 0..<2 { try await bench.archiver.carryOut(order(.forget, 7)) }
        #expect(try bench.reader().story(ofEvent: "party").isEmpty)
        #expect(try bench.reader().logPosition().number == 4, "forgotten entries keep their numbers")
    }

    @Test("keeps its identity, and another archive has another")
    func identity() async throws {
        let identity = try bench.reader().logPosition().identity
        #expect(identity.utf8.count == 32)
        try await bench.reopen()
        #expect(try bench.reader().logPosition().identity == identity)
        #expect(try await Bench().reader().logPosition().identity != identity)
    }

    /// Batches of every kind: new, changed, unchanged, stale, held and released items, in files of one and of many, some
    /// offered twice, endings from elsewhere, orders.
    private func round(_ number: Int) async throws {
        let base = number * 7
        func uid(_ index: Int) -> String { "e\((base + index) % 40)" }
        var batch = [
            try bench.delivery(party(uid(0), day: 1 + number % 28, sequence: number)),
            try bench.delivery(party(uid(1), day: 1 + number % 28)),
            try bench.delivery(party(uid(2), sequence: 0), party(uid(3)), party(uid(4), day: 3)),
            try bench.delivery((0..<12).map { try party("fixed\($0)") }),
            try bench.delivery(cancellation(uid(5), sequence: number)),
        ]
        batch[2].facts = number.isMultiple(of: 3) ? Facts([PartialPolicy.hold]) : Facts()
        let answers = try await bench.offer(batch)
        if number.isMultiple(of: 4) { _ = try await bench.offer(Array(batch.shuffled().prefix(3))) }
        for (delivery, answers) in zip(batch, answers) {
            for (item, answer) in zip(delivery.items, answers) where answer.verdict == .hold {
                if number.isMultiple(of: 2) {
                    _ = try await bench.answers(delivery.only(item.number...item.number).releasing(item.number))
                } else {
                    try await bench.archiver.record([
                        entry(.discarded, of: delivery, item: item.number, by: 501, at: Int64(number))
                    ])
                }
            }
        }
        if number.isMultiple(of: 10) {
            let order = EventOrder(
                number.isMultiple(of: 20) ? .withdraw : .forget, uid: uid(0), decidedBy: 501,
                decidedAt: Instant(microseconds: Int64(number)))
            try await bench.archiver.carryOut(order)
        }
    }

    private func numbers(_ path: String) throws -> [Int64] {
        let database = try Database(path: path, schema: Bench.identity, access: .readOnly)
        let select = try database.prepare("SELECT n FROM log ORDER BY n")
        var numbers: [Int64] = []
        while try select.step() { numbers.append(select.int64(0)) }
        return numbers
    }

    @Test("has no gaps after hundreds of batches of every kind, and after a kill between any two of them")
    func gapless() async throws {
        var last: Int64 = 0
        for number in 1...150 {
            try await round(number)
            if number.isMultiple(of: 15) { try await bench.kill() }
            let position = try bench.reader().logPosition().number
            #expect(position > last)
            last = position
        }
        #expect(last > 1000)
        #expect(try numbers(bench.archivePath) == Array(1...last))
        #expect(try bench.reader().damage().isEmpty)
    }
}
