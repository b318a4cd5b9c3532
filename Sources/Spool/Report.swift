import CPosix
public import EventModel
import Glibc
import Primitives

/// A report under its temporary name.
struct WrittenReport {
    let id: DeliveryID
    let folder: Folder
    let temporary: FileName
    /// Of the ending it belongs to.
    let index: Int
    private let holder: Holder

    var descriptor: CInt { holder.descriptor.raw }

    init(id: DeliveryID, folder: Folder, temporary: FileName, index: Int, _ descriptor: consuming Descriptor) {
        self.id = id
        self.folder = folder
        self.temporary = temporary
        self.index = index
        holder = Holder(descriptor)
    }

    private final class Holder {
        let descriptor: Descriptor
        init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
    }
}

extension SpoolDirectory {
    /// The largest report that is read, in bytes.
    public static let largestReport = 16 << 20

    /// The report of a delivery in a folder, as it was written; nil if there is none.
    public func report(_ id: DeliveryID, in folder: Folder) throws(SpoolError) -> [UInt8]? {
        try ReportFile.read(self[folder], id, path: "\(path)/\(folder.rawValue)")
    }

    /// Writes a report, or whatever is to be remembered of a delivery, as `ID.report.json` into a folder, and makes it
    /// durable. One that is there is replaced. In active/ it tells the next start what was known of a file in work.
    public func writeReport(_ id: DeliveryID, _ bytes: [UInt8], in folder: Folder) throws(SpoolError) {
        try place(try writeReport(id, bytes, until: nil, folder, 0))
        try sync(folder)
    }

    /// Removes a delivery's report from a folder, if there is one.
    public func removeReport(_ id: DeliveryID, in folder: Folder) throws(SpoolError) {
        try remove(StoredFile.reportName(id), in: folder)
    }

    /// Removes the reports of a delivery wherever they lie, but for one in that folder.
    func removeReports(_ id: DeliveryID, except kept: Folder? = nil) throws(SpoolError) {
        for folder in [Folder.active, .deferred, .held, .rejected, .accepted] where folder != kept {
            try removeReport(id, in: folder)
        }
    }

    /// Removes a name, if there is one.
    func remove(_ name: FileName, in folder: Folder) throws(SpoolError) {
        do throws(Errno) {
            _ = try SystemCall.run { unlinkat(self[folder], name.cString, 0) }
        } catch {
            if error != .notFound { throw SpoolError(.remove, place(folder, name), error) }
        }
    }

    /// Writes a report under its temporary name and starts its way to the disk.
    func writeReport(
        _ id: DeliveryID, _ bytes: [UInt8], until: Instant?, _ folder: Folder, _ index: Int
    ) throws(SpoolError) -> WrittenReport {
        let temporary = StoredFile.temporaryName(id, StoredFile.reportSuffix)
        let place = place(folder, temporary)
        let file = try DurableFile.write(bytes, to: self[folder], temporary, mode: 0o640, place: place)
        let raw = file.raw
        if let until {
            let seconds = until.seconds
            let rest = Int(until.microseconds - Int64(seconds) * 1_000_000) * 1000
            try SystemCall.run(.setRights, place) { tidings_set_modified(raw, seconds, rest) }
        }
        // Only a beginning: the flush that counts comes when all of the batch are written.
        _ = tidings_start_writeback(raw)
        return WrittenReport(id: id, folder: folder, temporary: temporary, index: index, file)
    }

    /// Makes a written report durable and gives it its name.
    func place(_ report: WrittenReport) throws(SpoolError) {
        let name = StoredFile.reportName(report.id)
        let folder = self[report.folder]
        try DurableFile.sync(report.descriptor, place: place(report.folder, report.temporary))
        try SystemCall.run(.rename, place(report.folder, name)) {
            renameat(folder, report.temporary.cString, folder, name.cString)
        }
    }
}

/// Reads reports, for the daemon and for those who only look.
enum ReportFile {
    static func read(_ folder: CInt, _ id: DeliveryID, path: String) throws(SpoolError) -> [UInt8]? {
        let name = StoredFile.reportName(id)
        do throws(Errno) {
            let file = Descriptor(try SystemCall.run { tidings_open_dropped(folder, name.cString) })
            return try file.readAll(expecting: 4096, limit: SpoolDirectory.largestReport)
        } catch {
            if error == .notFound { return nil }
            throw SpoolError(.read, "\(path)/\(name)", error)
        }
    }
}
