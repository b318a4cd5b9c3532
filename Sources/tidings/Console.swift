import Daemon
import EventFormats
import Glibc

/// Standard output and standard error. What is written goes out in large pieces and at the end; a failure to write is
/// told then.
final class Console {
    /// Bytes that are collected before they are written.
    static let bufferBytes = 1 << 16

    /// Whether standard output is a terminal that may show colours (<https://no-color.org>).
    let hasColour: Bool
    /// Whether a person reads standard error.
    let isErrorATerminal: Bool
    private var buffer: [UInt8] = []
    private var failure: CInt = 0

    init() {
        let isPlain = ["NO_COLOR"].contains { Environment[$0].map { !$0.isEmpty } ?? false }
        hasColour = isatty(STDOUT_FILENO) == 1 && !isPlain && Environment["TERM"] != "dumb"
        isErrorATerminal = isatty(STDERR_FILENO) == 1
    }

    func write(_ text: String) {
        buffer += text.utf8
        if buffer.count >= Console.bufferBytes { flush() }
    }

    func line(_ text: String = "") { write(text + "\n") }

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
        Console.put(Array((text + "\n").utf8), STDERR_FILENO)
    }

    /// The text in a style, where there are colours.
    func styled(_ text: String, _ style: Style?) -> String {
        guard hasColour, let style, !text.isEmpty else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    /// Writes what is left; the status is another one if that fails.
    func finish(_ command: String, _ status: ExitStatus) -> ExitStatus {
        flush()
        guard failure != 0 else { return status }
        let reason = String(cString: strerror(failure))
        Console.put(Array("\(command): standard output cannot be written: \(reason)\n".utf8), STDERR_FILENO)
        failure = 0
        return status == .ok ? .inputOutput : status
    }

    /// Sends out what was collected: before waiting, and before another program takes over.
    func flush() {
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
