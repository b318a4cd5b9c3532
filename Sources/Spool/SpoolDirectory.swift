import CPosix
import Glibc
import Synchronization
import Primitives

/// The folders of a spool, held open by descriptor and locked against a second daemon. Its operations may be called
/// from any thread and may block.
public final class SpoolDirectory: Sendable {
    /// The root, as it was given.
    public let path: String
    /// Whether leases are asked for: a network filesystem says of every file that it has a writer.
    let usesLeases: Bool
    let filesystem: Filesystem
    let digest: SHA256
    /// Files that were put back because they changed in work: their arrival in incoming/ does not prove them complete.
    let putBack = Mutex<Set<FileName>>([])

    /// The flush of a folder that failed, if one has.
    private let lostFlush = Mutex<SpoolError?>(nil)
    private let root: Descriptor
    private let folders: FolderDescriptors
    private let lock: SpoolLock

    /// Opens a spool for the daemon. The root and every folder must exist, lie on one filesystem and be readable,
    /// writable and searchable for the effective user, incoming/ and requests/ owned by it where they are sticky.
    ///
    /// - Parameters:
    ///   - path: The root.
    ///   - create: Whether to make what is missing, with mode 0700: a private spool. Parents are not made.
    ///   - usesLeases: Whether to ask by a read lease if a writer holds a file open, where the kernel lets us.
    /// - Throws: All faults of the folders in one error; the pid of the other daemon if the spool is in use.
    public static func open(
        _ path: String, create: Bool = false, usesLeases: Bool = true
    ) throws(SpoolError) -> SpoolDirectory {
        try SpoolDirectory(path, create: create, usesLeases: usesLeases)
    }

    /// - Parameter filesystem: Its kind, where a test says what it is to be.
    init(
        _ path: String, create: Bool, usesLeases: Bool = true, filesystem: Filesystem? = nil
    ) throws(SpoolError) {
        self.path = path
        digest = try SHA256(for: path)
        if create { try SpoolDirectory.makeFolder(AT_FDCWD, path, path) }
        root = try Descriptor.open(.open, path) { tidings_open_folder(AT_FDCWD, path, 1) }
        folders = try FolderDescriptors(root: root.raw, path: path, create: create)
        do throws(Errno) {
            if let filesystem { self.filesystem = filesystem } else { self.filesystem = try .of(folders[.incoming]) }
        } catch {
            throw SpoolError(.inspect, path, error)
        }
        self.usesLeases = usesLeases && self.filesystem.networkName == nil
        if create {
            try DurableFile.sync(root.raw, place: path)
            let parent = "\(path)/.."
            let above = try Descriptor.open(.open, parent) { tidings_open_folder(AT_FDCWD, parent, 1) }
            try DurableFile.sync(above.raw, place: parent)
        }
        lock = try SpoolLock(active: folders[.active], path: path)
    }

    static func makeFolder(_ at: CInt, _ name: String, _ path: String) throws(SpoolError) {
        do throws(Errno) {
            _ = try SystemCall.run { mkdirat(at, name, 0o700) }
        } catch {
            if error != .exists { throw SpoolError(.create, path, error) }
        }
    }

    /// The descriptor of a folder. Its number never changes; what it means does where `refresh` finds another folder.
    subscript(folder: Folder) -> CInt { folders[folder] }

    /// Makes the names of a folder durable. Once that has failed it is not done again, whoever asks: it would succeed and
    /// prove nothing.
    func sync(_ folder: Folder) throws(SpoolError) {
        if let lost = lostFlush.withLock({ $0 }) { throw lost }
        do throws(SpoolError) {
            try DurableFile.sync(self[folder], place: "\(path)/\(folder.rawValue)")
        } catch {
            lostFlush.withLock { $0 = error }
            throw error
        }
    }

    /// A file's place for people: `PATH/incoming/NAME`.
    func place(_ folder: Folder, _ name: FileName) -> String { "\(path)/\(folder.rawValue)/\(name)" }

    /// What does not stop the daemon and ought to be mended, as sentences.
    public func concerns() throws(SpoolError) -> [String] {
        var concerns = filesystem.concern(path: path).map { [$0] } ?? []
        for folder in Folder.allCases {
            do throws(Errno) {
                if let concern = try FolderFacts.of(folder, self[folder]).concern { concerns.append(concern) }
            } catch {
                throw SpoolError(.inspect, "\(path)/\(folder.rawValue)", error)
            }
        }
        return concerns
    }

    /// Finds out whether folders were replaced or removed behind our back, which a held descriptor hides, and opens
    /// what stands in their place now. Call it at every rescan and when a hint says so; scan afterwards, and watch
    /// anew.
    ///
    /// - Returns: The folders that are other ones than before.
    /// - Throws: What is wrong with the new folders, or that another daemon works on them; the old ones stay open then.
    public func refresh() throws(SpoolError) -> Set<Folder> {
        let now = try Descriptor.open(.open, path) { tidings_open_folder(AT_FDCWD, path, 1) }
        if try identity(now.raw, path) != identity(root.raw, path) {
            _ = try Descriptor.replace(root, by: now, path)
        }
        return try folders.refresh(root: root.raw, path: path) { active throws(SpoolError) in
            try lock.renew(active: active, path: path)
        }
    }

    /// Lets another daemon have the spool: nothing is done with it afterwards. Whoever holds the value a while longer holds
    /// nobody up.
    public func release() { lock.release() }

    private func identity(_ descriptor: CInt, _ path: String) throws(SpoolError) -> FileIdentity {
        do {
            return try FileStatus.of(descriptor).identity
        } catch {
            throw SpoolError(.inspect, path, error)
        }
    }
}
