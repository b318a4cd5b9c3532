/// Exponential backoff with jitter.
public struct Backoff: Sendable {
    let first: Duration
    let longest: Duration

    /// Begins with one wait, and never waits longer than another.
    public init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// The wait after that many attempts, at least one: it doubles each time, and up to a quarter of it is random.
    public func wait(afterAttempt attempt: Int, jitter: Double) -> Duration {
        let doubled = first * (1 << min(max(attempt - 1, 0), 20))
        let base = min(doubled, longest)
        return base - base / 4 * jitter
    }
}
