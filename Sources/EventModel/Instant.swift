/// A point in time, in microseconds since 1970-01-01T00:00:00Z without leap seconds (POSIX time).
public struct Instant: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Microseconds since the epoch; may be negative.
    public let microseconds: Int64

    /// Makes an instant from microseconds since the epoch.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Makes an instant from a clock at a known distance from UTC.
    public init(_ local: LocalDateTime, offset: UTCOffset) {
        microseconds = Int64(local.secondsSinceEpoch - offset.seconds) * 1_000_000
    }

    /// Whole seconds since the epoch, rounded down.
    public var seconds: Int { Int(microseconds).floorDivided(by: 1_000_000) }

    /// What a clock at that distance from UTC shows; nil outside the years 1 to 9999.
    public func local(offset: UTCOffset) -> LocalDateTime? {
        LocalDateTime(secondsSinceEpoch: seconds + offset.seconds)
    }

    /// The UTC date.
    public var date: LocalDate? {
        LocalDate(daysSinceEpoch: seconds.floorDivided(by: 86_400))
    }

    /// The instant that much later.
    public func adding(_ duration: Duration) -> Instant {
        let (s, a) = duration.components
        return Instant(microseconds: microseconds + s * 1_000_000 + a / 1_000_000_000_000)
    }

    /// The same without fractions of a second, for people: `2027-01-15T08:00:00Z`.
    public var toTheSecond: Instant { Instant(microseconds: Int64(seconds) * 1_000_000) }

    /// Time from an earlier instant to this one.
    public func since(_ earlier: Instant) -> Duration { .microseconds(microseconds - earlier.microseconds) }

    /// Earlier instants come first.
    public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

    /// RFC 3339 in UTC: `2026-11-23T20:49:20Z`, with milli- or microseconds only where there are any.
    public var description: String {
        guard let local = LocalDateTime(secondsSinceEpoch: seconds) else { return "@\(microseconds)us" }
        let fraction = Int(microseconds - Int64(seconds) * 1_000_000)
        if fraction == 0 { return "\(local)Z" }
        return fraction % 1000 == 0 ? "\(local).\(padded(fraction / 1000, 3))Z" : "\(local).\(padded(fraction, 6))Z"
    }
}
