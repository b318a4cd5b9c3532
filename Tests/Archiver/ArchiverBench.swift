import Archive
import Archiver
import EventModel
import Foundation
import PluginKit
import Store
import Testing

/// A clock that stands still.
struct FixedClock: ServiceClock {
    var now = Instant(microseconds: 1_800_000_000_000_000)
    var uptime: Duration { .zero }
    func wait(_ duration: Duration) async throws(CancellationError) {}
}

/// An archiver on a folder of its own, and words for dropping updates into it.
final class Bench {
    let folder: String
    private(set) var archiver: Archiver
    private var drops = 0

    var archivePath: String { folder + "/" + ArchiveReader.fileName }

    init() async throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("archiver-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folder = url.path
        archiver = try await Bench.open(url.path)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            // ignoring: a folder left behind in the temporary directory harms nothing.
        }
    }

    static func open(_ folder: String, _ settings: ArchiverSettings = ArchiverSettings()) async throws(PluginFailure)
        -> Archiver
    {
        let context = PluginContext(
            manifest: Archiver.manifest, journal: PluginJournal { _, _, _, _, _ in }, clock: FixedClock(),
            stateDirectory: folder)
        return try await Archiver(settings: settings, context: context)
    }

    /// Opens the archive that lies in the folder.
    func open() async throws { archiver = try await Bench.open(folder) }

    /// Closes the archive in order and opens it again.
    func reopen(_ settings: ArchiverSettings = ArchiverSettings()) async throws {
        try await archiver.drain()
        archiver = try await Bench.open(folder, settings)
    }

    /// Goes on with what a killed process would have left: the files as they are, without a close.
    func kill() async throws {
        let copy = folder + ".left"
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        try await archiver.drain()
        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.moveItem(atPath: copy, toPath: folder)
        archiver = try await Bench.open(folder)
    }

    /// The archive's identity without its tables, for tests that do to it what nobody should.
    static let identity = Schema(
        applicationID: 0x7469_6461, migrations: (1...7).map { Migration(to: $0, sql: []) })

    /// The next delivery of some updates.
    func delivery(_ updates: EventUpdate..., format: Format = .icalendar, facts: Facts = Facts()) -> Delivery {
        delivery(updates, format: format, facts: facts)
    }

    func delivery(_ updates: [EventUpdate], format: Format = .icalendar, facts: Facts = Facts()) -> Delivery {
        delivery(Decoded(format: format, updates: updates.map { DecodedUpdate($0) }), facts: facts)
    }

    /// The next delivery, of what was read.
    func delivery(_ decoded: Decoded, by submitter: UInt32 = 1000, facts: Facts = Facts()) -> Delivery {
        drops += 1
        let bytes = Array("drop \(drops)".utf8)
        return Delivery(
            id: DeliveryID(high: UInt64(drops) << 16, low: 0), file: Array("drop-\(drops).ics".utf8), bytes: bytes,
            sha256: String(repeating: "a", count: 60) + String(1000 + drops), submitter: submitter,
            receivedAt: Instant(microseconds: 1_790_000_000_000_000 + Int64(drops)), decoded: decoded, facts: facts)
    }

    /// Offers deliveries as one batch.
    func offer(_ deliveries: [Delivery]) async throws -> [[Answer]] {
        try await archiver.process(DeliveryBatch(deliveries)).answers
    }

    /// Offers one delivery, and gives the answers to its items.
    func answers(_ delivery: Delivery) async throws -> [Answer] { try await offer([delivery])[0] }

    /// Offers a delivery of one item, and gives the answer to that.
    func offer(_ delivery: Delivery) async throws -> Answer { try #require(try await answers(delivery).first) }

    /// Drops one update as a file, and gives the answer.
    func drop(_ update: EventUpdate, format: Format = .icalendar, facts: Facts = Facts()) async throws -> Answer {
        try await offer(delivery([update], format: format, facts: facts))
    }

    /// Drops updates as one file, and gives the answers.
    func dropTogether(_ updates: EventUpdate..., facts: Facts = Facts()) async throws -> [Answer] {
        try await answers(delivery(updates, facts: facts))
    }

    func reader() throws -> ArchiveReader { try ArchiveReader(path: archivePath) }
}

extension Delivery {
    /// The same, of which a person has released an item.
    func releasing(_ number: Int = 1, _ ruling: Ruling = .accept, by user: UInt32 = 501, comment: String = "")
        -> Delivery
    {
        var copy = self
        for index in items.indices where items[index].number == number {
            let release = Release(ruling, decidedBy: user, decidedAt: Instant(microseconds: 7), comment: comment)
            copy.items[index].facts.add(Facts([release]))
        }
        return copy
    }

    /// The same, of which only some items are offered.
    func only(_ numbers: ClosedRange<Int>) -> Delivery {
        var copy = self
        copy.items.removeAll { !numbers.contains($0.number) }
        return copy
    }
}

/// The party of the uid, on a day of May 2027 at 19:00 in Bern.
func party(
    _ uid: String = "party", day: Int = 1, sequence: Int? = nil, _ alter: (inout EventUpdate) -> Void = { _ in }
) throws -> EventUpdate {
    let date = try #require(LocalDate(year: 2027, month: 5, day: day))
    let time = try #require(LocalDateTime(date: date, hour: 19, minute: 0))
    var update = EventUpdate(
        uid: uid, name: LanguageText("May party", language: "en"),
        receipt: Receipt(
            receivedAt: Instant(microseconds: 5),
            source: Source(mediaType: Format.icalendar.mediaType, sha256: "", byteCount: 1)))
    update.sequence = sequence
    var place = Place(name: "Old hall")
    place.locality = "Bern"
    update.occurrences = [Occurrence(id: "1", when: When(start: .time(time, offset: nil)), place: place)]
    alter(&update)
    return update
}

func cancellation(_ uid: String = "party", sequence: Int? = nil) throws -> EventUpdate {
    try party(uid, sequence: sequence) {
        $0.kind = .cancel
        $0.status = .cancelled
        $0.occurrences = []
    }
}

extension [[Answer]] {
    var fingerprints: [[Int]] { map { $0.map(\.fingerprint) } }
}

extension Answer {
    /// What the archive decided that the update does; nil where it does not count.
    var intent: String? { facts[Resolution.self]?.intent.rawValue }
    /// The codes of what was remarkable.
    var codes: [String] { diagnostics.map(\.code.rawValue) }
    /// A number that differs where anything that later stages see differs.
    var fingerprint: Int {
        "\(verdict) \(reason) \(diagnostics) \(String(describing: facts[Resolution.self]))".hashValue
    }
}
