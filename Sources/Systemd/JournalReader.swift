import CSystemd
import Glibc

/// Reads entries back, for questions such as `tidings why`. Open one for each question: a reader that is kept does not
/// see files that journald began later.
public struct JournalReader: ~Copyable {
    /// Where to read.
    public enum Scope: Sendable {
        /// What this user may see of this machine's journal.
        case system
        /// Journal files below a directory.
        case directory(String)
    }

    /// A field and its value. Values of one name are alternatives; different names must all agree.
    public struct Match: Sendable {
        let field: [UInt8]

        /// Entries whose field `name` has this value, byte for byte.
        public init(_ name: String, _ value: [UInt8]) { field = Array(name.utf8) + [UInt8(ascii: "=")] + value }

        /// Entries whose field `name` has this text.
        public init(_ name: String, _ value: String) { self.init(name, Array(value.utf8)) }
    }

    /// The order of entries.
    public enum Order: Sendable {
        case oldestFirst
        case newestFirst
    }

    /// What is read of one field, in bytes; the rest is cut.
    public static let maxFieldBytes = EntryEncoder.maxValueBytes + EntryEncoder.maxNameBytes + 1

    private let journal: OpaquePointer
    private let subject: String

    /// Opens the journal. A user who may not read any of it gets `EACCES`.
    public init(_ scope: Scope = .system) throws(SystemdError) {
        var opened: OpaquePointer?
        let result: CInt
        switch scope {
        case .system:
            subject = ""
            result = sd_journal_open(&opened, CInt(SD_JOURNAL_LOCAL_ONLY))
        case .directory(let path):
            subject = path
            result = sd_journal_open_directory(&opened, path, 0)
        }
        guard result >= 0, let opened else {
            throw SystemdError(
                .openJournal, subject: subject, code: result,
                remedy: "members of the group systemd-journal may read it")
        }
        journal = opened
        sd_journal_set_data_threshold(journal, JournalReader.maxFieldBytes)
    }

    deinit { sd_journal_close(journal) }

    /// Hands over matching entries until there is no other, `limit` is reached or the body answers false.
    public borrowing func read(
        matching matches: [Match], order: Order = .oldestFirst, limit: Int, _ body: (RecordedEntry) -> Bool
    ) throws(SystemdError) {
        sd_journal_flush_matches(journal)
        for match in matches {
            try check(match.field.withUnsafeBytes { sd_journal_add_match(journal, $0.baseAddress, $0.count) })
        }
        try check(order == .oldestFirst ? sd_journal_seek_head(journal) : sd_journal_seek_tail(journal))
        for _ in 0..<max(0, limit) {
            let step = order == .oldestFirst ? sd_journal_next(journal) : sd_journal_previous(journal)
            try check(step)
            guard step > 0 else { return }
            guard body(try current()) else { return }
        }
    }

    /// Matching entries, `limit` at most.
    public borrowing func entries(
        matching matches: [Match], order: Order = .oldestFirst, limit: Int
    ) throws(SystemdError) -> [RecordedEntry] {
        var found: [RecordedEntry] = []
        try read(matching: matches, order: order, limit: limit) { entry in
            found.append(entry)
            return true
        }
        return found
    }

    private borrowing func current() throws(SystemdError) -> RecordedEntry {
        var microseconds: UInt64 = 0
        try check(sd_journal_get_realtime_usec(journal, &microseconds))
        var text: UnsafeMutablePointer<CChar>?
        try check(sd_journal_get_cursor(journal, &text))
        defer { free(text) }
        var fields: [(name: String, value: [UInt8])] = []
        var data: UnsafeRawPointer?
        var length = 0
        sd_journal_restart_data(journal)
        while true {
            let result = sd_journal_enumerate_available_data(journal, &data, &length)
            try check(result)
            guard result > 0, let data else { break }
            let bytes = UnsafeRawBufferPointer(start: data, count: length)
            guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { continue }
            fields.append((String(decoding: bytes[..<equals], as: UTF8.self), Array(bytes[(equals + 1)...])))
        }
        return RecordedEntry(
            microseconds: Int64(clamping: microseconds), cursor: text.map { String(cString: $0) } ?? "",
            fields: fields)
    }

    private borrowing func check(_ result: CInt) throws(SystemdError) {
        guard result < 0 else { return }
        throw SystemdError(.readJournal, subject: subject, code: result)
    }
}
