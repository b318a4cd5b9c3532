import CPosix
public import EventModel
import Glibc

/// One page of a folder's files, in the order of their ids.
public struct Listing: Sendable {
    /// The files, oldest id first.
    public internal(set) var files: [StoredFile] = []
    /// Whether there are files after the last of the page.
    public internal(set) var hasMore = false
    /// Names of neither files nor reports of deliveries (the spool's own dotfiles left out), a few of them.
    public internal(set) var strangers: [FileName] = []
}

/// A deferred file whose time has come, or comes next.
public struct DueFile: Sendable {
    /// The file.
    public let file: StoredFile
    /// When it is to be tried again, as it was deferred; the epoch if its report is missing.
    public let nextTry: Instant
}

extension SpoolDirectory {
    /// A page of active/, rejected/, held/, deferred/ or accepted/. Takes one pass over the names and the memory of a
    /// page, however many there are.
    ///
    /// - Parameters:
    ///   - last: Files after that id only: the last one of the page before.
    ///   - limit: Files of a page.
    public func list(
        _ folder: Folder, after last: DeliveryID? = nil, limit: Int = 4096
    ) throws(SpoolError) -> Listing {
        try FolderListing.page(self[folder], path: "\(path)/\(folder.rawValue)", after: last, limit: limit)
    }

    /// The file of a delivery in a folder; nil if it is not there.
    public func find(_ id: DeliveryID, in folder: Folder) throws(SpoolError) -> StoredFile? {
        let stream = try DirectoryStream(self[folder], path: "\(path)/\(folder.rawValue)")
        let prefix = Array(id.description.utf8).map { CChar(bitPattern: $0) }
        while let name = try stream.next() {
            if name.cString.starts(with: prefix), let file = StoredFile(storedName: name) { return file }
        }
        return nil
    }

    /// The highest id of any file in the spool: new ids start after it.
    public func highestID() throws(SpoolError) -> DeliveryID? {
        var highest: StoredFile?
        for folder in [Folder.active, .deferred, .held, .rejected, .accepted] {
            let stream = try DirectoryStream(self[folder], path: "\(path)/\(folder.rawValue)")
            while let name = try stream.next() {
                // The text of ids sorts as they do: most names need not be read.
                if let highest, name.cString.lexicographicallyPrecedes(highest.storedName.cString) { continue }
                if let file = StoredFile(storedName: name), file.id > highest?.id ?? DeliveryID(high: 0, low: 0) {
                    highest = file
                }
            }
        }
        return highest?.id
    }

    /// The deferred files whose next try is due, earliest first.
    ///
    /// - Returns: At most `limit` files, and the earliest time at which there is another one.
    public func due(at now: Instant, limit: Int) throws(SpoolError) -> (files: [DueFile], next: Instant?) {
        var heap = Heap<DueFile>(before: { $0.nextTry > $1.nextTry })
        var next: Instant?
        let stream = try DirectoryStream(self[.deferred], path: "\(path)/deferred")
        while let name = try stream.next() {
            guard let file = StoredFile(storedName: name) else { continue }
            // The report's mtime is the time of the next try.
            let report = try statusIfAny(.deferred, StoredFile.reportName(file.id))
            let due = DueFile(file: file, nextTry: Instant(microseconds: (report?.modifiedAt ?? 0) / 1000))
            if due.nextTry > now {
                next = min(next ?? due.nextTry, due.nextTry)
                continue
            }
            heap.insert(due)
            if heap.count > limit, let later = heap.removeFirst() {
                next = min(next ?? later.nextTry, later.nextTry)
            }
        }
        return (heap.sorted().reversed(), next)
    }
}

/// Pages over folders, for the daemon and for those who only look.
enum FolderListing {
    static func page(
        _ folder: CInt, path: String, after last: DeliveryID?, limit: Int
    ) throws(SpoolError) -> Listing {
        var listing = Listing()
        var heap = Heap<StoredFile>(before: { $0.id > $1.id })
        let stream = try DirectoryStream(folder, path: path)
        while let name = try stream.next() {
            guard let file = StoredFile(storedName: name) else {
                if StoredFile.reportedID(name) == nil, !name.isTemporary, listing.strangers.count < 100 {
                    listing.strangers.append(name)
                }
                continue
            }
            if let last, file.id <= last { continue }
            heap.insert(file)
            if heap.count > limit {
                _ = heap.removeFirst()
                listing.hasMore = true
            }
        }
        listing.files = heap.sorted().reversed()
        return listing
    }
}
