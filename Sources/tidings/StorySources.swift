import Requests
import CPosix
import EventModel
import Glibc
import Spool
import Systemd

/// Reads a story from the journal: what the daemon said of the subject there.
enum JournalStory {
    /// The most entries that are read for one question.
    static let maxEntries = 10_000
    /// The most updates that an entry names.
    static let mostItems = 64

    /// Entries of the daemon alone: its user owns the spool, and the journal vouches for the user of an entry.
    static func entries(_ subject: StorySubject, owner: UInt32) throws(SystemdError) -> [Happening] {
        let journal = try JournalReader(.system)
        var found: [Happening] = []
        var seen: Set<String> = []
        for match in matches(subject) {
            let entries = try journal.entries(
                matching: [match, .init("_UID", String(owner))], order: .newestFirst, limit: maxEntries)
            for entry in entries where seen.insert(entry.cursor).inserted {
                if let entry = Happening(entry) { found.append(entry) }
            }
        }
        return found
    }

    private static func matches(_ subject: StorySubject) -> [JournalReader.Match] {
        if let delivery = subject.delivery { return [.init("TIDINGS_DELIVERY", delivery.description)] }
        var matches = [JournalReader.Match("TIDINGS_FILE", subject.name)]
        if let sha256 = subject.sha256 { matches.append(.init("TIDINGS_SHA256", sha256)) }
        if !subject.text.isEmpty { matches.append(.init("TIDINGS_UID", subject.text)) }
        return matches
    }
}

extension Happening {
    /// An entry that ends a delivery, or says what came of a person's decision; nil for any other entry.
    init?(_ entry: RecordedEntry) {
        if entry["TIDINGS_DECIDED_BY"] != nil {
            time = Instant(microseconds: entry.microseconds)
            delivery = entry["TIDINGS_DELIVERY"]
            items = Happening.items(entry)
            uid = entry["TIDINGS_UID"]
            message = entry["MESSAGE"] ?? ""
            return
        }
        guard let delivery = entry["TIDINGS_DELIVERY"], let outcome = entry["TIDINGS_OUTCOME"] else { return nil }
        time = Instant(microseconds: entry.microseconds)
        self.delivery = delivery
        items = Happening.items(entry)
        isSummary = items.isEmpty
        self.outcome = outcome
        file = entry.values(of: "TIDINGS_FILE").first.map(PrintableText.escape)
        let uids = Set(entry.values(of: "TIDINGS_UID"))
        if uids.count == 1 { uid = entry["TIDINGS_UID"] }
        stage = entry["TIDINGS_STAGE"].flatMap { $0.isEmpty ? nil : $0 }
        intent = entry["TIDINGS_INTENT"]
        codes = entry.values(of: "TIDINGS_CODE").map { String(decoding: $0, as: UTF8.self) }
        let prefix = "\(file ?? ""): \(outcome): "
        let text = entry["MESSAGE"] ?? ""
        message = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    }

    /// The updates that an entry names; none where it may have left some out.
    private static func items(_ entry: RecordedEntry) -> [Int] {
        let numbers = entry.values(of: "TIDINGS_ITEM").compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        return numbers.count < JournalStory.mostItems ? Set(numbers).sorted() : []
    }

    /// The answer to a request of that time.
    init(_ reply: DecisionReply, at time: Instant) {
        self.time = time
        delivery = reply.items?.delivery.description
        items = reply.items?.items ?? []
        uid = reply.uid
        message = "\(reply.result.word): \(reply.message)"
    }
}

/// Reads a story from the spool: reports beside set-aside files, and files that still wait.
enum SpoolStory {
    /// The most reports of a folder that are read for one question.
    static let maxReports = 20_000
    /// Files that are listed at once.
    static let page = 4096

    /// The reports of one folder.
    static func reports(_ subject: StorySubject, in folder: Folder, _ view: SpoolView) throws(SpoolError) -> [Happening]
    {
        if let delivery = subject.delivery {
            // A report whose file has left tells of what is not so any more.
            guard try view.contains(delivery, in: folder), let bytes = try view.report(delivery, in: folder) else {
                return []
            }
            return ReportDocument(bytes).map { Happening.all($0, subject) } ?? []
        }
        var found: [Happening] = []
        var last: DeliveryID?
        var count = 0
        while count < maxReports {
            let listing = try view.list(folder, after: last, limit: page)
            for file in listing.files {
                guard let bytes = try view.report(file.id, in: folder), let report = ReportDocument(bytes),
                    subject.matches(report)
                else { continue }
                found += Happening.all(report, subject)
            }
            count += listing.files.count
            last = listing.files.last?.id
            if !listing.hasMore { break }
        }
        return found
    }

    /// Files that are in work, by their names; what is in them is not looked at.
    static func inWork(_ subject: StorySubject, _ view: SpoolView) throws(SpoolError) -> [Happening] {
        var found: [Happening] = []
        var last: DeliveryID?
        while true {
            let listing = try view.list(.active, after: last, limit: page)
            for file in listing.files where subject.matches(file) {
                var entry = Happening(time: file.id.instant)
                entry.delivery = file.id.description
                entry.file = PrintableText.escape(file.name.bytes)
                entry.message = "is in work; it stays in active/ until every stage has answered"
                found.append(entry)
            }
            last = listing.files.last?.id
            if !listing.hasMore { return found }
        }
    }

    /// A file of that name that nobody has taken yet. Needs no right to list the folder.
    static func waiting(_ subject: StorySubject, spool: String) -> Happening? {
        let path = Array("\(spool)/\(Folder.incoming.rawValue)/".utf8) + subject.name + [0]
        var status = stat()
        guard lstat(path.map { CChar(bitPattern: $0) }, &status) == 0 else { return nil }
        let changed = Int64(status.st_ctim.tv_sec) * 1_000_000 + Int64(status.st_ctim.tv_nsec) / 1000
        var entry = Happening(time: Instant(microseconds: changed))
        entry.file = PrintableText.escape(subject.name)
        entry.message = "waits in incoming/ to be taken; 'tidings status' tells whether the daemon runs"
        return entry
    }
}
