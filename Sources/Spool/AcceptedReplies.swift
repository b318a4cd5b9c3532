import CPosix
public import EventModel
import Glibc
import Primitives

/// What accepted files are answered with: a line each in `replies/UID/accepted-DAY.jsonl`.
public enum AcceptedReplies {
    static let prefix = Array("accepted-".utf8)
    static let suffix = Array(".jsonl".utf8)

    /// The file of a day.
    static func name(_ day: LocalDate) -> FileName {
        FileName(trusted: prefix + Array(day.description.utf8) + suffix)
    }

    /// Whether a name is that of such a file.
    static func isName(_ name: FileName) -> Bool {
        name.bytes.starts(with: prefix) && name.bytes.suffix(suffix.count).elementsEqual(suffix)
    }
}

extension SpoolDirectory {
    /// Adds lines to what a submitter finds of that day, in one write, readable by that user only. They are not flushed:
    /// the archive is the truth.
    ///
    /// - Parameter lines: Whole lines, each with its end.
    public func addAccepted(_ lines: [UInt8], of day: LocalDate, to user: UInt32) throws(SpoolError) {
        let folder = try replyFolder(user)
        let name = AcceptedReplies.name(day)
        let place = "\(path)/replies/\(user)/\(name)"
        let raw = folder.raw
        let file = try Descriptor.open(.create, place) { tidings_open_or_create(raw, name.cString, 0o640) }
        do throws(Errno) {
            let descriptor = file.raw
            let end = lseek(descriptor, 0, CInt(SEEK_END))
            var last: UInt8 = 0x0A
            if end > 0 { _ = try SystemCall.run { pread(descriptor, &last, 1, end - 1) } }
            // A line that an end has cut short is not to spoil the next one.
            try file.writeAll(last == 0x0A ? lines : [0x0A] + lines)
        } catch {
            throw SpoolError(.write, place, error)
        }
    }

    /// Removes lines from such a file: it is written anew without them.
    func removeAccepted(
        _ name: FileName, in folder: CInt, _ place: String, where isWanted: ([UInt8]) -> Bool
    ) throws(SpoolError) {
        let place = "\(place)/\(name)"
        do throws(Errno) {
            let file = Descriptor(try SystemCall.run { tidings_open_dropped(folder, name.cString) })
            let bytes = try file.readAll(expecting: 4096, limit: .max)
            let lines = bytes.split(separator: 0x0A).map(Array.init)
            let kept = lines.filter { !isWanted($0) }
            if kept.count == lines.count { return }
            if kept.isEmpty {
                _ = try SystemCall.run { unlinkat(folder, name.cString, 0) }
                return
            }
            let temporary = FileName(trusted: [0x2E] + name.bytes)
            do throws(SpoolError) {
                _ = try DurableFile.write(
                    kept.flatMap { $0 + [0x0A] }, to: folder, temporary, mode: 0o640, place: place)
            } catch {
                throw Errno(EIO)
            }
            _ = try SystemCall.run { renameat(folder, temporary.cString, folder, name.cString) }
        } catch {
            if error != .notFound { throw SpoolError(.remove, place, error) }
        }
    }
}
