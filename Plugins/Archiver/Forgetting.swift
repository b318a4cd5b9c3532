import EventModel
import PluginKit
import Store

extension Archive {
    /// Erases an event: its bytes, states, revisions and findings, and what names it elsewhere. Digests stay. A file that
    /// spoke of other events too loses its bytes, its name and what it said of this one; the others stay as they are.
    ///
    /// When it returns, nothing of the event is left in the archive's file or its log. Twice is as good as once.
    func forget(_ order: EventOrder, uidHash: [UInt8]) throws(StoreError) {
        next = nil
        let isKnown = try database.transaction { () throws(StoreError) -> Bool in
            guard let event = try events.find(order.uid) else { return try forgotten.has(.uid(uidHash)) }
            try forget(event, order, uidHash)
            return true
        }
        // The transaction may have been made before a kill: the file is written anew whether or not it had to be.
        if isKnown { try database.compact() }
    }

    private func forget(_ event: EventRow, _ order: EventOrder, _ uidHash: [UInt8]) throws(StoreError) {
        let rows = try history.rows(of: event.number)
        var names: Set<String> = [event.overview.name]
        for row in rows where row.madeRevision { names.insert(try history.state(row.number).name.text) }
        let mention = Mention(uid: event.uid, names: names)
        var tombstones: Set<Tombstone> = [.uid(uidHash)]
        for row in rows { tombstones.insert(.content(row.contentHash)) }
        for number in Set(rows.map(\.delivery)) {
            guard let delivery = try deliveries.row(number) else { continue }
            tombstones.insert(.bytes(delivery.sha256))
            try forget(delivery, of: event)
        }
        try delete("history", where: "event", event.number)
        try delete("withdrawals", where: "event", event.number)
        try delete("events", where: "n", event.number)
        try eraseMentions(mention)
        try forgotten.add(tombstones, order)
    }

    /// A delivery that spoke of the event: it goes, or, if it spoke of others too, all goes that may name this one.
    private func forget(_ delivery: DeliveryRow, of event: EventRow) throws(StoreError) {
        try delete("contents", where: "n", delivery.number)
        let entries = try history.rows(from: delivery.history.lowerBound, count: delivery.history.count)
        let isAlone = entries.allSatisfy { $0.event == event.number || $0.isForgotten }
        for row in try deliveries.all(delivery.id) where isAlone || row.number != delivery.number {
            for number in row.findings { try delete("findings", where: "n", number) }
            try delete("deliveries", where: "n", row.number)
        }
        if isAlone { return }
        for entry in entries where entry.event == event.number {
            var scrubbed = entry
            scrubbed.event = HistoryRow.forgottenEvent
            scrubbed.intent = .stale
            scrubbed.stamp = RevisionStamp(source: entry.stamp.source)
            scrubbed.contentHash = []
            (scrubbed.state, scrubbed.evidence) = (nil, nil)
            try history.replace(scrubbed)
        }
        var scrubbed = delivery
        scrubbed.file = []
        try deliveries.replace(scrubbed)
    }

    /// Takes the event out of the sentences about others: what resembled it, what was held because of it.
    private func eraseMentions(_ mention: Mention) throws(StoreError) {
        let findingRows = try database.prepare("SELECT n, message FROM findings")
        var named: [Int64] = []
        while try findingRows.step() {
            if mention.isIn(findingRows.text(1)) { named.append(findingRows.int64(0)) }
        }
        for number in named {
            guard var finding = try findings.rows(number..<number + 1).first else { continue }
            finding.message = Mention.erased
            try findings.replace(finding, at: number)
        }
        let deliveryRows = try database.prepare("SELECT n, reason FROM deliveries WHERE reason <> ''")
        named = []
        while try deliveryRows.step() {
            if mention.isIn(deliveryRows.text(1)) { named.append(deliveryRows.int64(0)) }
        }
        for number in named {
            guard var row = try deliveries.row(number) else { continue }
            row.reason = Mention.erased
            // A file that was held because of the event may be called after it.
            row.file = []
            try deliveries.replace(row)
        }
    }
}

/// How sentences name an event: by its uid, and by its headlines in quotes.
struct Mention {
    /// What stands in the place of a sentence that named the event.
    static let erased = "erased: this named an event that was forgotten"

    private let uid: [UInt8]
    private let quoted: [String]

    init(uid: String, names: Set<String>) {
        self.uid = Array(uid.utf8)
        quoted = names.filter { !$0.isEmpty }.map { "\"\($0)\"" }
    }

    func isIn(_ sentence: String) -> Bool {
        if quoted.contains(where: sentence.contains) { return true }
        let bytes = Array(sentence.utf8)
        guard uid.count <= bytes.count, let first = uid.first else { return false }
        for start in 0...bytes.count - uid.count where bytes[start] == first {
            let end = start + uid.count
            guard bytes[start..<end].elementsEqual(uid) else { continue }
            // "gala" is not named by "gala-2".
            let isWhole =
                (start == 0 || !Mention.isOfIdentifier(bytes[start - 1]))
                && (end == bytes.count || !Mention.isOfIdentifier(bytes[end]))
            if isWhole { return true }
        }
        return false
    }

    private static func isOfIdentifier(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return byte >= 0x80 || (0x61...0x7A).contains(lower) || (0x30...0x39).contains(byte)
            || [UInt8](arrayLiteral: 0x2D, 0x5F, 0x40, 0x2F).contains(byte)
    }
}
