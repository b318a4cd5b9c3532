import EventModel

/// When an occurrence is, as an object says it.
struct JSONLDWhen {
    var when = When()
    var previousStarts: [Moment] = []
    var leftovers: [JSONLDLeftover] = []
    var noted: [(FieldPath.Field, Range<Int>)] = []

    init(_ object: JSONLDObject<EventTerm>, _ findings: JSONLDFindings, occurrence: Int) {
        func path(_ field: FieldPath.Field) -> FieldPath { FieldPath(field, occurrence: occurrence) }
        var times: [JSONTime] = []
        if let node = object[.startDate], let time = findings.time(node, path(.start)) {
            when.start = time.moment
            when.precision = time.precision
            times.append(time)
            noted.append((.start, node.bytes))
        }
        if let node = object[.endDate], let time = findings.time(node, path(.end)) {
            when.end = time.lastDay
            times.append(time)
            noted.append((.end, node.bytes))
        }
        if let duration = object[.duration] {
            if when.end == nil, let start = when.start {
                when.end = duration.text.flatMap(JSONLDDuration.init)?.end(after: start)
                noted.append((.end, duration.bytes))
            }
            if when.end == nil, object[.endDate] == nil, duration.text.flatMap(JSONLDDuration.init) == nil {
                findings.add(
                    .valueLeftOut, path(.end), at: duration.bytes,
                    "duration \(findings.excerpt(duration)) is no length of time and is left out; write, say, PT2H or P1D"
                )
            }
            leave("duration", duration)
        }
        if let previous = object[.previousStartDate] {
            noted.append((.previousStarts, previous.bytes))
            for node in previous.elementsOrSelf {
                guard let time = findings.time(node, path(.previousStarts)) else { continue }
                previousStarts.append(time.moment)
                times.append(time)
            }
        }
        readTerms(object, findings, path)
        let clocks = times.filter { $0.moment.time != nil }
        if when.timeZone == nil, !clocks.isEmpty, clocks.allSatisfy(\.isUTC) { standOnUTC() }
        if let schedule = object[.eventSchedule] {
            leave("eventSchedule", schedule)
            read(schedule, isPlain: object[.recurrenceRule] == nil, findings, path(.recurrenceRule))
        }
        if let node = object[.recurrenceRule], let rule = node.text {
            when.recurrenceRule = rule
            screen(rule, at: node.bytes, findings, path(.recurrenceRule))
        }
    }

    /// Times stated in UTC are times of that zone, as in iCalendar; the zone says their offset.
    private mutating func standOnUTC() {
        func plain(_ moment: Moment) -> Moment {
            guard case .time(let time, _) = moment else { return moment }
            return .time(time, offset: nil)
        }
        when.timeZone = "Etc/UTC"
        when.start = when.start.map(plain)
        when.end = when.end.map(plain)
        previousStarts = previousStarts.map(plain)
    }

    private func screen(_ rule: String, at range: Range<Int>, _ findings: JSONLDFindings, _ field: FieldPath) {
        do {
            _ = try RecurrenceRule(rule)
        } catch {
            switch error {
            case .invalid(let why):
                findings.add(.invalidRRule, field, at: range, "the recurrence rule cannot be read: \(why); correct it")
            case .refused(let why):
                findings.add(.invalidRRule, field, at: range, "the recurrence rule is refused: \(why)")
            case .tooDense(let why):
                findings.add(
                    .rruleUnboundedOrTooDense, field, at: range, "\(why); list the dates, or repeat daily at most")
            }
        }
    }

    private mutating func leave(_ name: String, _ value: JSONNode) {
        leftovers.append(JSONLDLeftover(path: name, content: value.compact))
    }

    private mutating func readTerms(
        _ object: JSONLDObject<EventTerm>, _ findings: JSONLDFindings, _ path: (FieldPath.Field) -> FieldPath
    ) {
        if let zone = object[.timeZone], let text = zone.text {
            when.timeZone = text
            noted.append((.timeZone, zone.bytes))
        }
        if let precision = findings.choice(object[.precision], Precision.self, path(.when)) {
            when.precision = precision
        }
        when.recurrenceDates = moments(object[.recurrenceDates], findings, path(.recurrenceDates))
        when.exceptionDates = moments(object[.exceptionDates], findings, path(.exceptionDates))
        if let rule = object[.recurrenceRule] { noted.append((.recurrenceRule, rule.bytes)) }
    }

    private func moments(_ node: JSONNode?, _ findings: JSONLDFindings, _ field: FieldPath) -> [Moment] {
        node?.elementsOrSelf.compactMap { findings.time($0, field)?.moment } ?? []
    }

    /// `isPlain` tells that the schedule stands for itself and not beside what it means in our own terms.
    private mutating func read(_ node: JSONNode, isPlain: Bool, _ findings: JSONLDFindings, _ field: FieldPath) {
        let stated = when.start
        if stated != nil, isPlain {
            findings.add(
                .scheduleWithStartDate, field, at: node.bytes,
                "both startDate and eventSchedule are given and startDate is taken as the first date; leave one out")
        }
        for schedule in node.elementsOrSelf {
            for date in schedule["exceptDate"]?.elementsOrSelf.map({ $0 }) ?? [] { _ = findings.time(date, field) }
        }
        var schedules = node.elementsOrSelf
        guard let first = schedules.next(), schedules.next() == nil,
            let schedule = JSONLDSchedule(first, eventStart: stated)
        else { return }
        if stated == nil {
            when.start = schedule.start
            when.precision = When(start: schedule.start).precision
            noted.append((.start, node.bytes))
        }
        if when.end == nil { when.end = schedule.end }
        if when.timeZone == nil { when.timeZone = schedule.timeZone }
        when.recurrenceRule = schedule.rule
        if isPlain { screen(schedule.rule, at: node.bytes, findings, field) }
        noted.append((.recurrenceRule, node.bytes))
        if when.exceptionDates.isEmpty { when.exceptionDates = schedule.exceptions }
    }
}
