import CCrypto
import Glibc

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
        guard let key = random(length) else { throw Trouble(path, "libcrypto gives no random bytes for it") }
        let temporary = path + ".tmp"
        // An earlier start may have ended before the name was given.
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Trouble(temporary, "cannot be made", errno) }
        defer { close(file) }
        guard write(file, key, key.count) == key.count else { throw Trouble(temporary, "cannot be written", errno) }
        guard fsync(file) == 0 else { throw Trouble(temporary, "cannot be flushed", errno, isFlush: true) }
        guard rename(temporary, path) == 0 else { throw Trouble(path, "cannot be named", errno) }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if directory >= 0 { close(directory) } }
        guard directory >= 0 else { throw Trouble(folder, "cannot be opened", errno) }
        guard fsync(directory) == 0 else { throw Trouble(folder, "cannot be flushed", errno, isFlush: true) }
        return key
    }

    /// Random bytes; nil where libcrypto has none.
    static func random(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return RAND_bytes(&bytes, Int32(count)) == 1 ? bytes : nil
    }

    /// HMAC-SHA-256 of a digest of some kind.
    func keyed(_ digest: [UInt8], as kind: String) -> [UInt8] {
        let message = Array(kind.utf8) + [0] + digest
        return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
            var length: UInt32 = 0
            let result = HMAC(
                EVP_sha256(), bytes, Int32(bytes.count), message, message.count, buffer.baseAddress, &length)
            count = result == nil ? 0 : Int(length)
        }
    }

    /// By this the archive knows its key again.
    var mark: [UInt8] { keyed([], as: "key") }
}
