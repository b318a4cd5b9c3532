import CommandLineKit
import Archive
import EventFormats
import EventModel
import Glibc
import PluginKit
import Requests
import Store
import Systemd

/// The archive as the commands see it: read only, whether or not the daemon runs.
struct Archive {
    /// The most uids that a misspelt one is compared with.
    static let maxCandidates = 10_000

    private let path: String
    /// Nil where there is no archive yet.
    private let reader: ArchiveReader?

    /// Opens the archive. Before the daemon's first start there is none, which is as good as an empty one.
    init(_ service: Service) throws(Failure) {
        path = service.archive
        guard access(path, F_OK) == 0 || errno != ENOENT else {
            reader = nil
            return
        }
        guard access(path, R_OK) == 0 else {
            let cause = String(cString: strerror(errno))
            throw Failure(.permission, "\(path): \(cause); members of the group tidings-admin may read it")
        }
        let path = path
        reader = try Archive.reading { () throws(StoreError) in try ArchiveReader(path: path) }
    }

    /// How many deliveries and events it holds.
    func counts() throws(Failure) -> ArchiveCounts {
        guard let reader else { return ArchiveCounts(deliveries: 0, events: 0) }
        return try Archive.reading { () throws(StoreError) in try reader.counts() }
    }

    /// Whose updates a person has held back.
    func suspensions() throws(Failure) -> [Suspension] {
        guard let reader else { return [] }
        return try Archive.reading { () throws(StoreError) in try reader.suspensions() }
    }

    /// The uids that stand for other events.
    func eventLinks() throws(Failure) -> [EventLink] {
        guard let reader else { return [] }
        return try Archive.reading { () throws(StoreError) in try reader.eventLinks() }
    }

    /// What came from somewhere and has changed events since a time, the latest first.
    func changing(from origin: Origin, since time: Instant) throws(Failure) -> [DecidedItems] {
        guard let reader else { return [] }
        return try Archive.reading { () throws(StoreError) in
            try reader.changing(from: origin, since: time).map { DecidedItems($0.delivery, items: $0.items) }
        }
    }

    /// The items of a delivery that changed events.
    func changing(in delivery: DeliveryID) throws(Failure) -> [Int] {
        guard let reader else { return [] }
        return try Archive.reading { () throws(StoreError) in try reader.changing(in: delivery) }
    }

    /// What is known of a delivery.
    func account(of delivery: DeliveryID) throws(Failure) -> (known: DeliveryAccount?, hasArchive: Bool) {
        guard let reader else { return (nil, false) }
        return try Archive.reading { () throws(StoreError) in (try reader.account(of: delivery), true) }
    }

    /// Hands over what is known of every event, by start.
    func forEachEvent(_ body: (EventSummary) -> Void) throws(Failure) {
        guard let reader else { return }
        try Archive.reading { () throws(StoreError) in
            try reader.forEachEvent { summary in
                body(summary)
                return true
            }
        }
    }

    /// What one event is now, and how it came to that; nil where the archive does not know it.
    func event(_ uid: String) throws(Failure) -> EventRecord? {
        guard let reader else { return nil }
        return try Archive.reading { () throws(StoreError) in try reader.event(uid: uid) }
    }

    /// The uid that was probably meant by one that is not known: the only one that begins with it, else a near one.
    func nearest(to text: String) throws(Failure) -> String? {
        var candidates: [String] = []
        var beginning: [String] = []
        try forEachEvent { event in
            if !text.isEmpty, event.uid.hasPrefix(text) { beginning.append(event.uid) }
            if candidates.count < Archive.maxCandidates { candidates.append(event.uid) }
        }
        if !beginning.isEmpty { return beginning.count == 1 ? beginning[0] : nil }
        return PluginKit.nearest(to: text, among: candidates)
    }

    /// What became of the deliveries that a story is asked for.
    func story(_ subject: StorySubject) throws(Failure) -> [Happening] {
        guard let reader else { return [] }
        return try Archive.reading { () throws(StoreError) -> [Happening] in
            if let delivery = subject.delivery {
                guard let item = subject.item else { return try reader.story(ofDelivery: delivery).map(Happening.init) }
                return try reader.story(ofItem: item, of: delivery).map(Happening.init)
            }
            var entries = try reader.story(ofFile: subject.name)
            if let sha256 = subject.sha256 { entries += try reader.deliveries(sha256: sha256).flatMap(\.story) }
            entries += try reader.story(ofEvent: subject.text)
            var seen: Set<Int64> = []
            return entries.filter { seen.insert($0.number).inserted }.map(Happening.init)
        }
    }

    private static func reading<Result>(_ body: () throws(StoreError) -> Result) throws(Failure) -> Result {
        do throws(StoreError) {
            return try body()
        } catch {
            throw Failure(error.isCorrupt ? .inputOutput : error.isBusy ? .temporary : .unavailable, "\(error)")
        }
    }
}

extension Happening {
    /// What one entry of the archive's log tells.
    init(_ entry: StoryEntry) {
        self.init(time: entry.time)
        delivery = entry.delivery?.description
        item = entry.item
        file = entry.file.isEmpty ? nil : PrintableText.escape(entry.file)
        stage = entry.stage
        uid = entry.uid
        intent = entry.intent?.rawValue
        outcome = entry.outcome.rawValue
        codes = entry.codes
        message = entry.message
        details = entry.changes.map(\.words) + entry.findings.map { $0.line(file: file ?? "") }
    }
}
