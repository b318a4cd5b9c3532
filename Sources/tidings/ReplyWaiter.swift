import CPosix
import EventModel
import Glibc
import Spool

/// A file that was put into the spool and whose answer is waited for.
struct Pending {
    /// The name it has in the spool.
    let name: FileName
    /// Answers to earlier files of that name.
    var known: Set<DeliveryID> = []
}

/// Waits for the answers to files that were put into the spool, in `replies/UID/`.
struct ReplyWaiter {
    /// How often the folder is looked at where it cannot be watched.
    static let poll = Duration.milliseconds(50)
    /// How often it is looked at all the same where it is watched: network file systems raise no events.
    static let look = Duration.seconds(1)

    /// Where the folders of all users lie: watched until this user has one.
    private let replies: String
    private let own: String
    private let box: ReplyBox
    private let interruption: Interruption

    init(spool: String, user: UInt32, _ interruption: Interruption) {
        self.interruption = interruption
        replies = "\(spool)/replies"
        own = "\(replies)/\(user)"
        box = ReplyBox(spool: spool, user: user)
    }

    /// The answers that a name has already.
    func known(_ name: FileName) throws(SpoolError) -> Set<DeliveryID> { try box.deliveries(of: name) }

    /// Hands over what may be the answer to a file as it comes, with the file's place in the list; `take` says whether it
    /// is. Gives the places of those that have none when the time is over or a signal comes. `look` is told how many are
    /// open.
    func wait(
        for files: [Pending], timeout: Duration, look: (Int) -> Void, _ take: (Int, [UInt8]) -> Bool
    ) throws(SpoolError) -> [Int] {
        var open = Array(files.indices)
        var known = files.map(\.known)
        let end = Self.uptime + timeout
        let watch = FolderWatch()
        while true {
            let isWatched = watch.add(own) || watch.add(replies) && (watch.add(own) || true)
            for index in open {
                guard let reply = try box.reply(for: files[index].name, besides: known[index]) else { continue }
                if take(index, reply.json) {
                    open.removeAll { $0 == index }
                } else {
                    known[index].insert(reply.delivery)
                }
            }
            let rest = end - Self.uptime
            if open.isEmpty || rest <= .zero || interruption.isPending { return open }
            look(open.count)
            watch.wait(upTo: min(rest, isWatched ? Self.look : Self.poll), interruption)
        }
    }

    private static var uptime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

/// Wakes up when something arrives in a folder, where the kernel allows it to be watched.
private final class FolderWatch {
    private let inotify: CInt = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))

    deinit { if inotify >= 0 { close(inotify) } }

    /// Watches a folder; false where it is not there or this user may not list it.
    func add(_ folder: String) -> Bool {
        inotify >= 0 && inotify_add_watch(inotify, folder, UInt32(IN_MOVED_TO | IN_CREATE)) >= 0
    }

    /// Waits until something arrives, a signal comes or the time is over.
    func wait(upTo limit: Duration, _ interruption: Interruption) {
        guard interruption.wait(for: inotify, upTo: limit) == .ready else { return }
        var heard = [UInt8](repeating: 0, count: 4096)
        while read(inotify, &heard, heard.count) > 0 {}
    }
}
