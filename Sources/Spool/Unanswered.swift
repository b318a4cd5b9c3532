import CPosix
import Glibc
import Primitives

/// Outcomes are durable before anybody is told of them. A kill between the two would leave a file in rejected/, held/ or
/// deferred/ of which nobody ever heard; a list in active/, written before the files move and removed when all are told
/// of, says which ones the next start has to take up again. Like the replies it is not flushed: it outlives a kill, and
/// a power cut perhaps not.
extension SpoolDirectory {
    private static let unansweredList = FileName(trusted: Array(".unanswered".utf8))

    /// Notes files that are about to leave active/ for another folder, in the place of what was noted before; none when
    /// all are told of.
    public func noteUnanswered(_ endings: [Ending]) throws(SpoolError) {
        guard let first = endings.first else { return try remove(SpoolDirectory.unansweredList, in: .active) }
        var list: [UInt8] = []
        for ending in endings {
            guard let folder = ending.disposition.folder else { continue }
            list += Array("\(folder.rawValue)/".utf8) + ending.file.storedName.bytes + [0]
        }
        // Where there is no room for the new list the old one stays: it names all of these, and more.
        let temporary = StoredFile.temporaryName(first.file.id, "unanswered")
        let place = place(.active, SpoolDirectory.unansweredList)
        _ = try DurableFile.write(list, to: self[.active], temporary, mode: 0o600, place: place)
        try SystemCall.run(.rename, place) {
            renameat(self[.active], temporary.cString, self[.active], SpoolDirectory.unansweredList.cString)
        }
    }

    /// Takes what an earlier run had noted and not told of back into active/. Their reports stay until they are ended
    /// anew. Ask it of a spool in which nothing is in work.
    ///
    /// - Returns: How many files came back.
    @discardableResult
    public func recallUnanswered() throws(SpoolError) -> Int {
        var recalled = 0
        for entry in try unanswered().split(separator: 0) {
            guard let slash = entry.firstIndex(of: UInt8(ascii: "/")),
                let folder = Folder(rawValue: String(decoding: entry[..<slash], as: UTF8.self)),
                [.rejected, .held, .deferred, .accepted].contains(folder),
                let name = FileName(entry[entry.index(after: slash)...])
            else { continue }
            do throws(Errno) {
                _ = try SystemCall.run {
                    tidings_rename_new(self[folder], name.cString, self[.active], name.cString)
                }
                recalled += 1
            } catch {
                // It had not moved yet, or is a copy beside the original in active/, or somebody has decided on it since.
                if error != .notFound && error != .exists { throw SpoolError(.rename, place(folder, name), error) }
            }
        }
        try noteUnanswered([])
        return recalled
    }

    /// Takes a file that has left active/ for another folder back, where nobody could be told of it. Its report stays until
    /// it is ended anew.
    ///
    /// - Returns: The file as it is now; nil if somebody has taken it up meanwhile.
    public func takeBack(_ ending: Ending) throws(SpoolError) -> ActiveFile? {
        let file = ending.file
        guard let folder = ending.disposition.folder else { return nil }
        do throws(Errno) {
            _ = try SystemCall.run {
                tidings_rename_new(self[folder], file.storedName.cString, self[.active], file.storedName.cString)
            }
        } catch {
            if error == .notFound { return nil }
            throw SpoolError(.rename, place(folder, file.storedName), error)
        }
        guard let now = try statusIfAny(.active, file.storedName) else { return nil }
        return ActiveFile(
            id: file.id, storedName: file.storedName, fileName: file.fileName, submitter: file.submitter,
            origin: .recovered, before: now)
    }

    private func unanswered() throws(SpoolError) -> [UInt8] {
        do throws(Errno) {
            let file = Descriptor(
                try SystemCall.run { tidings_open_dropped(self[.active], SpoolDirectory.unansweredList.cString) })
            return try file.readAll(expecting: 4096, limit: SpoolDirectory.largestReport)
        } catch {
            if error == .notFound { return [] }
            throw SpoolError(.read, place(.active, SpoolDirectory.unansweredList), error)
        }
    }
}
