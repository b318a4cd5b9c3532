import CommandLineKit
import CPosix
import EventFormats
import Glibc

/// Standard output and standard error. What is written goes out in large pieces and at the end; a failure to write is
/// told then.
final class Console {
    /// Bytes that are collected before they are written.
    static let bufferBytes = 1 << 16
    /// The width of a terminal that does not tell it.
    static let usualWidth = 80

    /// The columns of the terminal that standard output goes to; nil where it goes to a file or another program, which
    /// get everything whole.
    let width: Int?
    /// Whether standard output is a terminal that may show colours (<https://no-color.org>).
    let hasColour: Bool
    /// Whether a person reads standard error.
    let isErrorATerminal: Bool
    private var progress: ProgressBar?
    private var buffer: [UInt8] = []
    private var failure: CInt = 0

    init() {
        let isPlain = Environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        let isDumb = Environment["TERM"].map { $0.isEmpty || $0 == "dumb" } ?? true
        width = Console.width(of: STDOUT_FILENO)
        hasColour = width != nil && !isPlain && !isDumb
        let errorWidth = Console.width(of: STDERR_FILENO)
        isErrorATerminal = errorWidth != nil
        if let errorWidth, !isDumb { progress = ProgressBar(width: errorWidth) }
    }

    private static func width(of descriptor: CInt) -> Int? {
        let columns = tidings_terminal_columns(descriptor)
        if columns != 0 { return columns > 0 ? Int(columns) : nil }
        return Environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? usualWidth
    }

    func write(_ text: String) { write(bytes: Array(text.utf8)) }

    func line(_ text: String = "") { write(text + "\n") }

    /// Writes a line that begins further right. A terminal gets it broken between words, with what follows the first
    /// line two columns further in.
    func paragraph(_ text: String, indent: Int = 0, styling: (word: String, style: Style?)? = nil) {
        var text = String(repeating: " ", count: indent) + text
        if let width { text = text.broken(toWidth: width, indent: indent + 2).joined(separator: "\n") }
        if let styling {
            text = text.replacing(styling.word, with: styled(styling.word, styling.style), maxReplacements: 1)
        }
        line(text)
    }

    func write(bytes: [UInt8]) {
        buffer += bytes
        if buffer.count >= Console.bufferBytes { flush() }
    }

    /// Writes one JSON object as a line.
    func json(_ members: (inout JSONWriter) -> Void) {
        var json = JSONWriter()
        json.object(members)
        json.newline()
        write(bytes: json.bytes)
    }

    /// Writes a line to standard error, after what was written before.
    func complain(_ text: String) {
        flush()
        clearProgress()
        Console.put(Array((text + "\n").utf8), STDERR_FILENO)
    }

    /// Shows how far long work is, where a person waits for it. What is written next takes the bar's place.
    func progress(_ done: Int, of total: Int, _ name: String) {
        guard let bytes = progress?.step(done, of: total, name) else { return }
        Console.put(bytes, STDERR_FILENO)
    }

    private func clearProgress() {
        if let bytes = progress?.clear() { Console.put(bytes, STDERR_FILENO) }
    }

    /// The text in a style, where there are colours.
    func styled(_ text: String, _ style: Style?) -> String {
        guard hasColour, let style, !text.isEmpty else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    /// Writes what is left; the status is another one if that fails. A reader that has gone has read enough.
    func finish(_ command: String, _ status: ExitStatus) -> ExitStatus {
        flush()
        clearProgress()
        defer { failure = 0 }
        guard failure != 0, failure != EPIPE else { return status }
        let reason = String(cString: strerror(failure))
        let remedy = failure == ENOSPC ? "; free space there, or write elsewhere" : ""
        Console.put(
            Array("\(command): standard output cannot be written: \(reason)\(remedy)\n".utf8), STDERR_FILENO)
        return status == .ok ? .inputOutput : status
    }

    /// Sends out what was collected: before waiting, and before another program takes over.
    func flush() {
        guard !buffer.isEmpty else { return }
        if width != nil { clearProgress() }
        if failure == 0 { failure = Console.put(buffer, STDOUT_FILENO) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes all bytes; the error number if that fails.
    @discardableResult
    private static func put(_ bytes: [UInt8], _ descriptor: CInt) -> CInt {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&room, 1, -1)
                continue
            }
            if count < 0 { return errno }
            done += count
        }
        return 0
    }
}

/// How a word looks on a terminal, as the numbers of SGR (ECMA-48).
enum Style: Int {
    case bold = 1
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
}

/// The process's environment.
enum Environment {
    static subscript(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
