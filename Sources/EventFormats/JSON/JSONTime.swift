public import EventModel

/// A date or time as a text gives it: ISO 8601 in the extended form of RFC 3339, reduced to months and years too.
struct JSONTime {
    /// A day, or a time with the offset that was stated.
    var moment: Moment
    /// How exact the text is.
    var precision: Precision
    /// Whether it ends in `Z`.
    var isUTC = false

    /// Why a text is no time.
    enum Fault: Error {
        /// The date is no date of the calendar, or not written as one.
        case date
        /// The time is none that a clock shows, or not written as one.
        case time
    }

    /// Reads a text. Fractions of seconds are dropped.
    init(_ text: UnsafeBufferPointer<UInt8>) throws(Fault) {
        var scan = DigitScanner(text)
        guard let year = scan.digits(4) else { throw .date }
        var month = 1
        var day = 1
        precision = .year
        if scan.take(0x2D) {
            guard let m = scan.digits(2) else { throw .date }
            month = m
            precision = .month
            if scan.take(0x2D) {
                guard let d = scan.digits(2) else { throw .date }
                day = d
                precision = .day
            }
        }
        guard let date = LocalDate(year: year, month: month, day: day) else { throw .date }
        moment = .date(date)
        if scan.isAtEnd { return }
        guard precision == .day, scan.takeSeparator() else { throw .date }
        guard let time = scan.clock(on: date) else { throw .time }
        precision = .minute
        _ = scan.fraction()
        guard let offset = scan.offset(isUTC: &isUTC), scan.isAtEnd else { throw .time }
        moment = .time(time, offset: offset.value)
    }

    /// The last day that the text means: the end of its month or year where it names no day.
    var lastDay: Moment {
        guard case .date(let date) = moment, precision == .month || precision == .year else { return moment }
        let month = precision == .year ? 12 : date.month
        let day = LocalDate.length(ofMonth: month, year: date.year)
        return LocalDate(year: date.year, month: month, day: day).map { .date($0) } ?? moment
    }
}

extension Instant {
    /// The range of what is written as a number of microseconds: some 140,000 years around 1970.
    private static let microsecondsWritten = Int.min / 2...Int.max / 2

    /// Reads a time with an offset, to the microsecond; without an offset it is taken as UTC where that is allowed.
    init(json text: UnsafeBufferPointer<UInt8>, assumingUTC: Bool = false) throws(JSONTime.Fault) {
        if text.first == 0x40, text.count > 3, text.suffix(2).elementsEqual("us".utf8) {
            let digits = String(decoding: text[1..<text.count - 2], as: UTF8.self)
            guard let number = Int(written: digits, in: Instant.microsecondsWritten) else { throw .time }
            self.init(microseconds: Int64(number))
            return
        }
        var scan = DigitScanner(text)
        guard let year = scan.digits(4), scan.take(0x2D), let month = scan.digits(2), scan.take(0x2D),
            let day = scan.digits(2), let date = LocalDate(year: year, month: month, day: day)
        else { throw .date }
        if scan.isAtEnd, assumingUTC {
            self.init(microseconds: Int64(date.daysSinceEpoch) * 86_400_000_000)
            return
        }
        guard scan.takeSeparator() else { throw .date }
        guard let time = scan.clock(on: date) else { throw .time }
        let microseconds = scan.fraction()
        var isUTC = false
        guard let offset = scan.offset(isUTC: &isUTC), scan.isAtEnd, assumingUTC || offset.value != nil else {
            throw .time
        }
        let seconds = time.secondsSinceEpoch - (offset.value?.seconds ?? 0)
        self.init(microseconds: Int64(seconds) * 1_000_000 + Int64(microseconds))
    }
}

/// Reads the parts of a written time from the front.
struct DigitScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { at == text.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard at < text.count, text[at] == byte else { return false }
        at += 1
        return true
    }

    /// `T`, `t` or a space, as RFC 3339 allows.
    mutating func takeSeparator() -> Bool { take(0x54) || take(0x20) || take(0x74) }

    /// A number of exactly that many digits.
    mutating func digits(_ count: Int) -> Int? {
        guard at + count <= text.count else { return nil }
        var value = 0
        for index in at..<at + count {
            let digit = Int(text[index]) - 0x30
            guard (0...9).contains(digit) else { return nil }
            value = value * 10 + digit
        }
        at += count
        return value
    }

    /// `10:00` or `10:00:00`.
    mutating func clock(on date: LocalDate) -> LocalDateTime? {
        guard let hour = digits(2), take(0x3A), let minute = digits(2) else { return nil }
        var second = 0
        if take(0x3A) {
            guard let read = digits(2) else { return nil }
            second = read
        }
        return LocalDateTime(date: date, hour: hour, minute: minute, second: second)
    }

    /// A fraction of a second, in microseconds; what is finer is dropped.
    mutating func fraction() -> Int {
        guard at + 1 < text.count, text[at] == 0x2E || text[at] == 0x2C else { return 0 }
        var index = at + 1
        var microseconds = 0
        var places = 0
        while index < text.count, (0x30...0x39).contains(text[index]) {
            if places < 6 { microseconds = microseconds * 10 + Int(text[index]) - 0x30 }
            places += 1
            index += 1
        }
        guard places > 0 else { return 0 }
        at = index
        while places < 6 {
            microseconds *= 10
            places += 1
        }
        return microseconds
    }

    /// `Z`, `+01:00`, `+0100`, `+01`, or nothing; nil where something else stands here.
    mutating func offset(isUTC: inout Bool) -> (value: UTCOffset?, Void)? {
        if isAtEnd { return (nil, ()) }
        if take(0x5A) || take(0x7A) {
            isUTC = true
            return (UTCOffset(seconds: 0), ())
        }
        let isWest = take(0x2D)
        guard isWest || take(0x2B), let hours = digits(2), hours < 24 else { return nil }
        var seconds = hours * 3600
        let hasColon = take(0x3A)
        if let minutes = digits(2) {
            guard minutes < 60 else { return nil }
            seconds += minutes * 60
            if hasColon, take(0x3A) {
                guard let rest = digits(2), rest < 60 else { return nil }
                seconds += rest
            }
        } else if hasColon {
            return nil
        }
        return (UTCOffset(seconds: isWest ? seconds.negated : seconds), ())
    }
}

extension Instant {
    /// Reads a time with its distance from UTC (RFC 3339), as in `2026-11-28T19:30:00Z`; nil for anything else.
    public init?(rfc3339 text: String) {
        var text = text
        // ignoring: which part is wrong; whoever asks shows how it is written
        guard let read = text.withUTF8({ bytes in try? Instant(json: bytes) }) else { return nil }
        self = read
    }
}
