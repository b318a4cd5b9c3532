public import EventModel
import Reading

/// Works out the dates of repeating events, each event and each file within its budget.
struct RecurrenceWork {
    private let limits: ReadingLimits
    private let budget: ExpansionBudget
    private let zones: ZoneDatabase
    /// The days within which dates are kept.
    private let window: ClosedRange<Int>

    /// Days before the receipt for which dates are kept.
    private static let daysBehind = 366

    init(_ limits: ReadingLimits, receivedAt: Instant, zones: ZoneDatabase) {
        self.limits = limits
        self.zones = zones
        budget = ExpansionBudget(limits)
        let today = receivedAt.seconds.floorDivided(by: 86_400)
        window = today - RecurrenceWork.daysBehind...today + max(0, limits.recurrenceDays)
    }

    /// Works out the dates of an event. Gives the occurrences that would cost more than they may, counted from 0.
    func expand(_ event: inout EventContent) -> [(occurrence: Int, fault: ExpansionBudget.Exhausted)] {
        let repeated = event.occurrences.indices.filter { event.occurrences[$0].when.isRepeated }
        guard !repeated.isEmpty else { return [] }
        budget.beginEvent()
        let limit = max(1, limits.occurrences / repeated.count)
        var refused: [(Int, ExpansionBudget.Exhausted)] = []
        for index in repeated {
            do throws(ExpansionBudget.Exhausted) {
                event.occurrences[index].when.recurrenceSet = try set(event.occurrences[index].when, limit: limit)
            } catch {
                event.occurrences[index].when.recurrenceSet = nil
                refused.append((index, error))
            }
        }
        return refused
    }

    private func set(_ when: When, limit: Int) throws(ExpansionBudget.Exhausted) -> RecurrenceSet? {
        guard let first = when.start ?? when.recurrenceDates.first else { return nil }
        let isDate = first.time == nil
        let timeOfDay = first.secondsSinceEpoch - first.date.daysSinceEpoch * 86_400
        // A day among times is that day at the same time; a time among days is its day.
        func onClock(_ moment: Moment) -> Int {
            isDate || moment.time == nil ? moment.date.daysSinceEpoch * 86_400 + timeOfDay : moment.secondsSinceEpoch
        }
        let exceptedDays = Set(when.exceptionDates.filter { isDate || $0.time == nil }.map(\.date.daysSinceEpoch))
        let exceptedTimes = Set(when.exceptionDates.map(\.secondsSinceEpoch))
        func isExcepted(_ seconds: Int) -> Bool {
            exceptedDays.contains(seconds.floorDivided(by: 86_400)) || !isDate && exceptedTimes.contains(seconds)
        }
        let days = window.lowerBound...max(window.upperBound, first.date.daysSinceEpoch + limits.recurrenceDays)
        var starts = Set(when.recurrenceDates.map(onClock).filter { days.contains($0.floorDivided(by: 86_400)) })
        // The first stays, however long ago it was: it tells what repeats.
        starts.insert(onClock(first))
        starts = Set(starts.filter { !isExcepted($0) }.sorted().prefix(limit))
        if let start = when.start, let text = when.recurrenceRule,
            // ignoring: the reader has said what is wrong with a rule that cannot be read
            let rule = try? RecurrenceRule(text)
        {
            let series = RecurrenceSeries(rule, from: start, until: when.lastStart(rule, zones: zones))
            try series.forEach(from: days.lowerBound, through: days.upperBound, budget) { seconds in
                if !isExcepted(seconds) { starts.insert(seconds) }
                return starts.count < limit
            }
        }
        return RecurrenceSet(starts, isDate: isDate)
    }
}

extension When {
    /// The UNTIL of its rule in seconds on the clock of its start; a day counts whole.
    func lastStart(_ rule: RecurrenceRule, zones: ZoneDatabase) -> Int? {
        switch rule.until {
        case nil: return nil
        case .date(let date)?: return date.daysSinceEpoch * 86_400 + 86_399
        case .time(let time, let isUTC)?:
            var local = time
            if isUTC, let offset = offset(of: Instant(time, offset: .zero), zones: zones),
                let shifted = Instant(time, offset: .zero).local(offset: offset)
            {
                local = shifted
            }
            return start?.time == nil ? local.date.daysSinceEpoch * 86_400 : local.secondsSinceEpoch
        }
    }
}

extension Decoded {
    /// Works out the dates of all events that repeat. What would cost more than it may is refused.
    mutating func workOutRecurrences(_ bytes: [UInt8], _ context: ReadingContext, zones: ZoneDatabase = .system) {
        guard updates.contains(where: { $0.update.occurrences.contains(where: \.when.isRepeated) }) else { return }
        let work = RecurrenceWork(context.limits, receivedAt: context.receivedAt, zones: zones)
        var findings = ReadingFindings(
            in: bytes, format: format ?? .text, limit: context.limits.diagnostics, after: diagnostics)
        for number in updates.indices {
            for (occurrence, fault) in work.expand(&updates[number].update.content) {
                let field = FieldPath(.recurrenceRule, occurrence: occurrence)
                findings.report(
                    .rruleUnboundedOrTooDense, at: updates[number].positions.bytes(of: field), field: field,
                    update: number,
                    fault.isOfFile
                        ? "the recurrence rules of the file take more than \(fault.steps) steps to work out; split the file"
                        : "the recurrence rule takes more than \(fault.steps) steps to work out; let it begin later or "
                            + "repeat less often, or list the dates")
            }
        }
        diagnostics = findings.diagnostics
    }
}

extension EventContent {
    /// Works out the dates that are missing: of events that were kept before dates were kept with them. One that would cost
    /// more than it may is left with its start alone.
    /// - Parameter receivedAt: From when on they are looked for.
    public mutating func completeRecurrenceSets(receivedAt: Instant) {
        guard occurrences.contains(where: { $0.when.isRepeated && $0.when.recurrenceSet == nil }) else { return }
        _ = RecurrenceWork(ReadingLimits(), receivedAt: receivedAt, zones: .system)
            .expand(&self)
    }
}
