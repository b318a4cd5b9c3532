import EventModel

/// The days that a rule gives, period by period: a year, a month, a week or a day, every `interval`th of them. Days are
/// counted since 1970-01-01.
struct RecurrencePeriods {
    private let rule: RecurrenceRule
    private let start: LocalDate
    private let months: [Int]
    private let monthDays: [Int]
    private let weekdays: [RecurrenceRule.Weekday]
    /// The first day of the first week.
    private let firstWeek: Int

    /// What the rule leaves open is taken from the start.
    init(_ rule: RecurrenceRule, start: LocalDate) {
        self.rule = rule
        self.start = start
        let saysDay =
            !rule.weekNumbers.isEmpty || !rule.yearDays.isEmpty || !rule.monthDays.isEmpty || !rule.weekdays.isEmpty
        let isByDate = !saysDay && (rule.frequency == .monthly || rule.frequency == .yearly)
        months = rule.months.isEmpty && isByDate && rule.frequency == .yearly ? [start.month] : rule.months
        monthDays = isByDate ? [start.day] : rule.monthDays
        let isByWeekday = !saysDay && rule.frequency == .weekly
        weekdays = isByWeekday ? [RecurrenceRule.Weekday(day: start.weekday)] : rule.weekdays
        firstWeek = start.daysSinceEpoch - RecurrencePeriods.distance(from: rule.weekStart, to: start.weekday)
    }

    /// Days from a weekday to the next day that is another, 0 to 6.
    private static func distance(from first: Int, to other: Int) -> Int { (other - first + 7) % 7 }

    /// The last period that begins on a day or before it, but at least the first.
    func index(of day: Int) -> Int {
        guard let date = LocalDate(daysSinceEpoch: day), date > start else { return 0 }
        let units =
            switch rule.frequency {
            case .yearly: date.year - start.year
            case .monthly: (date.year - start.year) * 12 + date.month - start.month
            case .weekly: (day - firstWeek) / 7
            case .daily: day - start.daysSinceEpoch
            }
        return units / rule.interval
    }

    /// The first day of a period; nil past the year 9999.
    func firstDay(of index: Int) -> Int? {
        let units = index * rule.interval
        let first: Int
        switch rule.frequency {
        case .yearly: first = civilDays(start.year + units, 1, 1)
        case .monthly:
            let months = start.month - 1 + units
            first = civilDays(start.year + months / 12, months % 12 + 1, 1)
        case .weekly: first = firstWeek + 7 * units
        case .daily: first = start.daysSinceEpoch + units
        }
        // A week may begin before the calendar does.
        return LocalDate(daysSinceEpoch: max(first, start.daysSinceEpoch)) == nil ? nil : first
    }

    /// The days of the period that begins on a day, in order.
    func days(from first: Int, _ budget: ExpansionBudget) throws(ExpansionBudget.Exhausted) -> [Int] {
        var days: [Int] = []
        switch rule.frequency {
        case .yearly:
            guard let year = LocalDate(daysSinceEpoch: first)?.year else { return [] }
            let shape = YearShape(year, weekStart: rule.weekStart)
            for month in months.isEmpty ? Array(1...12) : months {
                try add(month, of: shape, to: &days, budget)
            }
        case .monthly:
            guard let date = LocalDate(daysSinceEpoch: first), allows(month: date.month) else { return [] }
            try add(date.month, of: YearShape(date.year, weekStart: rule.weekStart), to: &days, budget)
        case .weekly:
            let offsets = Set(weekdays.map { RecurrencePeriods.distance(from: rule.weekStart, to: $0.day) })
            for offset in offsets.sorted() {
                try budget.spend()
                guard let date = LocalDate(daysSinceEpoch: first + offset), allows(month: date.month) else { continue }
                days.append(first + offset)
            }
        case .daily:
            guard let date = LocalDate(daysSinceEpoch: first), allows(month: date.month) else { return [] }
            let length = LocalDate.length(ofMonth: date.month, year: date.year)
            guard monthDays.isEmpty || monthDays.contains(date.day) || monthDays.contains(date.day - length - 1),
                weekdays.isEmpty || weekdays.contains(where: { $0.day == date.weekday })
            else { return [] }
            days.append(first)
        }
        return days
    }

    private func allows(month: Int) -> Bool { months.isEmpty || months.contains(month) }

    private func add(
        _ month: Int, of year: YearShape, to days: inout [Int], _ budget: ExpansionBudget
    ) throws(ExpansionBudget.Exhausted) {
        let length = LocalDate.length(ofMonth: month, year: year.number)
        let candidates =
            monthDays.isEmpty
            ? Array(1...length)
            : Set(monthDays.map { $0 > 0 ? $0 : length + 1 + $0 }).filter { (1...length).contains($0) }.sorted()
        let before = civilDays(year.number, month, 1) - 1
        for day in candidates {
            try budget.spend()
            if matches(before + day, day: day, length: length, year) { days.append(before + day) }
        }
    }

    private func matches(_ number: Int, day: Int, length: Int, _ year: YearShape) -> Bool {
        let dayOfYear = number - year.first + 1
        if !rule.yearDays.isEmpty, !rule.yearDays.contains(dayOfYear),
            !rule.yearDays.contains(dayOfYear - year.length - 1)
        {
            return false
        }
        if !rule.weekNumbers.isEmpty {
            let week = year.week(of: number)
            guard rule.weekNumbers.contains(week.number) || rule.weekNumbers.contains(week.fromEnd) else {
                return false
            }
        }
        guard !weekdays.isEmpty else { return true }
        let isOfMonth = rule.frequency == .monthly || !months.isEmpty
        let (place, places) = isOfMonth ? (day, length) : (dayOfYear, year.length)
        let weekday = LocalDate.weekday(daysSinceEpoch: number)
        return weekdays.contains {
            guard $0.day == weekday, let ordinal = $0.ordinal else { return $0.day == weekday }
            return ordinal == (place - 1) / 7 + 1 || ordinal + (places - place) / 7 + 1 == 0
        }
    }
}

/// A year and its weeks, of which the first is the one with at least four of its days (RFC 5545 §3.3.10, BYWEEKNO).
private struct YearShape {
    let number: Int
    let first: Int
    let length: Int
    private let weekOnes: (before: Int, own: Int, after: Int)

    init(_ number: Int, weekStart: Int) {
        func weekOne(_ year: Int) -> Int {
            let fourth = civilDays(year, 1, 4)
            return fourth - (LocalDate.weekday(daysSinceEpoch: fourth) - weekStart + 7) % 7
        }
        self.number = number
        first = civilDays(number, 1, 1)
        length = civilDays(number + 1, 1, 1) - first
        weekOnes = (weekOne(number - 1), weekOne(number), weekOne(number + 1))
    }

    /// The number of a day's week, counted from 1, and from −1 backwards, in the year that the week belongs to.
    func week(of day: Int) -> (number: Int, fromEnd: Int) {
        let weeks =
            switch day {
            case ..<weekOnes.own: (weekOnes.before, (weekOnes.own - weekOnes.before) / 7)
            case weekOnes.after...: (weekOnes.after, 53)
            default: (weekOnes.own, (weekOnes.after - weekOnes.own) / 7)
            }
        let number = (day - weeks.0) / 7 + 1
        return (number, number - weeks.1 - 1)
    }
}
