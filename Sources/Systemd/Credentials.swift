import EventModel
import Glibc

/// Secrets that the service manager laid out for this service (`LoadCredential=`, systemd.exec(5)).
public struct Credentials: Sendable {
    /// What systemd itself allows a credential to have.
    public static let maxBytes = 1 << 20
    /// Where they lie; nil where the unit names none.
    public let directory: String?

    /// Takes the directory of `$CREDENTIALS_DIRECTORY`, or a given one.
    public init(directory: String? = nil) {
        self.directory = directory ?? getenv("CREDENTIALS_DIRECTORY").map { String(cString: $0) }
    }

    /// The credential's bytes, or nil where there is none of that name. Throws for a name that is no plain file name,
    /// for a file that is too large (`EFBIG`) or cannot be read, and for an empty one: `LoadCredential=` leaves empty
    /// files behind where mounts are not shared, and an empty secret is never meant.
    public func read(_ name: String) throws(SystemdError) -> [UInt8]? {
        let path = (directory ?? "$CREDENTIALS_DIRECTORY") + "/" + name
        guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(where: { $0 == 0x2F || $0 == 0 }) else {
            throw SystemdError(
                .readCredential, subject: PrintableText.escape(name), code: EINVAL,
                remedy: "name it as in LoadCredential=NAME:PATH, without a folder")
        }
        guard directory != nil else { return nil }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw SystemdError(.readCredential, subject: path, code: errno, remedy: "check LoadCredential= in the unit")
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        var count = 0
        while true {
            if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
            let got = bytes.withUnsafeMutableBytes { room in
                Glibc.read(descriptor, room.baseAddress?.advanced(by: count), room.count - count)
            }
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                throw SystemdError(.readCredential, subject: path, code: errno)
            }
            count += got
            guard count <= Credentials.maxBytes else {
                throw SystemdError(
                    .readCredential, subject: path, code: EFBIG,
                    remedy: "a credential may have \(Credentials.maxBytes) bytes")
            }
        }
        guard count > 0 else {
            throw SystemdError(
                .readCredential, subject: path, code: ENODATA, remedy: "the credential is empty; check its source")
        }
        bytes.removeSubrange(count...)
        return bytes
    }
}
