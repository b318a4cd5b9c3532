public import EventModel
public import Store
import PluginKit

extension ArchiveReader {
    /// What the archive has to tell of a delivery, oldest first.
    public func story(ofDelivery id: DeliveryID) throws(StoreError) -> [StoryEntry] {
        try delivery(id: id).flatMap(StoryEntry.entries)
    }

    /// What the archive has to tell of an event, oldest first.
    public func story(ofEvent uid: String) throws(StoreError) -> [StoryEntry] {
        try deliveries(of: uid).flatMap(StoryEntry.entries).filter { $0.uid == uid }
    }
}

extension StoryEntry {
    fileprivate static func entries(_ record: DeliveryRecord) -> [StoryEntry] {
        guard !record.updates.isEmpty else { return [StoryEntry(record, nil, record.findings)] }
        return record.updates.enumerated().map { index, update in
            StoryEntry(record, update, record.findings.filter { $0.update == nil || $0.update == index })
        }
    }

    private init(_ record: DeliveryRecord, _ update: HistoryEntry?, _ findings: [Diagnostic]) {
        time = record.settledAt
        delivery = record.id
        stage = Archiver.manifest.name
        outcome = update.map(StoryEntry.outcome) ?? record.outcome
        uid = update?.uid
        intent = update?.intent
        changes = update?.changes ?? []
        codes = findings.map(\.code.rawValue)
        message = StoryEntry.message(record, update, findings)
    }

    private static func outcome(_ update: HistoryEntry) -> String {
        switch update.intent {
        case .unchanged, .stale: update.intent.rawValue
        default: "accepted"
        }
    }

    private static func message(_ record: DeliveryRecord, _ update: HistoryEntry?, _ findings: [Diagnostic]) -> String {
        var sentences: [String] = []
        if let update {
            let name = update.state.map { " (\($0.name.text))" } ?? ""
            switch update.intent {
            case .unchanged: sentences.append("\(update.uid): says what revision \(update.revision) said")
            case .stale: break
            default: sentences.append("\(update.uid)\(name): \(update.intent.rawValue), revision \(update.revision)")
            }
        }
        sentences += findings.map(\.message)
        if let release = record.release { sentences.append(release) }
        return sentences.joined(separator: "; ")
    }
}

extension EventSummary {
    init(_ row: EventRow, isWithdrawn: Bool) {
        self.init(
            uid: row.uid, name: row.overview.name, status: row.overview.status, sequence: row.stamp.sequence,
            start: row.overview.start, end: row.overview.end, places: row.overview.places,
            visibility: row.overview.visibility, isTombstone: row.isTombstone,
            isWithdrawn: isWithdrawn)
    }
}

extension DeliveryRecord {
    init(_ row: DeliveryRow, findings: [Diagnostic], updates: [HistoryEntry]) {
        self.init(
            id: row.deliveryID, file: row.file, sha256: row.sha256, byteCount: row.byteCount, format: row.format,
            submitter: row.submitter, publisher: row.publisher, receivedAt: row.receivedAt,
            settledAt: row.settledAt, outcome: row.outcome.rawValue, reason: row.reason, findings: findings,
            releasedBy: row.release?.decidedBy, releasedAt: row.release?.decidedAt,
            release: row.release?.sentence, updates: updates)
    }
}

extension DeliveryRow {
    var deliveryID: DeliveryID { DeliveryID(id) ?? DeliveryID(high: 0, low: 0) }
}

extension HistoryRow {
    /// Whether the event had another state after it.
    var madeRevision: Bool { intent != .unchanged && intent != .stale }
}
