import EventModel
import Foundation
import Notifier
import PluginKit
import Synchronization
import TestKit

/// A notifier with a real folder and a real database, and a clock that the test holds.
final class NotifierHarness {
    let root: URL
    let clock: HeldClock
    let log = Log()
    var channel = ChannelSettings()
    private var deliveries: UInt64 = 0

    init(now: String = "2026-11-23T20:49:20Z") throws {
        root = FileManager.default.temporaryDirectory.appending(path: "notifier-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: root.appending(path: "notifier"), withIntermediateDirectories: true)
        clock = HeldClock(now: Harness.instant(now))
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: root)
        } catch {
            // ignoring: what is left lies in the temporary folder.
        }
    }

    var site: URL { root.appending(path: "site") }

    func make() async throws -> Notifier {
        var settings = NotifierSettings()
        settings.channels = [channel]
        let journal = PluginJournal { [log] level, message, _, _, _ in log.add(level, message) }
        let context = PluginContext(
            manifest: Notifier.manifest, journal: journal, clock: clock,
            stateDirectory: root.appending(path: "notifier").path)
        return try await Notifier(settings: settings, context: context)
    }

    /// A delivery with an item for each of the given resolutions.
    func delivery(_ resolutions: Resolution...) -> Delivery {
        deliveries += 1
        return Delivery(
            id: DeliveryID(at: clock.now.adding(.milliseconds(Int(deliveries))), random: (0, deliveries)), file: [],
            bytes: [], sha256: "", submitter: 1000, receivedAt: clock.now, format: .jsonld,
            items: resolutions.enumerated().map { index, resolution in
                let event = resolution.after ?? resolution.before ?? Harness.gala(uid: resolution.uid)
                return DeliveryItem(number: index + 1, update: event.statement, facts: Facts([resolution]))
            })
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: site.appending(path: name)), as: UTF8.self)
    }

    func files() throws -> [String: Data] {
        try ["calendar.ics", "events.jsonld", "feed.atom", "index.html"].reduce(into: [:]) { files, name in
            files[name] = try Data(contentsOf: site.appending(path: name))
        }
    }

    func feed() throws -> Feed { try Feed(Data(read("feed.atom").utf8)) }
}

extension Notifier {
    /// Offers deliveries as one batch.
    func offer(_ deliveries: Delivery...) async throws {
        let verdicts = try await process(DeliveryBatch(deliveries))
        guard verdicts.answers.map(\.count) == deliveries.map(\.items.count),
            verdicts.answers.joined().allSatisfy({ $0.verdict == .pass })
        else { throw Harness.Fault("not every update passed") }
    }
}

/// What the plugin wrote into its journal.
final class Log: Sendable {
    private let entries = Mutex<[(level: JournalLevel, message: String)]>([])

    func add(_ level: JournalLevel, _ message: String) { entries.withLock { $0.append((level, message)) } }

    var levels: [JournalLevel] { entries.withLock { $0.map(\.level) } }
}

/// Values for tests.
enum Harness {
    struct Fault: Error {
        var words: String
        init(_ words: String) { self.words = words }
    }

    static func instant(_ text: String) -> Instant {
        let seconds = ISO8601DateFormatter().date(from: text)?.timeIntervalSince1970 ?? 0
        return Instant(microseconds: Int64(seconds) * 1_000_000)
    }

    static func date(_ text: String) -> LocalDate {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, let date = LocalDate(year: parts[0], month: parts[1], day: parts[2]) else {
            preconditionFailure("no date: \(text)")
        }
        return date
    }

    static func time(_ text: String) -> Moment {
        let parts = text.split(separator: "T")
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        guard let time = LocalDateTime(date: date(String(parts[0])), hour: clock[0], minute: clock[1]) else {
            preconditionFailure("no time: \(text)")
        }
        return .time(time, offset: nil)
    }

    /// An event of one evening in Basel.
    static func gala(uid: String = "gala@example.org", name: String = "Winter Gala", start: String = "2026-12-05T19:00")
        -> Event
    {
        var event = Event(
            uid: uid, name: LanguageText(name, language: "en"),
            receipt: Receipt(
                receivedAt: instant("2026-11-23T20:00:00Z"),
                source: Source(
                    mediaType: "application/ld+json", sha256: String(repeating: "5", count: 64), byteCount: 10)))
        var place = Place(name: "Volkshaus")
        place.streetAddress = "Rebgasse 12"
        place.locality = "Basel"
        place.country = "CH"
        event.occurrences = [
            Occurrence(id: "main", when: When(start: time(start), timeZone: "Europe/Zurich"), place: place)
        ]
        event.parties = [Party(name: "Basel Philharmonic", kind: .organization, role: .organizer)]
        return event
    }

    /// An event of several whole days in several cities.
    static func rallies(_ cities: [String], from: String, to: String) -> Event {
        var event = Event(
            uid: "rallies@example.org", name: LanguageText("Rallies in \(cities.count) cities", language: "en"),
            receipt: Receipt(
                receivedAt: instant("2026-11-23T20:00:00Z"),
                source: Source(mediaType: "text/plain", sha256: "", byteCount: 1)))
        event.occurrences = cities.map { city in
            var occurrence = Occurrence(
                id: city, when: When(start: .date(date(from)), end: .date(date(to))),
                place: Place(name: city, kind: .city))
            occurrence.dayAssignment = .unspecified
            return occurrence
        }
        return event
    }

    static func new(_ event: Event, revision: Int = 1) -> Resolution {
        Resolution(uid: event.uid, intent: .new, revision: revision, before: nil, after: event, changes: [])
    }

    static func change(_ before: Event, _ after: Event, _ intent: Intent, revision: Int = 2) -> Resolution {
        Resolution(uid: after.uid, intent: intent, revision: revision, before: before, after: after, changes: [])
    }
}
