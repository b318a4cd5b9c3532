/// What a rule that can be read may still not say.
extension RecurrenceRule {
    func checkDensity() throws(RecurrenceFault) {
        let times = max(1, hours.count) * max(1, minutes.count) * max(1, seconds.count)
        guard times <= RecurrenceRule.timesPerDayMax else {
            throw .tooDense("it gives \(times) times a day, \(RecurrenceRule.timesPerDayMax) are the most")
        }
    }

    /// The parts that do not go together (the table and the notes of RFC 5545 §3.3.10).
    func checkParts() throws(RecurrenceFault) {
        let name = frequency.rawValue
        if !weekNumbers.isEmpty {
            guard frequency == .yearly else { throw .invalid("BYWEEKNO goes with FREQ=YEARLY alone") }
            guard !weekdays.isEmpty else {
                throw .refused("BYWEEKNO without BYDAY does not say which day of the week is meant; add BYDAY")
            }
        }
        if !yearDays.isEmpty, frequency != .yearly { throw .invalid("BYYEARDAY does not go with FREQ=\(name)") }
        if !monthDays.isEmpty, frequency == .weekly { throw .invalid("BYMONTHDAY does not go with FREQ=WEEKLY") }
        if weekdays.contains(where: { $0.ordinal != nil }) {
            guard frequency == .monthly || frequency == .yearly else {
                throw .invalid("numbers in BYDAY do not go with FREQ=\(name)")
            }
            guard weekNumbers.isEmpty else { throw .invalid("numbers in BYDAY do not go with BYWEEKNO") }
        }
    }

    /// Refuses days that no month of the rule has.
    func checkPossibility() throws(RecurrenceFault) {
        guard let shortest = monthDays.map(\.magnitude).min() else { return }
        let longest = months.map { [2: 29, 4: 30, 6: 30, 9: 30, 11: 30][$0] ?? 31 }.max() ?? 31
        guard shortest <= longest else { throw .invalid("none of its months has day \(shortest)") }
    }
}
