import CPosix
import Glibc
import Primitives

/// The lock that keeps a second daemon out: flock(2) on `active/.lock`, which holds the pid of its owner.
struct SpoolLock: ~Copyable, Sendable {
    private let file: Descriptor

    init(active: CInt, path: String) throws(SpoolError) { file = try SpoolLock.take(active, path) }

    /// Unlocks, and does not leave it to the close: a child of this process that has not come to its exec yet holds the
    /// file open too.
    deinit { release() }

    /// Lets another daemon have the spool.
    borrowing func release() { flock(file.raw, LOCK_UN) }

    /// Locks the folder that has come into the place of another.
    borrowing func renew(active: CInt, path: String) throws(SpoolError) {
        try Descriptor.replace(file, by: try SpoolLock.take(active, path), "\(path)/active/\(SpoolLock.name)")
    }

    private static func take(_ active: CInt, _ path: String) throws(SpoolError) -> Descriptor {
        let place = "\(path)/active/\(name)"
        let file = try Descriptor.open(.open, place) { tidings_open_or_create(active, name, 0o600) }
        let raw = file.raw
        do throws(Errno) {
            _ = try SystemCall.run { flock(raw, LOCK_EX | LOCK_NB) }
        } catch {
            guard error == .tryAgain else { throw SpoolError(.lock, place, error) }
            throw SpoolError(.lock, "the spool \(path)", nil, remedy: inUse(by: owner(file)))
        }
        do throws(Errno) {
            _ = try SystemCall.run { ftruncate(raw, 0) }
            try file.writeAll(Array("\(getpid())\n".utf8))
        } catch {
            // A full disk must not keep the daemon from starting: the lock holds without the pid.
            if error != .noSpace && error != .quotaExceeded { throw SpoolError(.write, place, error) }
        }
        return file
    }

    private static func owner(_ file: borrowing Descriptor) -> String {
        // ignoring: the pid is only for the message, which says so when it is not known
        let bytes = (try? file.readAll(expecting: 16, limit: 32)) ?? []
        let digits = bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return digits.isEmpty ? "another process" : "process \(String(decoding: digits, as: UTF8.self))"
    }

    private static func inUse(by owner: String) -> String {
        "It is in use by \(owner): stop that one first (systemctl stop tidingsd), "
            + "or give this one a directory of its own"
    }

    private static let name = ".lock"
}
