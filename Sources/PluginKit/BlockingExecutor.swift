import CPosix
import Glibc
import Synchronization

/// A thread of its own for work that blocks (SQLite, files, libcurl), so that it never holds up strangers on the
/// cooperative pool. Make it the executor of an actor. A hop to it costs some microseconds: hop once a batch.
public final class BlockingExecutor: SerialExecutor {
    // Invariant: `jobs` and `isStopped` are touched only with `lock` held; the pointers are made in init and freed by
    // the thread after it has seen `isStopped`, when no other reference exists.
    private final class Queue: @unchecked Sendable {
        let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        let ready = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        var jobs: [UnownedJob] = []
        var isStopped = false

        init() {
            pthread_mutex_init(lock, nil)
            pthread_cond_init(ready, nil)
        }

        deinit {
            pthread_cond_destroy(ready)
            pthread_mutex_destroy(lock)
            ready.deallocate()
            lock.deallocate()
        }
    }

    private let queue = Queue()
    private let thread: Atomic<UInt>

    /// Starts the thread. The name is shown by `ps -L` and cut to 15 bytes.
    public init(name: String) {
        thread = Atomic(0)
        let argument = Unmanaged.passRetained(Start(name: name, queue: queue, executor: Unowned(self)))
        var id = pthread_t()
        let status = pthread_create(&id, nil, { BlockingExecutor.main($0) }, argument.toOpaque())
        precondition(status == 0, "pthread_create: \(status)")
        pthread_detach(id)
        thread.store(UInt(id), ordering: .releasing)
    }

    deinit {
        pthread_mutex_lock(queue.lock)
        queue.isStopped = true
        pthread_cond_signal(queue.ready)
        pthread_mutex_unlock(queue.lock)
    }

    /// Adds a job to the end of the thread's queue.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(queue.lock)
        queue.jobs.append(job)
        pthread_cond_signal(queue.ready)
        pthread_mutex_unlock(queue.lock)
    }

    /// The executor as actors want it.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    /// Whether the caller is on this thread.
    public func checkIsolated() {
        precondition(thread.load(ordering: .acquiring) == UInt(pthread_self()), "not on this executor's thread")
    }

    private struct Unowned: @unchecked Sendable {
        // Invariant: used only to run jobs, and a job holds its actor, which holds the executor.
        unowned(unsafe) let executor: BlockingExecutor
        init(_ executor: BlockingExecutor) { self.executor = executor }
    }

    private final class Start: Sendable {
        let name: String
        let queue: Queue
        let executor: Unowned
        init(name: String, queue: Queue, executor: Unowned) {
            self.name = name
            self.queue = queue
            self.executor = executor
        }
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        tidings_set_thread_name(start.name)
        let queue = start.queue
        var batch: [UnownedJob] = []
        while true {
            pthread_mutex_lock(queue.lock)
            while queue.jobs.isEmpty && !queue.isStopped { pthread_cond_wait(queue.ready, queue.lock) }
            swap(&batch, &queue.jobs)
            let isStopped = queue.isStopped
            pthread_mutex_unlock(queue.lock)
            if batch.isEmpty && isStopped { return nil }
            for job in batch { job.runSynchronously(on: start.executor.executor.asUnownedSerialExecutor()) }
            batch.removeAll(keepingCapacity: true)
        }
    }
}
