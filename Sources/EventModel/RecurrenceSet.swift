/// The starts of a series (RFC 5545 §3.8.5): its first, those that its rule and its further dates give in the years
/// around its reading, without the excepted ones. Worked out once, when the series is read, and kept with it.
public struct RecurrenceSet: Hashable, Sendable {
    /// The most starts that a text may hold.
    private static let countMax = 100_000
    /// The last second of the year 9999.
    private static let secondsMax = 253_402_300_799

    /// Whether the starts are whole days.
    public let isDate: Bool
    /// Seconds since 1970-01-01T00:00:00 on the clock of the event, in order, each once.
    public let seconds: [Int]

    /// Makes a set of starts, given in any order; nil where a start lies outside the years 1 to 9999.
    public init?(_ seconds: some Sequence<Int>, isDate: Bool) {
        let sorted = Set(seconds).sorted()
        for end in [sorted.first, sorted.last] {
            if let end, LocalDateTime(secondsSinceEpoch: end) == nil { return nil }
        }
        self.seconds = sorted
        self.isDate = isDate
    }

    /// The starts on a day, counted since 1970-01-01, and after it.
    public func seconds(onOrAfter day: Int) -> ArraySlice<Int> {
        var (low, high) = (0, seconds.count)
        while low < high {
            let middle = (low + high) / 2
            if seconds[middle].floorDivided(by: 86_400) < day { low = middle + 1 } else { high = middle }
        }
        return seconds[low...]
    }

    /// A start, with an offset that the source stated.
    public func moment(_ seconds: Int, offset: UTCOffset?) -> Moment? {
        LocalDateTime(secondsSinceEpoch: seconds).map { isDate ? .date($0.date) : .time($0, offset: offset) }
    }
}

/// As text: the first start, then how long after each the next one is, in days (`7d`) or seconds (`3600s`), with `x` and
/// how often where that comes several times in a row: `2027-01-07T19:30:00 7dx51 14d`.
extension RecurrenceSet: CustomStringConvertible {
    /// The text.
    public var description: String {
        guard let first = seconds.first, let start = moment(first, offset: nil) else {
            return isDate ? "none" : "none T"
        }
        var text = start.description
        var index = 1
        while index < seconds.count {
            let gap = seconds[index] - seconds[index - 1]
            var times = 1
            while index + times < seconds.count, seconds[index + times] - seconds[index + times - 1] == gap {
                times += 1
            }
            text += gap % 86_400 == 0 ? " \(gap / 86_400)d" : " \(gap)s"
            if times > 1 { text += "x\(times)" }
            index += times
        }
        return text
    }

    /// Reads a text; nil where it is none.
    public init?(_ text: String) {
        var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
        guard let first = words.popFirst() else { return nil }
        if first == "none" {
            self.init([], isDate: words.isEmpty)
            return
        }
        guard let start = RecurrenceSet.start(first) else { return nil }
        var seconds = [start.seconds]
        for word in words {
            let parts = word.split(separator: "x", omittingEmptySubsequences: false)
            guard parts.count <= 2, let unit = parts[0].last == "d" ? 86_400 : parts[0].last == "s" ? 1 : nil,
                let gap = Int(written: parts[0].dropLast(), in: 1...RecurrenceSet.secondsMax / unit),
                let times = parts.count == 1 ? 1 : Int(written: parts[1], in: 1...RecurrenceSet.countMax)
            else { return nil }
            for _ in 0..<times {
                let next = seconds[seconds.count - 1] + gap * unit
                guard next <= RecurrenceSet.secondsMax, seconds.count < RecurrenceSet.countMax else { return nil }
                seconds.append(next)
            }
        }
        self.init(seconds, isDate: start.isDate)
    }

    private static func start(_ text: Substring) -> (seconds: Int, isDate: Bool)? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        let day = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, day.count == 3, let year = Int(written: day[0], in: 1...9999),
            let month = Int(written: day[1], in: 1...12), let number = Int(written: day[2], in: 1...31),
            let date = LocalDate(year: year, month: month, day: number)
        else { return nil }
        guard parts.count == 2 else { return (date.daysSinceEpoch * 86_400, true) }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = Int(written: clock[0], in: 0...23),
            let minute = Int(written: clock[1], in: 0...59), let second = Int(written: clock[2], in: 0...59),
            let time = LocalDateTime(date: date, hour: hour, minute: minute, second: second)
        else { return nil }
        return (time.secondsSinceEpoch, false)
    }
}
