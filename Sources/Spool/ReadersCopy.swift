import CPosix
import Glibc
import Primitives

/// Who dropped a file that the daemon has copied: the copy belongs to the daemon, so it says so in an attribute, which
/// only the daemon's user can write.
enum SubmitterMark {
    static let attribute = "user.tidings.submitter"

    /// The submitter of an open file of the spool: its owner, or whom the mark of our own copy names.
    static func submitter(of file: borrowing Descriptor, _ status: FileStatus) -> UInt32 {
        guard status.owner == geteuid() else { return status.owner }
        var bytes = [UInt8](repeating: 0, count: 16)
        let raw = file.raw
        // ignoring: no attribute, or a filesystem without attributes, means that it is no copy
        let count =
            (try? SystemCall.run {
                bytes.withUnsafeMutableBytes { tidings_get_attribute(raw, attribute, $0.baseAddress, 16) }
            })
            ?? 0
        return UInt32(String(decoding: bytes[..<count], as: UTF8.self)) ?? status.owner
    }

    static func set(_ submitter: UInt32, on file: borrowing Descriptor) throws(Errno) {
        let bytes = Array(String(submitter).utf8)
        let raw = file.raw
        _ = try SystemCall.run {
            bytes.withUnsafeBytes { tidings_set_attribute(raw, attribute, $0.baseAddress, $0.count) }
        }
    }
}

extension SpoolDirectory {
    /// Copies a file into a folder instead of moving it, if the folder grants groups to read what is made in it and the
    /// file, as its owner moved it in, does not.
    ///
    /// - Returns: Whether it was copied, durably, and the original removed. Where a copy is not possible (it may not be
    ///   read any more, no attributes here) the file is to be moved as it is: its report says what people need.
    func copyForReaders(_ file: ActiveFile, to folder: Folder) throws(SpoolError) -> Bool {
        let name = file.storedName
        let temporary = StoredFile.temporaryName(file.id, "")
        let target = place(folder, name)
        guard file.before.size <= SpoolDirectory.largestCopy, let source = try sourceToCopy(file, folder) else {
            return false
        }
        // The sender who asked for an answer asks for it still.
        let mode = 0o640 | (file.before.mode & UInt32(S_ISVTX))
        let copy = try DurableFile.create(self[folder], temporary, mode: mode, place: target)
        do throws(Errno) {
            try SubmitterMark.set(file.submitter, on: copy)
            let bytes = try source.readAll(expecting: Int(file.before.size), limit: Int(SpoolDirectory.largestCopy))
            try copy.writeAll(bytes)
        } catch {
            DurableFile.discard(self[folder], temporary)
            if error == .notSupported { return false }
            throw SpoolError(.write, target, error)
        }
        try DurableFile.sync(copy.raw, place: target)
        // An earlier copy of the same delivery, made just before an unclean end, is replaced.
        try SystemCall.run(.rename, target) {
            renameat(self[folder], temporary.cString, self[folder], name.cString)
        }
        // The copy's name has to be on disk before that of the original goes.
        try sync(folder)
        try SystemCall.run(.remove, place(.active, name)) { unlinkat(self[.active], name.cString, 0) }
        return true
    }

    /// The file, open, if the folder's readers could not read it once it is moved there.
    private func sourceToCopy(_ file: ActiveFile, _ folder: Folder) throws(SpoolError) -> Descriptor? {
        do throws(Errno) {
            guard let wanted = try AccessControlList.of(self[folder], .inherited)?.readingGroups, !wanted.isEmpty else {
                return nil
            }
            let source = Descriptor(
                try SystemCall.run { tidings_open_dropped(self[.active], file.storedName.cString) })
            let has = try AccessControlList.of(source.raw, .access)?.readingGroups ?? []
            if wanted.isSubset(of: has) { return nil }
            return source
        } catch {
            if error == .accessDenied || error == .notFound { return nil }
            throw SpoolError(.inspect, place(.active, file.storedName), error)
        }
    }

    /// Files above that are moved as they are, in bytes: they are above any sensible `maxFileBytes`.
    static let largestCopy: Int64 = 64 << 20
}
