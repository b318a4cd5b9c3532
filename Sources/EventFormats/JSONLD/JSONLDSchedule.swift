import EventModel

/// What a schema.org `Schedule` says as a recurrence rule of RFC 5545; nil where the rule cannot say it.
struct JSONLDSchedule {
    private(set) var start: Moment?
    private(set) var end: Moment?
    private(set) var timeZone: String?
    private(set) var rule: String
    private(set) var exceptions: [Moment] = []

    /// Reads a schedule; `eventStart` is the event's own start, which counts before the schedule's.
    init?(_ node: JSONNode, eventStart: Moment?) {
        guard node.kind == .object else { return nil }
        let schedule = JSONLDObject(node, ScheduleTerm.table)
        guard let frequency = JSONLDSchedule.frequency(schedule[.repeatFrequency]) else { return nil }
        let zone = schedule[.scheduleTimezone]?.text
        timeZone = zone
        start = eventStart ?? JSONLDSchedule.moment(schedule[.startDate], schedule[.startTime])
        guard let start else { return nil }
        end = JSONLDSchedule.end(schedule, start: start)
        var parts = [frequency]
        for (term, key) in [(ScheduleTerm.byMonth, "BYMONTH"), (.byMonthDay, "BYMONTHDAY")] {
            guard let node = schedule[term] else { continue }
            let numbers = node.elementsOrSelf.map(JSONLDSchedule.number)
            guard !numbers.contains(nil) else { return nil }
            parts.append("\(key)=\(numbers.compactMap { $0.map(String.init) }.joined(separator: ","))")
        }
        guard let days = JSONLDSchedule.days(schedule) else { return nil }
        if !days.isEmpty { parts.append("BYDAY=\(days.joined(separator: ","))") }
        if let count = schedule[.repeatCount] {
            guard let number = JSONLDSchedule.number(count), number > 0 else { return nil }
            parts.append("COUNT=\(number)")
        } else if let last = schedule[.endDate] {
            guard let until = JSONLDSchedule.until(last, start: start, zone: zone) else { return nil }
            parts.append("UNTIL=\(until)")
        }
        rule = parts.joined(separator: ";")
        for node in schedule[.exceptDate]?.elementsOrSelf.map({ $0 }) ?? [] {
            guard let except = JSONLDSchedule.read(node) else { return nil }
            exceptions.append(JSONLDSchedule.at(except.date, sameClockAs: except.time == nil ? start : except))
        }
    }

    private static func read(_ node: JSONNode?) -> Moment? {
        guard let node else { return nil }
        return node.withText { text -> Moment? in
            do {
                let time = try JSONTime(text)
                return time.precision == .day || time.precision == .minute ? time.moment : nil
            } catch {
                // ignoring: a schedule that cannot be read stays what it is, raw JSON.
                return nil
            }
        } ?? nil
    }

    private static func number(_ node: JSONNode) -> Int? {
        node.integer ?? node.text.flatMap { Int(written: $0, in: -999_999...999_999) }
    }

    private static func clock(_ node: JSONNode?, on date: LocalDate) -> Moment? {
        if let whole = read(node), whole.time != nil { return at(date, sameClockAs: whole) }
        return node?.withText { text -> Moment? in
            var scan = DigitScanner(text)
            var isUTC = false
            guard let time = scan.clock(on: date), let offset = scan.offset(isUTC: &isUTC), scan.isAtEnd else {
                return nil
            }
            return .time(time, offset: offset.value)
        } ?? nil
    }

    private static func at(_ date: LocalDate, sameClockAs moment: Moment) -> Moment {
        guard case .time(let time, let offset) = moment,
            let clock = LocalDateTime(date: date, hour: time.hour, minute: time.minute, second: time.second)
        else { return .date(date) }
        return .time(clock, offset: offset)
    }

    private static func moment(_ date: JSONNode?, _ time: JSONNode?) -> Moment? {
        guard let first = read(date) else { return nil }
        guard let time else { return first }
        return clock(time, on: first.date)
    }

    private static func end(_ schedule: JSONLDObject<ScheduleTerm>, start: Moment) -> Moment? {
        if let duration = schedule[.duration]?.text.flatMap(JSONLDDuration.init) { return duration.end(after: start) }
        guard let begin = start.time, case .time(let end, let offset)? = clock(schedule[.endTime], on: start.date)
        else {
            return nil
        }
        if end > begin { return .time(end, offset: offset ?? start.offset) }
        // It ends after midnight.
        return LocalDateTime(secondsSinceEpoch: end.secondsSinceEpoch + 86_400)
            .map { .time($0, offset: offset ?? start.offset) }
    }

    private static func frequency(_ node: JSONNode?) -> String? {
        guard let text = node?.text else { return nil }
        switch text.lowercased() {
        case "daily": return "FREQ=DAILY"
        case "weekly": return "FREQ=WEEKLY"
        case "monthly": return "FREQ=MONTHLY"
        case "yearly", "annually": return "FREQ=YEARLY"
        default: break
        }
        guard let period = JSONLDDuration(text), period.seconds == 0 else { return nil }
        func rule(_ name: String, _ interval: Int) -> String {
            interval == 1 ? "FREQ=\(name)" : "FREQ=\(name);INTERVAL=\(interval)"
        }
        switch (period.years, period.months, period.days) {
        case (0, 0, 1...):
            return text.hasSuffix("W") ? rule("WEEKLY", period.days / 7) : rule("DAILY", period.days)
        case (0, 1..., 0): return rule("MONTHLY", period.months)
        case (1..., 0, 0): return rule("YEARLY", period.years)
        default: return nil
        }
    }

    private static let dayCodes = [
        "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR", "saturday": "SA",
        "sunday": "SU",
    ]

    /// The days, with the week of the month where one is given; nil where they are not understood.
    private static func days(_ schedule: JSONLDObject<ScheduleTerm>) -> [String]? {
        var days: [String] = []
        for node in schedule[.byDay]?.elementsOrSelf.map({ $0 }) ?? [] {
            guard let name = SchemaName.short(node) else { return nil }
            if let code = dayCodes[name.lowercased()] {
                days.append(code)
            } else if dayCodes.values.contains(String(name.suffix(2))), name.utf8.count <= 4 {
                guard name.utf8.count == 2 || Int(written: name.dropLast(2), in: -53...53) != nil else { return nil }
                days.append(name)
            } else {
                return nil
            }
        }
        guard let weeks = schedule[.byMonthWeek] else { return days }
        var numbered: [String] = []
        for node in weeks.elementsOrSelf {
            guard let week = number(node), week != 0, (-5...5).contains(week), !days.isEmpty else { return nil }
            numbered += days.map { "\(week)\($0)" }
        }
        return numbered
    }

    /// The last start: a day where the event has days, else the exact time, in UTC where the zone or offset is known.
    private static func until(_ node: JSONNode, start: Moment, zone: String?) -> String? {
        guard let last = read(node) else { return nil }
        guard case .time(_, let offset) = start else { return basic(last.date) }
        guard case .time(let local, _) = at(last.date, sameClockAs: last.time == nil ? start : last) else { return nil }
        let instant: Instant?
        if let offset = last.offset ?? offset {
            instant = Instant(local, offset: offset)
        } else if let zone {
            guard let known = ZoneDatabase.system.instant(of: local, in: zone) else { return nil }
            instant = known
        } else {
            instant = nil
        }
        guard let instant else { return "\(basic(local.date))T\(clockDigits(local))" }
        guard let utc = LocalDateTime(secondsSinceEpoch: instant.seconds) else { return nil }
        return "\(basic(utc.date))T\(clockDigits(utc))Z"
    }

    private static func basic(_ date: LocalDate) -> String {
        String(date.description.filter { $0 != "-" })
    }

    private static func clockDigits(_ time: LocalDateTime) -> String {
        String(time.description.suffix(8).filter { $0 != ":" })
    }
}
