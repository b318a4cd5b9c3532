import CPosix
import Glibc
import Primitives

/// Watches incoming/, requests/ and the root with inotify, and waits. Make it before the first scan. What it says are
/// hints: scan at an interval as well, since network filesystems raise no events.
public struct Watcher: ~Copyable {
    private let inotify: Descriptor
    /// What wakes a wait from other threads.
    public let waker: Waker
    private let path: String
    private var watches = WatchNumbers()
    private let capacity: Int

    /// Starts to watch.
    ///
    /// - Parameters:
    ///   - waker: What is to wake its waits; one of its own if there is none yet.
    ///   - capacity: Names told of by one wait; beyond that a scan is asked for.
    /// - Throws: With the remedy where the kernel's limits are reached (`fs.inotify.max_user_watches`). A spool works
    ///   without a watcher, at the pace of its scans.
    public static func start(
        _ spool: SpoolDirectory, waker: Waker? = nil, capacity: Int = 16_384
    ) throws(SpoolError) -> Watcher {
        let path = spool.path
        let used: Waker
        if let waker { used = waker } else { used = try Waker(for: spool) }
        let inotify = try Watcher.limited(path) { inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC)) }
        var watcher = Watcher(inotify, used, path, max(1, capacity))
        try watcher.watchAnew()
        return watcher
    }

    private init(_ inotify: consuming Descriptor, _ waker: Waker, _ path: String, _ capacity: Int) {
        self.inotify = inotify
        self.waker = waker
        self.path = path
        self.capacity = capacity
    }

    /// Watches what stands under the folders' names now: after `SpoolDirectory.refresh` found other ones.
    public mutating func watchAnew() throws(SpoolError) {
        let gone = IN_DELETE_SELF | IN_MOVE_SELF | CInt(IN_ONLYDIR)
        let arrivals = gone | IN_CLOSE_WRITE | IN_MOVED_TO | IN_ATTRIB | IN_CREATE
        let before = watches
        watches.incoming = try add("incoming", arrivals)
        watches.requests = try add("requests", gone | IN_CLOSE_WRITE | IN_MOVED_TO)
        do throws(SpoolError) {
            watches.root = try add("", gone | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB)
        } catch {
            // A root that may be passed and not listed cannot be watched: refresh at the scans finds out.
            if error.errno != .accessDenied { throw error }
            watches.root = -1
        }
        let kept = [watches.incoming, watches.requests, watches.root]
        for old in [before.incoming, before.requests, before.root] where old >= 0 && !kept.contains(old) {
            // The kernel has removed the watch of a removed folder by itself: EINVAL then.
            _ = inotify_rm_watch(inotify.raw, old)
        }
    }

    private func add(_ folder: String, _ mask: CInt) throws(SpoolError) -> CInt {
        let place = folder.isEmpty ? path : "\(path)/\(folder)"
        let raw = inotify.raw
        do throws(Errno) {
            return try SystemCall.run { inotify_add_watch(raw, place, UInt32(bitPattern: mask)) }
        } catch {
            throw Watcher.explain(error, place)
        }
    }

    private static func limited(_ path: String, _ call: () -> CInt) throws(SpoolError) -> Descriptor {
        do throws(Errno) {
            return Descriptor(try SystemCall.run(call))
        } catch {
            throw explain(error, path)
        }
    }

    private static func explain(_ errno: Errno, _ place: String) -> SpoolError {
        switch errno {
        case .noSpace:
            SpoolError(
                .watch, place, errno,
                remedy: "The limit of inotify watches is reached: raise fs.inotify.max_user_watches (sysctl).")
        case .tooManyFilesHere:
            SpoolError(
                .watch, place, errno,
                remedy:
                    "The limit of inotify instances or of open files is reached: "
                    + "raise fs.inotify.max_user_instances (sysctl) or LimitNOFILE= of the unit."
            )
        default: SpoolError(.watch, place, errno)
        }
    }

    /// Waits until something is heard, the waker is used or the time is over, and gathers all that can be heard then.
    ///
    /// - Parameter timeout: nil waits without end; zero does not wait.
    public func wait(timeout: Duration?) throws(SpoolError) -> Hints {
        var collector = HintCollector(watches: watches, capacity: capacity)
        do throws(Errno) {
            try waker.poll(with: inotify.raw, timeout: timeout)
        } catch {
            throw SpoolError(.watch, path, error)
        }
        if waker.takeUse() { collector.noteWoken() }
        try drain(&collector)
        return collector.hints
    }

    private func drain(_ collector: inout HintCollector) throws(SpoolError) {
        let size = 64 * 1024
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
        defer { buffer.deallocate() }
        // Bounded, so that a stream of events that never ends cannot hold up the work: it stays in the kernel's queue.
        for _ in 0..<64 where !collector.isFull {
            do throws(Errno) {
                let raw = inotify.raw
                let count = try SystemCall.run { read(raw, buffer.baseAddress, size) }
                if count == 0 { return }
                collector.collect(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            } catch {
                if error == .tryAgain { return }
                throw SpoolError(.watch, path, error)
            }
        }
    }
}
