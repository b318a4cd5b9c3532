/// A date and a time of day on the clock of some place (RFC 8984 §1.4.4, `LocalDateTime`). Leap seconds are not kept.
public struct LocalDateTime: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The date.
    public let date: LocalDate
    /// The hour, 0 to 23.
    public let hour: Int
    /// The minute, 0 to 59.
    public let minute: Int
    /// The second, 0 to 59.
    public let second: Int

    /// Makes a time, or nil where a clock does not show it (24:00, 10:60).
    public init?(date: LocalDate, hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// Seconds since 1970-01-01T00:00:00 on the same clock.
    public var secondsSinceEpoch: Int {
        date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// The inverse of ``secondsSinceEpoch``; nil outside the years 1 to 9999.
    public init?(secondsSinceEpoch seconds: Int) {
        let days = seconds.floorDivided(by: 86_400)
        guard let date = LocalDate(daysSinceEpoch: days) else { return nil }
        let rest = seconds - days * 86_400
        self.init(date: date, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60)
    }

    /// Earlier times come first.
    public static func < (a: LocalDateTime, b: LocalDateTime) -> Bool { a.secondsSinceEpoch < b.secondsSinceEpoch }

    /// `2026-11-28T10:00:00`.
    public var description: String { "\(date)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }
}

/// The distance of a clock from UTC, as written in the source, east positive (RFC 3339 `time-offset`).
public struct UTCOffset: Hashable, Sendable, CustomStringConvertible {
    /// Seconds east of UTC, −86 399 to 86 399.
    public let seconds: Int

    /// Makes an offset, or nil outside a day.
    public init?(seconds: Int) {
        guard (-86_399...86_399).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    /// UTC itself.
    public static let zero = UTCOffset(0)

    private init(_ seconds: Int) { self.seconds = seconds }

    /// `+01:00`; seconds only where there are any.
    public var description: String {
        let magnitude = Int(seconds.magnitude)
        let tail = magnitude % 60 == 0 ? "" : ":\(padded(magnitude % 60, 2))"
        return "\(seconds < 0 ? "-" : "+")\(padded(magnitude / 3600, 2)):\(padded(magnitude / 60 % 60, 2))\(tail)"
    }
}

/// A start or an end: a whole day, or a time on a local clock with the offset the source stated for it, if it did.
public enum Moment: Hashable, Sendable, CustomStringConvertible {
    /// A whole day. As an end it is inclusive.
    case date(LocalDate)
    /// A time of day.
    case time(LocalDateTime, offset: UTCOffset?)

    /// The day.
    public var date: LocalDate {
        switch self {
        case .date(let date): date
        case .time(let time, _): time.date
        }
    }

    /// The time of day, if there is one.
    public var time: LocalDateTime? {
        if case .time(let time, _) = self { time } else { nil }
    }

    /// The offset the source stated, if it did.
    public var offset: UTCOffset? {
        if case .time(_, let offset) = self { offset } else { nil }
    }

    /// `2026-11-28`, `2026-11-28T10:00:00` or `2026-11-28T10:00:00+01:00`.
    public var description: String {
        switch self {
        case .date(let date): date.description
        case .time(let time, let offset): time.description + (offset?.description ?? "")
        }
    }
}
