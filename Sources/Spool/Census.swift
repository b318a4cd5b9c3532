import CPosix
public import EventModel
import Glibc
import Primitives

/// How many files lie in a folder, and for how long.
public struct Census: Hashable, Sendable {
    /// Files counted; reports and temporaries are none.
    public internal(set) var files = 0
    /// Since when the oldest is there.
    public internal(set) var oldest: Instant?
    /// How many are younger than each of the ages asked for and not younger than the one before; the last counts the
    /// rest.
    public internal(set) var byAge: [Int]
    /// False if there are more files than the limit.
    public internal(set) var isComplete = true
}

/// A spool as those see it who only look: `tidings status` and `tidings queue`. Opens what it is asked for, needs no
/// daemon and takes no lock.
public struct SpoolView: Sendable {
    /// The root.
    public let path: String

    /// A view of the spool there; nothing is opened yet.
    public init(path: String) { self.path = path }

    /// Counts the files of a folder.
    ///
    /// - Parameters:
    ///   - ages: Upper ends of the ages to sort into, ascending.
    ///   - limit: Names to look at; a file of incoming/ costs a look at its status, others tell their age by their id.
    /// - Throws: EACCES where this process may not list the folder.
    public func census(
        _ folder: Folder, ages: [Duration] = [], now: Instant, limit: Int = 1_000_000
    ) throws(SpoolError) -> Census {
        let descriptor = try open(folder)
        var census = Census(byAge: [Int](repeating: 0, count: ages.count + 1))
        let bounds = ages.map { now.adding(.zero - $0) }
        let stream = try DirectoryStream(descriptor.raw, path: place(folder))
        while let name = try stream.next() {
            guard let since = arrival(name, folder, descriptor.raw) else { continue }
            if census.files == limit {
                census.isComplete = false
                break
            }
            census.files += 1
            census.oldest = min(census.oldest ?? since, since)
            census.byAge[bounds.firstIndex { since > $0 } ?? ages.count] += 1
        }
        return census
    }

    private func arrival(_ name: FileName, _ folder: Folder, _ descriptor: CInt) -> Instant? {
        if folder != .incoming && folder != .requests && folder != .replies {
            return StoredFile(storedName: name)?.id.instant
        }
        if name.isTemporary { return nil }
        // ignoring: a file that has left the folder by now is not counted
        guard let status = try? FileStatus.of(name, in: descriptor) else { return nil }
        return Instant(microseconds: status.changedAt / 1000)
    }

    /// A page of a folder's files, as `SpoolDirectory.list` gives it.
    public func list(_ folder: Folder, after last: DeliveryID? = nil, limit: Int = 4096) throws(SpoolError) -> Listing {
        let descriptor = try open(folder)
        return try FolderListing.page(descriptor.raw, path: place(folder), after: last, limit: limit)
    }

    /// A delivery's report in a folder; nil if there is none.
    public func report(_ id: DeliveryID, in folder: Folder) throws(SpoolError) -> [UInt8]? {
        let descriptor = try open(folder)
        return try ReportFile.read(descriptor.raw, id, path: place(folder))
    }

    /// Whether a delivery's file lies in a folder.
    public func contains(_ id: DeliveryID, in folder: Folder) throws(SpoolError) -> Bool {
        let descriptor = try open(folder)
        let stream = try DirectoryStream(descriptor.raw, path: place(folder))
        while let name = try stream.next() {
            if StoredFile(storedName: name)?.id == id { return true }
        }
        return false
    }

    private func open(_ folder: Folder) throws(SpoolError) -> Descriptor {
        let place = place(folder)
        return try Descriptor.open(.open, place) { tidings_open_folder(AT_FDCWD, place, 0) }
    }

    private func place(_ folder: Folder) -> String { "\(path)/\(folder.rawValue)" }
}
