import CommandLineKit
import CPosix
import EventFormats
import EventModel
import Glibc
import PluginKit
import Reading
import Systemd
import Primitives

/// An update to be read without the daemon: a named file, or standard input for `-`.
struct InputFile {
    /// Bytes that are read at once.
    static let pieceBytes = 1 << 16

    /// How the file is called in messages.
    let shown: String
    /// Its bytes; where there are more than the limit, one more than that.
    let bytes: [UInt8]
    private let limit: ByteCount

    /// Reads the file, but not more than tells that it is too large. Only standard input, and what a shell gives as
    /// `<(…)`, may be no regular file: nobody may ever write to a FIFO.
    init(_ operand: Argument, limit: ByteCount, interruption: Interruption? = nil) throws(Failure) {
        self.limit = limit
        let isInput = operand == "-"
        shown = isInput ? "standard input" : operand.shown
        let descriptor = isInput ? dup(STDIN_FILENO) : tidings_open_to_read(operand.path)
        guard descriptor >= 0 else { throw InputFile.failure(shown, errno) }
        defer { close(descriptor) }
        if !isInput { try InputFile.checkKind(of: descriptor, operand, shown) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: InputFile.pieceBytes)
        while bytes.count <= limit.bytes {
            guard Interruption.wait(toRead: descriptor, interruption) else {
                throw Failure(.temporary, "\(shown): interrupted while it was read")
            }
            let wanted = min(piece.count, limit.bytes + 1 - bytes.count)
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, wanted) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count >= 0 else { throw InputFile.failure(shown, errno) }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        self.bytes = bytes
    }

    private static func checkKind(of descriptor: CInt, _ operand: Argument, _ shown: String) throws(Failure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(shown, errno) }
        let isGiven = ["/dev/fd/", "/dev/stdin", "/proc/"].contains { operand.text.hasPrefix($0) }
        switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFDIR: return
        case _ where isGiven: return
        case S_IFIFO:
            throw Failure(.noInput, "\(shown): this is a FIFO and no file; read it into '-', the standard input")
        case S_IFSOCK: throw Failure(.noInput, "\(shown): this is a socket and no file")
        default: throw Failure(.noInput, "\(shown): this is a device and no file")
        }
    }

    /// What the file says, and what is wrong with it.
    func read(limits: ReadingLimits) -> Decoded {
        guard bytes.count <= limit.bytes else {
            let message = "the file is larger than \(limit), which spool.max_file_bytes allows; split it"
            return Decoded(format: nil, diagnostics: [Diagnostic(.tooLarge, severity: .error, message: message)])
        }
        let context = ReadingContext(receivedAt: .now, sha256: SHA256.hex(of: bytes), limits: limits)
        return readUpdates(bytes, context: context)
    }

    private static func failure(_ shown: String, _ code: CInt) -> Failure {
        let remedy =
            switch code {
            case ENOENT: "; look for a misspelt name"
            case EACCES: "; you have no right to read it (namei -l shows what is missing)"
            case ELOOP, ENOTDIR, ENAMETOOLONG: "; look for a misspelt path"
            case EISDIR: "; name the files in it"
            default: ""
            }
        return Failure(.noInput, "\(shown): \(String(cString: strerror(code)))\(remedy)")
    }
}

extension Argument {
    /// The name for people: harmless on a terminal, bytes that are not UTF-8 escaped.
    var shown: String {
        if bytes.isEmpty { return "''" }
        return String(validating: bytes, as: UTF8.self) == nil ? PrintableText.escape(bytes) : text.printable
    }

    /// The word as a shell and an option parser take it for a file.
    var quoted: String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./_-".utf8)
        let text = (bytes.first == UInt8(ascii: "-") ? "./" : "") + shown
        if !bytes.isEmpty, bytes.allSatisfy({ plain.contains($0) || $0 >= 0x80 }) { return text }
        return "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// The name as the C library wants it.
    var path: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
}

extension Instant {
    /// The wall clock.
    static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec / 1000))
    }
}
