import CSystemd
import Glibc
import Synchronization

/// Writes entries to the journal, or to standard error where there is none. Safe to use from every thread; an entry
/// costs about ten microseconds, nearly all of them the kernel's and libsystemd's.
public final class Journal: Sendable {
    /// Where entries really go: never `auto`, and `console` where a journal was asked for and there is none.
    public let destination: LogDestination
    private let threshold: Atomic<Int>
    private let failures = Atomic<Int>(0)
    private let descriptor: CInt
    private let output: Mutex<Output>

    private struct Output: ~Copyable {
        var encoder: EntryEncoder
        var line: [UInt8] = []
        var vectors: [iovec] = []
    }

    /// Makes a writer. `identifier` becomes `SYSLOG_IDENTIFIER`; entries less important than `level` are left out;
    /// `descriptor` is where the console's and the JSON lines go.
    public init(
        _ wanted: LogDestination, level: JournalPriority = .info, identifier: String = "tidingsd",
        surroundings: LogSurroundings = .find(), descriptor: CInt = 2
    ) {
        destination = wanted.resolved(in: surroundings)
        threshold = Atomic(level.rawValue)
        self.descriptor = descriptor
        output = Mutex(Output(encoder: EntryEncoder(identifier: identifier)))
    }

    /// The least important priority that is written; a reload may change it at any time.
    public var level: JournalPriority {
        get { JournalPriority(rawValue: threshold.load(ordering: .relaxed)) ?? .info }
        set { threshold.store(newValue.rawValue, ordering: .relaxed) }
    }

    /// Whether an entry of this priority would be written: ask before making a costly one.
    public func writes(_ priority: JournalPriority) -> Bool {
        priority.rawValue <= threshold.load(ordering: .relaxed)
    }

    /// How many entries could not be written, because journald was gone or standard error was closed or full.
    public var lostEntries: Int { failures.load(ordering: .relaxed) }

    /// Writes an entry. There is nobody to tell of a journal that fails, so it is counted in `lostEntries`, and an
    /// entry that the journal did not take goes to standard error.
    public func write(_ entry: JournalEntry) {
        guard writes(entry.priority) else { return }
        let isWritten = output.withLock { output in
            if destination == .journal {
                output.encoder.encode(entry)
                if Journal.send(output.encoder, with: &output.vectors) { return true }
            }
            output.line.removeAll(keepingCapacity: true)
            if destination == .json {
                output.encoder.encode(entry)
                JSONLine.append(output.encoder, at: .now, to: &output.line)
            } else {
                ConsoleLine.append(entry, at: .now, to: &output.line)
            }
            return writeLine(output.line) && destination != .journal
        }
        if !isWritten { failures.add(1, ordering: .relaxed) }
    }

    /// Makes and writes an entry; the message is not made when nobody reads it.
    public func write(
        _ messageID: MessageID, _ message: @autoclosure () -> String, priority: JournalPriority? = nil,
        fields: @autoclosure () -> [JournalEntry.Field] = [], file: String = #fileID, line: Int = #line,
        function: String = #function
    ) {
        guard writes(priority ?? messageID.priority) else { return }
        write(
            JournalEntry(
                messageID, message(), priority: priority, fields: fields(), file: file, line: line, function: function))
    }

    private static func send(_ encoder: borrowing EntryEncoder, with vectors: inout [iovec]) -> Bool {
        vectors.removeAll(keepingCapacity: true)
        return encoder.bytes.withUnsafeBytes { bytes in
            var start = 0
            for end in encoder.ends {
                let field = UnsafeMutableRawPointer(mutating: bytes.baseAddress?.advanced(by: start))
                vectors.append(iovec(iov_base: field, iov_len: end - start))
                start = end
            }
            return sd_journal_sendv(vectors, CInt(vectors.count)) >= 0
        }
    }

    private func writeLine(_ line: [UInt8]) -> Bool {
        line.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
