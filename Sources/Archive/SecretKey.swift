import Glibc
import Primitives
import Store

/// The secret by which tombstones are made: a plain digest of a uid could be found by guessing uids. It lies beside the
/// archive, readable by the service alone, is made at the first start and belongs into every backup.
public struct SecretKey: Sendable {
    /// The file's name.
    static let fileName = "forgotten.key"
    private static let length = 32

    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Why there is no key: what was tried, with the file and the system's words.
    public struct Trouble: Error, CustomStringConvertible {
        /// The sentence.
        public let description: String
        /// Whether it may pass by itself.
        public let isTemporary: Bool
        /// Whether a flush failed: what was written may be lost.
        public let isDurability: Bool

        init(_ path: String, _ what: String, _ code: Int32, isFlush: Bool = false) {
            isDurability = isFlush
            description = "\(path): \(what): \(String(cString: strerror(code)))"
            isTemporary = [ENOSPC, EDQUOT, EIO, EMFILE, ENFILE, ENOMEM].contains(code)
        }

        init(_ path: String, _ words: String) {
            description = "\(path): \(words)"
            isTemporary = false
            isDurability = false
        }
    }

    /// Reads the key of an archive's folder, or makes it.
    public init(folder: String) throws(Trouble) {
        let path = "\(folder)/\(SecretKey.fileName)"
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if file < 0 {
            guard errno == ENOENT else { throw Trouble(path, "cannot be opened", errno) }
            bytes = try SecretKey.make(path, folder)
            return
        }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: SecretKey.length + 1)
        let count = read(file, &buffer, buffer.count)
        guard count >= 0 else { throw Trouble(path, "cannot be read", errno) }
        guard count == SecretKey.length else {
            throw Trouble(path, "holds no key of \(SecretKey.length) bytes; restore it from the backup of the archive")
        }
        bytes = Array(buffer.prefix(SecretKey.length))
    }

    private static func make(_ path: String, _ folder: String) throws(Trouble) -> [UInt8] {
        guard let key = randomBytes(length) else { throw Trouble(path, "libcrypto gives no random bytes for it") }
        let temporary = path + ".tmp"
        // An earlier start may have ended before the name was given.
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Trouble(temporary, "cannot be made", errno) }
        defer { close(file) }
        do throws(Errno) {
            try SystemCall.writeAll(key, to: file)
        } catch {
            throw Trouble(temporary, "cannot be written", error.code)
        }
        try flush(file, temporary)
        guard rename(temporary, path) == 0 else { throw Trouble(path, "cannot be named", errno) }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if directory >= 0 { close(directory) } }
        guard directory >= 0 else { throw Trouble(folder, "cannot be opened", errno) }
        try flush(directory, folder)
        return key
    }

    private static func flush(_ descriptor: CInt, _ path: String) throws(Trouble) {
        do throws(Errno) {
            try SystemCall.flush(descriptor)
        } catch {
            throw Trouble(path, "cannot be flushed", error.code, isFlush: true)
        }
    }

    /// HMAC-SHA-256 of a digest of some kind, where a trouble is one of the archive at that path.
    func keyed(_ digest: [UInt8], as kind: String, for path: String) throws(StoreError) -> [UInt8] {
        do throws(SHA256.Unavailable) {
            return try keyedDigest(Array(kind.utf8) + [0] + digest, key: bytes)
        } catch {
            throw StoreError(error, for: path)
        }
    }

    /// By this the archive knows its key again.
    func mark(for path: String) throws(StoreError) -> [UInt8] { try keyed([], as: "key", for: path) }
}

extension SHA256 {
    /// The digest, where a trouble is one of the archive at that path.
    func digest(_ bytes: [UInt8], for path: String) throws(StoreError) -> [UInt8] {
        do throws(Unavailable) {
            return try digest(bytes)
        } catch {
            throw StoreError(error, for: path)
        }
    }
}

extension StoreError {
    fileprivate init(_ trouble: SHA256.Unavailable, for path: String) {
        self.init(.sqlite(code: 7, extended: 7), message: "\(trouble)", path: path)
    }
}
