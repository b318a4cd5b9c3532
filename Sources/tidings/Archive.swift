import Archiver
import Daemon
import EventFormats
import EventModel
import Glibc
import PluginKit
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
            if let delivery = subject.delivery { return try reader.delivery(id: delivery).flatMap(Happening.all) }
            var records = try reader.deliveries(fileName: subject.name)
            if let sha256 = subject.sha256 { records += try reader.deliveries(sha256: sha256) }
            var seen: Set<DeliveryRecord.Key> = []
            let ofFile = records.filter { seen.insert($0.key).inserted }.flatMap(Happening.all)
            let ofEvent = try reader.deliveries(of: subject.text).filter { seen.insert($0.key).inserted }
            let withdrawal = try reader.event(uid: subject.text)?.withdrawal.map {
                Happening($0, uid: subject.text)
            }
            return ofFile + ofEvent.flatMap(Happening.all).filter { $0.uid == subject.text }
                + [withdrawal].compactMap { $0 }
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

extension DeliveryRecord {
    /// A delivery that was held and released has two records.
    struct Key: Hashable {
        let id: DeliveryID
        let settledAt: Instant
    }

    var key: Key { Key(id: id, settledAt: settledAt) }
}

extension Happening {
    /// That a person took an event out of every output.
    init(_ withdrawal: Withdrawal, uid: String) {
        self.init(time: withdrawal.decidedAt)
        self.uid = uid
        message = "withdrawn by user \(withdrawal.decidedBy): it reaches no output"
    }

    /// What one answer of the archive tells: one thing for each update, or one for a delivery that was held.
    static func all(_ record: DeliveryRecord) -> [Happening] {
        guard !record.updates.isEmpty else { return [Happening(record, update: nil, index: nil)] }
        return record.updates.enumerated().map { Happening(record, update: $1, index: $0) }
    }

    private init(_ record: DeliveryRecord, update: HistoryEntry?, index: Int?) {
        time = record.settledAt
        delivery = record.id.description
        file = PrintableText.escape(record.file)
        stage = Archiver.manifest.name
        uid = update?.uid
        intent = update?.intent.rawValue
        switch update?.intent {
        case .unchanged?, .stale?: outcome = update?.intent.rawValue
        case nil: outcome = record.outcome
        default: outcome = Outcome.accepted.rawValue
        }
        let findings = record.findings.filter { index == nil || $0.update == nil || $0.update == index }
        codes = findings.reduce(into: []) { codes, finding in
            if !codes.contains(finding.code.rawValue) { codes.append(finding.code.rawValue) }
        }
        message = Happening.sentence(record, update)
        details = (update?.changes ?? []).map(\.words) + findings.map { $0.line(file: file ?? "") }
    }

    private static func sentence(_ record: DeliveryRecord, _ update: HistoryEntry?) -> String {
        var parts: [String] = []
        if let update {
            let name = update.state.map { "“\($0.name.text)”" } ?? update.uid
            switch update.intent {
            case .unchanged: parts.append("\(name) says nothing new; revision \(update.revision) stays")
            case .stale: parts.append("\(name) is older than what is known; revision \(update.revision) stays")
            default: parts.append("\(name) is \(update.intent.rawValue): revision \(update.revision)")
            }
        }
        if !record.reason.isEmpty { parts.append(record.reason) }
        if let release = record.release { parts.append(release) }
        return parts.joined(separator: "; ")
    }
}

extension Change {
    /// `occurrences[paris].when.start was 19:00, is 20:00`.
    var words: String { Change.words(path, before: before, after: after) }

    /// The sentence for a change that is known by its texts.
    static func words(_ path: String, before: String?, after: String?) -> String {
        switch (before, after) {
        case (let before?, let after?): "\(path) was \(before), is \(after)"
        case (nil, let after?): "\(path) is \(after), was not set"
        case (let before?, nil): "\(path) was \(before), is not set any more"
        case (nil, nil): "\(path) changed"
        }
    }
}
