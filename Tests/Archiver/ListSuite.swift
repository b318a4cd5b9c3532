import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// Tests of whole lists: of a venue that has a show on each of some days of May 2027.
protocol ListSuite {
    var bench: Bench { get }
}

extension ListSuite {
    static var venue: Facts { Facts([Publisher("venue")]) }

    func show(
        _ number: Int, sequence: Int? = nil, _ alter: (inout EventUpdate) -> Void = { _ in }
    ) throws -> EventUpdate {
        try party("show-\(number)", day: number, sequence: sequence) {
            $0.name.text = "Show \(number)"
            alter(&$0)
        }
    }

    func list(
        _ updates: [EventUpdate], _ pattern: String = "venue-*.ics", facts: Facts? = nil
    ) -> Delivery {
        var decoded = Decoded(format: .icalendar, updates: updates.map { DecodedUpdate($0) })
        decoded.isEmptyCalendar = updates.isEmpty
        var delivery = bench.delivery(decoded, facts: facts ?? Self.venue)
        delivery.list = CompleteList(pattern, of: decoded)
        delivery.list?.others = ["venue-*.ics", "hall-*.ics"]
        return delivery
    }

    func shows(_ numbers: [Int], _ pattern: String = "venue-*.ics") throws -> Delivery {
        list(try numbers.map { try show($0) }, pattern)
    }

    /// Offers a list, and gives what came of the comparison.
    func compare(_ list: Delivery) async throws -> Answer {
        let answers = try await bench.answers(list)
        try #require(answers.count == list.items.count + 1)
        return try #require(answers.last)
    }

    /// Decides about what a list lacks, and gives the answers.
    func judge(_ delivery: Delivery, _ missing: [String], _ release: Bool = true) async throws -> [Answer] {
        var asked = delivery
        asked.list = nil
        asked.items = try missing.map { uid in DeliveryItem(number: 0, update: try cancellation(uid)) }
        return try await bench.answers(release ? asked.releasing(0) : asked)
    }

    func discard(_ delivery: Delivery, _ uid: String) async throws {
        try await bench.archiver.record([
            LedgerEntry(
                .discarded, of: DeliveryHeader(delivery), item: 0, uid: uid, decidedBy: 501,
                time: Instant(microseconds: 9))
        ])
    }

    func status(_ uid: String) throws -> EventStatus {
        try #require(try bench.reader().event(uid: uid)).state.status
    }
}

extension Answer {
    /// The events that a list lacks and that are asked about.
    var missing: [String] { facts[ListComparison.self]?.missing.map(\.update.uid) ?? [] }
    var answered: [DeliveryID] { facts[ListComparison.self]?.answered ?? [] }
    /// What is said of all that it lacks.
    var listWords: String { facts[ListComparison.self]?.missing.first?.finding.message ?? "" }
}
