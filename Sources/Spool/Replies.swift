import CPosix
public import EventModel
import Glibc
import Primitives

extension SpoolDirectory {
    /// Writes the answer for a submitter: `replies/UID/NAME.DELIVERY.json` and `.txt`, readable by that user only. The
    /// user's folder is made where it is missing. Answers are not flushed: the report and the archive are the truth.
    ///
    /// The name is cut where the limit asks for it.
    public func writeReply(_ reply: OwedReply) throws(SpoolError) {
        let folder = try replyFolder(reply.user)
        // What programs wait for comes last: then all of it is there.
        for (bytes, kind) in [(reply.text, ReplyKind.text), (reply.json, .json)] {
            let final = ReplyName(name: reply.name, delivery: reply.delivery).fileName(kind)
            let place = "\(path)/replies/\(reply.user)/\(final)"
            let temporary = StoredFile.temporaryName(reply.delivery, kind.rawValue)
            let raw = folder.raw
            _ = try DurableFile.write(bytes, to: raw, temporary, mode: 0o640, place: place)
            try SystemCall.run(.rename, place) { renameat(raw, temporary.cString, raw, final.cString) }
        }
    }

    func replyFolder(_ user: UInt32) throws(SpoolError) -> Descriptor {
        let name = String(user)
        let place = "\(path)/replies/\(name)"
        let folder: Descriptor
        do throws(Errno) {
            folder = Descriptor(try SystemCall.run { tidings_open_folder(self[.replies], name, 0) })
        } catch {
            if error == .notFound { return try makeReplyFolder(name, place, for: user) }
            throw SpoolError(.open, place, error)
        }
        try grant(user, folder, place)
        return folder
    }

    /// Makes the folder under a name that nobody looks at: under its own it has its user's rights from the beginning.
    private func makeReplyFolder(_ name: String, _ place: String, for user: UInt32) throws(SpoolError) -> Descriptor {
        let replies = self[.replies]
        let unready = "." + name
        do throws(Errno) {
            _ = try SystemCall.run { mkdirat(replies, unready, 0o750) }
        } catch {
            if error != .exists { throw SpoolError(.create, place, error) }
        }
        let folder = try Descriptor.open(.open, place) { tidings_open_folder(replies, unready, 0) }
        try grant(user, folder, place)
        _ = try SystemCall.run(.rename, place) { renameat(replies, unready, replies, name) }
        return folder
    }

    private func grant(_ user: UInt32, _ folder: borrowing Descriptor, _ place: String) throws(SpoolError) {
        // The daemon's own user needs no list, and a private spool lies perhaps where there are none.
        if user == geteuid() { return }
        let raw = folder.raw
        do throws(Errno) {
            for (list, kind) in [
                (AccessControlList.folder(for: user), AccessControlList.Kind.access),
                (AccessControlList.files(for: user), .inherited),
            ] where try AccessControlList.of(raw, kind) != list {
                try list.set(on: raw, kind)
            }
        } catch {
            throw SpoolError(.setRights, place, error)
        }
    }
}

/// The two forms of an answer.
enum ReplyKind: String {
    case json = ".json"
    case text = ".txt"
}

/// `NAME.DELIVERY`, what both files of an answer are called before their suffix.
struct ReplyName: Hashable, Sendable {
    let name: FileName
    let delivery: DeliveryID

    static let longestName = FileName.longest - 1 - DeliveryID.length - ReplyKind.json.rawValue.utf8.count

    func fileName(_ kind: ReplyKind) -> FileName {
        FileName(trusted: name.prefix(ReplyName.longestName) + Array(".\(delivery)\(kind.rawValue)".utf8))
    }
}

/// An answer as its submitter finds it.
public struct Reply: Sendable {
    /// The delivery that the file became.
    public let delivery: DeliveryID
    /// The report, JSON.
    public let json: [UInt8]
}

/// The answers for this process's user, seen from outside the daemon.
public struct ReplyBox: Sendable {
    private let path: String

    /// The answers for a user in a spool; nothing is opened yet.
    public init(spool: String, user: UInt32) { path = "\(spool)/replies/\(user)" }

    /// The deliveries a name has answers of. Ask before submitting, to know the new one from the old ones.
    ///
    /// - Returns: None as well if there is no folder for the user yet.
    public func deliveries(of name: FileName) throws(SpoolError) -> Set<DeliveryID> {
        let folder: Descriptor
        do throws(Errno) {
            folder = Descriptor(try SystemCall.run { tidings_open_folder(AT_FDCWD, path, 0) })
        } catch {
            if error == .notFound { return [] }
            throw SpoolError(.open, path, error)
        }
        let stream = try DirectoryStream(folder.raw, path: path)
        let prefix = name.prefix(ReplyName.longestName) + [UInt8(ascii: ".")]
        let suffix = Array(ReplyKind.json.rawValue.utf8)
        var found: Set<DeliveryID> = []
        while let entry = try stream.next() {
            let bytes = entry.bytes
            guard bytes.count == prefix.count + DeliveryID.length + suffix.count, bytes.starts(with: prefix),
                bytes.suffix(suffix.count).elementsEqual(suffix),
                let id = DeliveryID(
                    String(decoding: bytes[prefix.count..<prefix.count + DeliveryID.length], as: UTF8.self))
            else { continue }
            found.insert(id)
        }
        return found
    }

    /// The first answer for a name that is not among those known before; nil while there is none.
    public func reply(for name: FileName, besides known: Set<DeliveryID> = []) throws(SpoolError) -> Reply? {
        guard let delivery = try deliveries(of: name).subtracting(known).min() else { return nil }
        let file = ReplyName(name: name, delivery: delivery).fileName(.json)
        let place = "\(path)/\(file)"
        do throws(Errno) {
            let folder = Descriptor(try SystemCall.run { tidings_open_folder(AT_FDCWD, path, 0) })
            let raw = folder.raw
            let descriptor = Descriptor(try SystemCall.run { tidings_open_dropped(raw, file.cString) })
            return Reply(
                delivery: delivery,
                json: try descriptor.readAll(expecting: 4096, limit: SpoolDirectory.largestReport))
        } catch {
            if error == .notFound { return nil }
            throw SpoolError(.read, place, error)
        }
    }
}
