import EventModel

/// One kind of time a zone keeps: its distance from UTC and the letters on its clocks.
struct ZoneType: Hashable, Sendable {
    /// Seconds east of UTC.
    var offset: Int
    /// Whether it is summer time.
    var isDaylight: Bool
    /// `CET`, `+03`.
    var abbreviation: String

    /// Whether clocks and calendars could not tell the two apart.
    func agrees(with other: ZoneType) -> Bool { offset == other.offset && isDaylight == other.isDaylight }
}

/// What a zone does after the last change its file lists: the TZ string of RFC 8536 §3.3 and POSIX.1 §8.3.
struct ZoneRule: Sendable {
    /// A day of the year on which the clocks change.
    enum Day: Hashable, Sendable {
        /// `Mm.w.d`: weekday d (0 Sunday) of week w (5 is the last) of month m.
        case weekday(month: Int, week: Int, weekday: Int)
        /// `Jn`: day 1 to 365, 29 February never counted.
        case dayWithoutLeap(Int)
        /// `n`: day 0 to 365, 29 February counted.
        case dayOfYear(Int)
    }

    /// A change of the clocks: the day, and seconds after its midnight on the clock that is about to change.
    struct Change: Hashable, Sendable {
        var day: Day
        var seconds: Int
    }

    /// The zone's winter time, or its only one.
    var standard: ZoneType
    /// Summer time, with the changes to it and back.
    var daylight: (type: ZoneType, from: Change, to: Change)?

    /// The kind of time at a point in time, in seconds since the epoch.
    func type(at seconds: Int) -> ZoneType {
        guard let daylight else { return standard }
        let year = civilYear(seconds + standard.offset)
        let from = onset(daylight.from, year: year, offset: standard.offset)
        let to = onset(daylight.to, year: year, offset: daylight.type.offset)
        let isSummer = from < to ? (from..<to).contains(seconds) : !(to..<from).contains(seconds)
        return isSummer ? daylight.type : standard
    }

    /// The first change after a point in time.
    func nextChange(after seconds: Int) -> Int? {
        guard let daylight else { return nil }
        let year = civilYear(seconds + standard.offset)
        var next: Int?
        for candidate in year - 1...year + 1 {
            let from = onset(daylight.from, year: candidate, offset: standard.offset)
            let to = onset(daylight.to, year: candidate, offset: daylight.type.offset)
            for change in [from, to] where change > seconds && change < next ?? .max { next = change }
        }
        return next
    }

    /// When a change happens in a year, in seconds since the epoch, given the clock's offset before it.
    func onset(_ change: Change, year: Int, offset: Int) -> Int {
        daysSinceEpoch(change.day, year: year) * 86_400 + change.seconds - offset
    }

    private func daysSinceEpoch(_ day: Day, year: Int) -> Int {
        switch day {
        case .dayOfYear(let number): civilDays(year, 1, 1) + number
        case .dayWithoutLeap(let number):
            civilDays(year, 1, 1) + number - 1 + (number >= 60 && isLeap(year) ? 1 : 0)
        case .weekday(let month, let week, let weekday):
            weekdayOfMonth(year: year, month: month, week: week, weekday: weekday)
        }
    }

    private func weekdayOfMonth(year: Int, month: Int, week: Int, weekday: Int) -> Int {
        let first = civilDays(year, month, 1)
        let next = month == 12 ? civilDays(year + 1, 1, 1) : civilDays(year, month + 1, 1)
        let firstWeekday = (((first + 4) % 7) + 7) % 7
        var day = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
        while day >= next { day -= 7 }
        return day
    }
}

/// Days since 1970-01-01 of a date in any year.
func civilDays(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

/// The year of a clock that shows so many seconds since 1970-01-01T00:00:00.
func civilYear(_ seconds: Int) -> Int {
    let days = seconds.floorDivided(by: 86_400)
    var year = 1970 + days / 366
    while civilDays(year + 1, 1, 1) <= days { year += 1 }
    while civilDays(year, 1, 1) > days { year -= 1 }
    return year
}

private func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
