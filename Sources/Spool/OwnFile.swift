import CPosix
public import EventModel
import Glibc
import Primitives

extension SpoolDirectory {
    /// Puts a file of the daemon's own into active/, durably, as if a person had dropped it. One of that id that is there
    /// is replaced.
    ///
    /// - Parameters:
    ///   - bytes: What it holds.
    ///   - id: The delivery.
    ///   - name: The name as dropped.
    ///   - submitter: The numeric user id of the person.
    public func put(
        _ bytes: [UInt8], as id: DeliveryID, named name: FileName, for submitter: UInt32
    ) throws(SpoolError) -> StoredFile {
        let file = StoredFile(id: id, name: name)
        let temporary = StoredFile.temporaryName(id, "")
        let place = place(.active, file.storedName)
        let written = try DurableFile.write(bytes, to: self[.active], temporary, mode: 0o640, place: place)
        do throws(Errno) {
            try SubmitterMark.set(submitter, on: written)
        } catch {
            DurableFile.discard(self[.active], temporary)
            throw SpoolError(.setRights, place, error)
        }
        try DurableFile.sync(written.raw, place: place)
        try SystemCall.run(.rename, place) {
            renameat(self[.active], temporary.cString, self[.active], file.storedName.cString)
        }
        try sync(.active)
        return file
    }
}
