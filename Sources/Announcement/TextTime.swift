/// A time of day as a text names it.
struct TextTime: Hashable, Sendable {
    var hour: Int
    var minute: Int
    /// Whether `am` or `pm` stands with it, or it can only be of the 24-hour clock.
    var isCertain: Bool
    var tokens: Range<Int>
}

/// A time, or a range of times.
struct TextTimeSpan: Hashable, Sendable {
    var start: TextTime
    var end: TextTime?
    /// The IANA zone a word after it means, `Etc/UTC` for `GMT`.
    var zone: String?
    /// Seconds east of UTC, where an ISO 8601 offset stands with it.
    var offsetSeconds: Int?
    var tokens: Range<Int>
}
