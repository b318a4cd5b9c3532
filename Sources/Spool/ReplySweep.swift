import CPosix
public import EventModel
import Glibc
import Primitives

extension SpoolDirectory {
    /// Whether an answer lies in `replies/`.
    public func hasReply(to user: UInt32, name: FileName, delivery: DeliveryID) throws(SpoolError) -> Bool {
        let place = "\(path)/replies/\(user)"
        do throws(Errno) {
            let folder = Descriptor(try SystemCall.run { tidings_open_folder(self[.replies], String(user), 0) })
            _ = try FileStatus.of(ReplyName(name: name, delivery: delivery).fileName(.json), in: folder.raw)
            return true
        } catch {
            if error == .notFound { return false }
            throw SpoolError(.inspect, place, error)
        }
    }

    /// Removes answers of all users, both forms of each.
    ///
    /// - Parameter isWanted: Whether an answer goes, by its JSON; of accepted files each line is one.
    public func removeReplies(where isWanted: ([UInt8]) -> Bool) throws(SpoolError) {
        try forEachReplyFolder { folder, place throws(SpoolError) in
            try removeReplies(in: folder, place, where: isWanted)
        }
    }

    /// Opens the folders of answers, one after the other.
    func forEachReplyFolder(_ body: (CInt, String) throws(SpoolError) -> Void) throws(SpoolError) {
        let users = try DirectoryStream(self[.replies], path: "\(path)/replies")
        while let user = try users.next() {
            if user.isTemporary { continue }
            let place = "\(path)/replies/\(user)"
            let folder: Descriptor
            do throws(Errno) {
                folder = Descriptor(try SystemCall.run { tidings_open_folder(self[.replies], user.cString, 0) })
            } catch {
                if error == .notFound || error == .notDirectory { continue }
                throw SpoolError(.open, place, error)
            }
            try body(folder.raw, place)
        }
    }

    private func removeReplies(
        in folder: CInt, _ place: String, where isWanted: ([UInt8]) -> Bool
    ) throws(SpoolError) {
        let suffix = Array(ReplyKind.json.rawValue.utf8)
        let names = try DirectoryStream(folder, path: place)
        while let name = try names.next() {
            if AcceptedReplies.isName(name) {
                try removeAccepted(name, in: folder, place, where: isWanted)
                continue
            }
            guard !name.isTemporary, name.bytes.suffix(suffix.count).elementsEqual(suffix) else { continue }
            do throws(Errno) {
                let file = Descriptor(try SystemCall.run { tidings_open_dropped(folder, name.cString) })
                let bytes = try file.readAll(expecting: 4096, limit: SpoolDirectory.largestReport)
                guard isWanted(bytes) else { continue }
                let text = FileName(
                    trusted: name.bytes.dropLast(suffix.count) + Array(ReplyKind.text.rawValue.utf8))
                _ = unlinkat(folder, text.cString, 0)
                _ = try SystemCall.run { unlinkat(folder, name.cString, 0) }
            } catch {
                if error != .notFound { throw SpoolError(.remove, "\(place)/\(name)", error) }
            }
        }
    }
}
