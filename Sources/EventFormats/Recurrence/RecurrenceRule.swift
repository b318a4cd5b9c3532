import EventModel
import Reading

/// What is wrong with a recurrence rule.
enum RecurrenceFault: Error, Equatable {
    /// It breaks the grammar of RFC 5545 §3.3.10; the words say where.
    case invalid(String)
    /// It can be read and is not taken all the same; the words say why, and what to do instead.
    case refused(String)
    /// It repeats more often than is sensible for a public event.
    case tooDense(String)
}

/// A RECUR value (RFC 5545 §3.3.10) that was read and found to say one thing only: what the RFC forbids, and what
/// calendar programs take differently, is refused.
struct RecurrenceRule: Equatable {
    enum Frequency: String {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// A day of the week, 0 for Sunday, and which of its month or year, counted from 1 or, backwards, from −1.
    struct Weekday: Hashable {
        var day: Int
        var ordinal: Int?
    }

    /// The most times of day a rule may give (BYHOUR × BYMINUTE × BYSECOND).
    static let timesPerDayMax = 24
    /// The longest rule, in bytes.
    static let lengthMax = 1024

    /// The rule as text: its parts in the order written, upper case, without blanks.
    let text: String
    private(set) var frequency = Frequency.daily
    private(set) var interval = 1
    private(set) var count: Int?
    private(set) var until: ICalendarMoment?
    private(set) var weekStart = 1
    private(set) var positions: [Int] = []
    /// The parts below are empty where the rule has none.
    private(set) var months: [Int] = []
    private(set) var weekNumbers: [Int] = []
    private(set) var yearDays: [Int] = []
    private(set) var monthDays: [Int] = []
    private(set) var weekdays: [Weekday] = []
    private(set) var hours: [Int] = []
    private(set) var minutes: [Int] = []
    private(set) var seconds: [Int] = []

    /// Reads a rule. Blanks, small letters and a semicolon at the end are forgiven.
    init(_ value: String) throws(RecurrenceFault) {
        guard value.utf8.count <= RecurrenceRule.lengthMax else {
            throw .invalid("it is longer than \(RecurrenceRule.lengthMax) bytes")
        }
        let clean = value.filter { $0 != " " && $0 != "\t" }.uppercased()
        let parts = clean.split(separator: ";")
        text = parts.joined(separator: ";")
        var names: Set<Substring> = []
        for part in parts {
            guard let equals = part.firstIndex(of: "="), equals != part.startIndex else {
                throw .invalid("'\(String(part).quotable)' is not NAME=VALUE")
            }
            let name = part[..<equals]
            guard names.insert(name).inserted else { throw .invalid("\(String(name).quotable) stands in it twice") }
            try read(String(name), part[part.index(after: equals)...])
        }
        guard names.contains("FREQ") else { throw .invalid("it has no FREQ") }
        if count != nil, until != nil { throw .invalid("COUNT and UNTIL exclude each other") }
        try checkDensity()
        try checkParts()
        try checkPossibility()
    }

    private mutating func read(_ name: String, _ value: Substring) throws(RecurrenceFault) {
        func numbers(_ range: ClosedRange<Int>) throws(RecurrenceFault) -> [Int] {
            try RecurrenceRule.numbers(value, of: name, in: range)
        }
        switch name {
        case "FREQ": frequency = try RecurrenceRule.frequency(value)
        case "UNTIL":
            // ignoring: which part of the date is wrong does not matter here
            guard let moment = try? ICalendarValue.moment(ArraySlice(value.utf8)) else {
                throw .invalid("UNTIL=\(String(value).quotable) is no date")
            }
            until = moment
        case "COUNT": count = try number(value, of: name, in: 1...999_999)
        case "INTERVAL": interval = try number(value, of: name, in: 1...9999)
        case "WKST":
            guard let day = RecurrenceRule.dayNames.firstIndex(of: value) else {
                throw .invalid("WKST=\(String(value).quotable) is no weekday")
            }
            weekStart = day
        case "BYDAY": weekdays = try RecurrenceRule.weekdays(value)
        case "BYMONTH": months = try numbers(1...12)
        case "BYSECOND": seconds = try numbers(0...59)
        case "BYMINUTE": minutes = try numbers(0...59)
        case "BYHOUR": hours = try numbers(0...23)
        case "BYMONTHDAY": monthDays = try numbers(-31...31)
        case "BYYEARDAY": yearDays = try numbers(-366...366)
        case "BYSETPOS": positions = try numbers(-366...366)
        case "BYWEEKNO": weekNumbers = try numbers(-53...53)
        case "RSCALE":
            guard value == "GREGORIAN" else {
                throw .refused(
                    "RSCALE=\(String(value).quotable) counts in another calendar than the Gregorian one, which alone is "
                        + "read; list the dates (RDATE)")
            }
        case "SKIP":
            guard value == "OMIT" else {
                throw .refused("SKIP=\(String(value).quotable) is not read; leave it out, or list the dates (RDATE)")
            }
        default:
            guard name.hasPrefix("X-") else { throw .invalid("\(name.quotable) is no part of a rule") }
        }
    }

    private static func frequency(_ value: Substring) throws(RecurrenceFault) -> Frequency {
        if let frequency = Frequency(rawValue: String(value)) { return frequency }
        if ["SECONDLY", "MINUTELY", "HOURLY"].contains(value) {
            throw .tooDense("FREQ=\(value) repeats more often than daily")
        }
        throw .invalid("FREQ=\(String(value).quotable) is no frequency")
    }

    private func number(
        _ value: Substring, of name: String, in range: ClosedRange<Int>
    ) throws(RecurrenceFault) -> Int {
        guard let number = Int(written: value, in: range) else {
            throw .invalid("\(name)=\(String(value).quotable) is not a number in range")
        }
        return number
    }

    /// A list of numbers, in order, each once. Zero is none where the range reaches below it.
    private static func numbers(
        _ value: Substring, of name: String, in range: ClosedRange<Int>
    ) throws(RecurrenceFault) -> [Int] {
        var numbers: Set<Int> = []
        for text in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(written: text, in: range), number != 0 || range.lowerBound == 0 else {
                throw .invalid("\(name)=\(String(value).quotable) is not numbers in range")
            }
            numbers.insert(number)
        }
        return numbers.sorted()
    }

    private static let dayNames: [Substring] = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]

    private static func weekdays(_ value: Substring) throws(RecurrenceFault) -> [Weekday] {
        var weekdays: [Weekday] = []
        for text in value.split(separator: ",", omittingEmptySubsequences: false) {
            let ordinal = Int(written: text.dropLast(2), in: -53...53)
            guard let day = dayNames.firstIndex(of: text.suffix(2)), text.utf8.count == 2 || ordinal ?? 0 != 0 else {
                throw .invalid(
                    "BYDAY=\(String(value).quotable) holds '\(String(text).quotable)', which is no weekday")
            }
            let weekday = Weekday(day: day, ordinal: ordinal)
            if !weekdays.contains(weekday) { weekdays.append(weekday) }
        }
        return weekdays
    }
}
