import CPosix
import Glibc
import Primitives

/// A POSIX access control list (acl(5)) in the form the kernel keeps as an extended attribute
/// (linux/posix_acl_xattr.h): little-endian, version 2, entries of a tag, rights and an id.
struct AccessControlList: Hashable, Sendable {
    /// Whom an entry is for; in the order in which the kernel wants them.
    enum Subject: Hashable, Sendable {
        case owner
        case user(UInt32)
        case owningGroup
        case group(UInt32)
        case mask
        case other
    }

    struct Entry: Hashable, Sendable {
        let subject: Subject
        /// 4 read, 2 write, 1 execute or search.
        let rights: UInt16
    }

    /// Which list of a file.
    enum Kind: String, Sendable {
        /// Who may do what with it.
        case access = "system.posix_acl_access"
        /// What is made in the folder inherits.
        case inherited = "system.posix_acl_default"
    }

    let entries: [Entry]

    init(_ entries: [Entry]) { self.entries = entries }

    /// Reads the attribute's bytes; nil for what is no such list.
    init?(encoded: [UInt8]) {
        guard encoded.count >= 4, (encoded.count - 4) % 8 == 0, encoded[0..<4].elementsEqual([2, 0, 0, 0]) else {
            return nil
        }
        var entries: [Entry] = []
        for start in stride(from: 4, to: encoded.count, by: 8) {
            let id = (0..<4).reduce(UInt32(0)) { $0 | UInt32(encoded[start + 4 + $1]) << (8 * UInt32($1)) }
            let subject: Subject
            switch UInt16(encoded[start]) | UInt16(encoded[start + 1]) << 8 {
            case 0x01: subject = .owner
            case 0x02: subject = .user(id)
            case 0x04: subject = .owningGroup
            case 0x08: subject = .group(id)
            case 0x10: subject = .mask
            case 0x20: subject = .other
            default: return nil
            }
            entries.append(
                Entry(subject: subject, rights: UInt16(encoded[start + 2]) | UInt16(encoded[start + 3]) << 8))
        }
        self.entries = entries
    }

    /// The attribute's bytes.
    var encoded: [UInt8] {
        var bytes: [UInt8] = [2, 0, 0, 0]
        for entry in entries {
            let (tag, id): (UInt8, UInt32) =
                switch entry.subject {
                case .owner: (0x01, .max)
                case .user(let id): (0x02, id)
                case .owningGroup: (0x04, .max)
                case .group(let id): (0x08, id)
                case .mask: (0x10, .max)
                case .other: (0x20, .max)
                }
            bytes += [tag, 0, UInt8(entry.rights & 0xFF), UInt8(entry.rights >> 8)]
            for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(id >> shift & 0xFF)) }
        }
        return bytes
    }

    /// The groups named in it that may read, the mask taken into account.
    var readingGroups: Set<UInt32> {
        let mask = entries.first { $0.subject == .mask }?.rights ?? 7
        var groups: Set<UInt32> = []
        for entry in entries {
            if case .group(let id) = entry.subject, entry.rights & mask & 4 != 0 { groups.insert(id) }
        }
        return groups
    }

    /// A folder for one user beside its owner: that user may list and pass it.
    static func folder(for user: UInt32) -> AccessControlList {
        AccessControlList([
            Entry(subject: .owner, rights: 7), Entry(subject: .user(user), rights: 5),
            Entry(subject: .owningGroup, rights: 0), Entry(subject: .mask, rights: 5),
            Entry(subject: .other, rights: 0),
        ])
    }

    /// What files in that folder inherit: the user may read them.
    static func files(for user: UInt32) -> AccessControlList {
        AccessControlList([
            Entry(subject: .owner, rights: 6), Entry(subject: .user(user), rights: 4),
            Entry(subject: .owningGroup, rights: 0), Entry(subject: .mask, rights: 4),
            Entry(subject: .other, rights: 0),
        ])
    }

    /// The list of an open file or folder; nil if it has none or the filesystem knows none.
    static func of(_ descriptor: CInt, _ kind: Kind) throws(Errno) -> AccessControlList? {
        var bytes = [UInt8](repeating: 0, count: 4 + 8 * 128)
        do throws(Errno) {
            let size = bytes.count
            let count = try SystemCall.run {
                bytes.withUnsafeMutableBytes { tidings_get_attribute(descriptor, kind.rawValue, $0.baseAddress, size) }
            }
            return AccessControlList(encoded: Array(bytes[..<count]))
        } catch {
            if error == .noData || error == .notSupported { return nil }
            throw error
        }
    }

    /// Gives the list to an open file or folder of ours.
    func set(on descriptor: CInt, _ kind: Kind) throws(Errno) {
        let bytes = encoded
        _ = try SystemCall.run {
            bytes.withUnsafeBytes { tidings_set_attribute(descriptor, kind.rawValue, $0.baseAddress, $0.count) }
        }
    }
}
