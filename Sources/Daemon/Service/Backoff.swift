/// Exponential backoff with jitter.
struct Backoff: Sendable {
    let first: Duration
    let longest: Duration

    /// The wait after that many attempts, at least one: it doubles each time, and up to a quarter of it is random.
    func wait(afterAttempt attempt: Int, jitter: Double) -> Duration {
        let doubled = first * (1 << min(max(attempt - 1, 0), 20))
        let base = min(doubled, longest)
        return base - base / 4 * jitter
    }
}
