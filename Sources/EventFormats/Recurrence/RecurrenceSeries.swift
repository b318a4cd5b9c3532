import EventModel

/// The starts that a rule gives from a first one on, on the clock of the event.
struct RecurrenceSeries {
    private let rule: RecurrenceRule
    private let periods: RecurrencePeriods
    /// The first start, in seconds since 1970-01-01T00:00:00.
    private let start: Int
    /// The last second at which one may begin.
    private let until: Int
    /// The times of day, in seconds after midnight.
    private let clock: [Int]

    /// - Parameters:
    ///   - rule: The rule.
    ///   - start: The first start.
    ///   - until: The rule's UNTIL on the clock of `start`.
    init(_ rule: RecurrenceRule, from start: Moment, until: Int?) {
        self.rule = rule
        self.start = start.secondsSinceEpoch
        self.until = until ?? .max
        periods = RecurrencePeriods(rule, start: start.date)
        guard let time = start.time else {
            // Times of day mean nothing to a series of days (RFC 5545 §3.3.10).
            clock = [0]
            return
        }
        func parts(_ stated: [Int], _ own: Int) -> [Int] { stated.isEmpty ? [own] : stated }
        clock = parts(rule.hours, time.hour).flatMap { hour in
            parts(rule.minutes, time.minute).flatMap { minute in
                parts(rule.seconds, time.second).map { hour * 3600 + minute * 60 + $0 }
            }
        }
    }

    /// Calls `body` with each start from one day through another, in order, until it answers false.
    func forEach(
        from first: Int, through last: Int, _ budget: ExpansionBudget, _ body: (Int) -> Bool
    ) throws(ExpansionBudget.Exhausted) {
        var index = rule.count == nil ? periods.index(of: first) : 0
        var left = rule.count ?? .max
        let until = min(until, (last + 1) * 86_400 - 1)
        while let begin = periods.firstDay(of: index), begin * 86_400 <= until {
            try budget.spend()
            for second in try starts(of: begin, budget) where second >= start {
                guard second <= until else { return }
                try budget.spend()
                if second >= first * 86_400, !body(second) { return }
                left -= 1
                if left == 0 { return }
            }
            index += 1
        }
    }

    /// The starts of one period, those that BYSETPOS names.
    private func starts(of begin: Int, _ budget: ExpansionBudget) throws(ExpansionBudget.Exhausted) -> [Int] {
        let all = try periods.days(from: begin, budget).flatMap { day in clock.map { day * 86_400 + $0 } }
        guard !rule.positions.isEmpty else { return all }
        try budget.spend(rule.positions.count)
        try budget.spend(all.count)
        let places = Set(rule.positions.map { $0 > 0 ? $0 - 1 : all.count + $0 })
        return places.filter(all.indices.contains).sorted().map { all[$0] }
    }
}

extension Moment {
    /// Seconds since 1970-01-01T00:00:00 on the same clock; of a day, its beginning.
    var secondsSinceEpoch: Int { time?.secondsSinceEpoch ?? date.daysSinceEpoch * 86_400 }
}
