import EventModel
import Glibc
import Spool

/// How many files wait in a folder of the spool, and for how long.
struct FolderCensus {
    /// The upper ends of the classes of age, in minutes; the last class has none.
    static let classes = [5, 10, 20, 40, 80, 160, 320, 640, 1280]

    private(set) var count = 0
    private(set) var oldest: Instant?
    /// Files by age, one number a class of ``classes`` and one for the rest.
    private(set) var byAge = [Int](repeating: 0, count: classes.count + 1)

    /// Counts a folder. The age of a waiting file is that of its last change (ctime), of any other that of its id.
    init(_ folder: Folder, spool: String, now: Instant) throws(FolderFault) {
        var census = self
        try FolderNames.visit("\(spool)/\(folder.rawValue)") { name, directory in
            if let since = folder == .incoming ? waiting(name, directory) : DeliveryName.ofFile(name)?.instant {
                census.add(since, now: now)
            }
            return true
        }
        self = census
    }

    private mutating func add(_ since: Instant, now: Instant) {
        count += 1
        oldest = min(oldest ?? since, since)
        let minutes = Int(now.since(since).components.seconds) / 60
        byAge[FolderCensus.classes.firstIndex { minutes < $0 } ?? FolderCensus.classes.count] += 1
    }

    /// The age of the oldest file.
    func age(at now: Instant) -> Duration { oldest.map { max(.zero, now.since($0)) } ?? .zero }
}

/// When a file that waits to be taken was last changed; nil for what is not taken: unfinished files and folders.
private func waiting(_ name: UnsafeBufferPointer<UInt8>, _ directory: CInt) -> Instant? {
    guard let fileName = FileName(name), !fileName.isTemporary else { return nil }
    var status = stat()
    let path = name.map { CChar(bitPattern: $0) } + [0]
    guard fstatat(directory, path, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return nil
    }
    return Instant(microseconds: Int64(status.st_ctim.tv_sec) * 1_000_000 + Int64(status.st_ctim.tv_nsec) / 1000)
}
