import Synchronization

/// Waits for work, but not for ever: nil when the limit has passed. The work is then cancelled and left behind, for one
/// that hangs cannot be ended from outside.
func limited<Value: Sendable>(
    to limit: Duration, cancelAtOnce: Bool = false, _ work: @escaping @Sendable () async -> Value
) async -> Value? {
    let task = Task { await work() }
    if cancelAtOnce { task.cancel() }
    return await withCheckedContinuation { continuation in
        let end = End(continuation)
        let alarm = Task {
            // ignoring: cancelled when the work was first, and then nobody needs the alarm.
            try? await ContinuousClock().sleep(for: limit)
            if end.resume(nil) { task.cancel() }
        }
        Task {
            _ = end.resume(await task.value)
            alarm.cancel()
        }
    }
}

/// A continuation that the first of several resumes.
private final class End<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Value?, Never>?>

    init(_ continuation: CheckedContinuation<Value?, Never>) { self.continuation = Mutex(continuation) }

    /// Whether the caller was the first.
    func resume(_ value: Value?) -> Bool {
        let first = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        first?.resume(returning: value)
        return first != nil
    }
}
