import CPosix
public import EventModel
import Glibc
import Primitives

/// Throwing files away. It is remembered in `.ID.discarded` beside where the file lay until the one who asked has been told:
/// after a kill nobody could know otherwise whether the file was thrown away or had never been there. The mark is the file's
/// report under another name, so that it needs no space on a full disk.
extension SpoolDirectory {
    private static let discardable = [Folder.active, .held, .rejected, .deferred, .accepted]
    private static let discardedSuffix = ".discarded"

    private static func discardedName(_ id: DeliveryID) -> FileName {
        FileName(trusted: Array(".\(id)\(discardedSuffix)".utf8))
    }

    /// Removes a file of active/, rejected/, held/, deferred/ or accepted/ for good, with its reports, durably, and
    /// remembers that until `forgetDiscarded`.
    ///
    /// - Returns: False if there is no such file.
    @discardableResult
    public func discard(_ stored: StoredFile, from folder: Folder) throws(SpoolError) -> Bool {
        let name = stored.storedName
        guard try statusIfAny(folder, name) != nil else { return false }
        try markDiscarded(stored.id, in: folder)
        do throws(Errno) {
            _ = try SystemCall.run { unlinkat(self[folder], name.cString, 0) }
        } catch {
            if error != .notFound { throw SpoolError(.remove, place(folder, name), error) }
        }
        try removeReports(stored.id)
        try sync(folder)
        return true
    }

    private func markDiscarded(_ id: DeliveryID, in folder: Folder) throws(SpoolError) {
        let mark = SpoolDirectory.discardedName(id)
        let place = place(folder, mark)
        do throws(Errno) {
            _ = try SystemCall.run {
                renameat(self[folder], StoredFile.reportName(id).cString, self[folder], mark.cString)
            }
            return
        } catch {
            if error != .notFound { throw SpoolError(.rename, place, error) }
        }
        do throws(SpoolError) {
            _ = try Descriptor.open(.create, place) { tidings_open_or_create(self[folder], mark.cString, 0o600) }
        } catch {
            // To throw files away is what makes room: without the mark only a kill at this moment is not understood.
            if !error.isFull { throw error }
        }
    }

    /// Whether a file was thrown away of which nobody has been told yet.
    public func isDiscarded(_ id: DeliveryID) throws(SpoolError) -> Bool {
        for folder in SpoolDirectory.discardable where try isDiscarded(id, in: folder) { return true }
        return false
    }

    /// Whether one was thrown away in that folder, or was about to be.
    public func isDiscarded(_ id: DeliveryID, in folder: Folder) throws(SpoolError) -> Bool {
        try statusIfAny(folder, SpoolDirectory.discardedName(id)) != nil
    }

    /// Who asked for it has been told, or the file is worked on after all.
    public func forgetDiscarded(_ id: DeliveryID) throws(SpoolError) {
        for folder in SpoolDirectory.discardable { try remove(SpoolDirectory.discardedName(id), in: folder) }
    }

    /// The delivery of such a mark; nil for any other name.
    static func discardedID(_ name: FileName) -> DeliveryID? { StoredFile.hiddenID(name, discardedSuffix) }
}
