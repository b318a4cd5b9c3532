import Archiver
import EventModel
import Foundation
import PluginKit
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

    var archivePath: String { folder + "/" + Archiver.fileName }

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

    /// Closes the archive in order and opens it again.
    func reopen(_ settings: ArchiverSettings = ArchiverSettings()) async throws {
        try await archiver.drain()
        archiver = try await Bench.open(folder, settings)
    }

    /// The next delivery of some updates.
    func delivery(_ updates: EventUpdate..., format: Format = .icalendar, facts: Facts = Facts()) -> Delivery {
        delivery(updates, format: format, facts: facts)
    }

    func delivery(_ updates: [EventUpdate], format: Format = .icalendar, facts: Facts = Facts()) -> Delivery {
        drops += 1
        let bytes = Array("drop \(drops)".utf8)
        return Delivery(
            id: DeliveryID(high: UInt64(drops) << 16, low: 0), file: Array("drop-\(drops).ics".utf8), bytes: bytes,
            sha256: String(repeating: "a", count: 60) + String(1000 + drops), submitter: 1000,
            receivedAt: Instant(microseconds: 1_790_000_000_000_000 + Int64(drops)),
            decoded: Decoded(format: format, updates: updates.map { DecodedUpdate($0) }), facts: facts)
    }

    /// Offers deliveries as one batch.
    func offer(_ deliveries: [Delivery]) async throws -> [Answer] {
        try await archiver.process(DeliveryBatch(deliveries)).answers
    }

    /// Offers one delivery.
    func offer(_ delivery: Delivery) async throws -> Answer {
        let answers = try await offer([delivery])
        return try #require(answers.first)
    }

    /// Drops updates as one file, and gives the answer.
    func drop(_ updates: EventUpdate..., format: Format = .icalendar, facts: Facts = Facts()) async throws -> Answer {
        try await offer(delivery(updates, format: format, facts: facts))
    }

    func reader() throws -> ArchiveReader { try ArchiveReader(path: archivePath) }
}

/// The party of the uid, on a day of May 2027 at 19:00 in Bern.
func party(
    _ uid: String = "party", day: Int = 1, sequence: Int? = nil, _ alter: (inout EventUpdate) -> Void = { _ in }
) throws -> EventUpdate {
    let date = try #require(LocalDate(year: 2027, month: 5, day: day))
    let time = try #require(LocalDateTime(date: date, hour: 19, minute: 0))
    var update = EventUpdate(
        uid: uid, name: LanguageText("May party", language: "en"), receivedAt: Instant(microseconds: 5),
        source: Source(mediaType: Format.icalendar.mediaType, sha256: "", byteCount: 1))
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

extension Answer {
    /// What the archive decided, one intent an update.
    var intents: [String] { facts[Resolutions.self]?.items.map(\.intent.rawValue) ?? [] }
    /// The codes of what was remarkable.
    var codes: [String] { diagnostics.map(\.code.rawValue) }
    /// A number that differs where anything that later stages see differs.
    var fingerprint: Int {
        "\(verdict) \(reason) \(diagnostics) \(String(describing: facts[Resolutions.self]))".hashValue
    }
}
