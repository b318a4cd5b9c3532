import EventModel
import Reading

/// A moment and the zone its clock is in.
struct ZonedMoment {
    var moment: Moment
    /// An IANA name, or one that nobody explains; nil for a day, a floating time, and one with its own offset.
    var zone: String?
    /// The zone that only this calendar defines.
    var definition: ZoneDefinition?
    /// Whether our own writer noted the offset: it stays, whatever clock the others are on.
    var isPinned = false
}

/// The times of a VEVENT.
extension ICalendarEventReader {
    /// Reads DTSTART, DTEND, DURATION, RRULE, RDATE and EXDATE, all put on one clock: that of the start.
    mutating func readTimes() {
        var start = single["DTSTART"].flatMap { moment($0, field: .start) }
        var end = single["DTEND"].flatMap { moment($0, field: .end) }
        let further = moments(recurrenceDates, field: .recurrenceDates)
        let excepted = moments(exceptionDates, field: .exceptionDates)
        readRule()
        let isRepeated = draft.occurrence.when.recurrenceRule != nil
        if isRepeated, let definition = start?.definition, let time = start?.moment.time,
            let likeness = scene.zones.likeness(of: definition, from: time)
        {
            start = ZonedMoment(moment: .time(time, offset: nil), zone: likeness)
            draft.evidence.append((.timeZone, "zones.same-times"))
            if let line = single["DTSTART"] {
                scene.report(
                    .unknownTimezone, at: line.range, field: .timeZone, severity: .warning,
                    "the zone is no name of the IANA database; it keeps the times of \(likeness), which is used. Name it"
                )
            }
        }
        let zone: String? =
            if let clock = start ?? end { clock.zone } else { (further + excepted).lazy.compactMap(\.zone).first }
        func unify(_ stated: ZonedMoment) -> Moment { onClock(of: zone, stated) }
        if single["DTEND"] == nil, let line = single["DURATION"], let start { end = self.end(of: start, line) }
        if single["DTEND"] != nil, let line = single["DURATION"] {
            scene.report(
                .dtendAndDuration, at: line.value, field: .end,
                "DURATION '\(text.string(line.value).quotable)' stands beside a DTEND, which counts; remove one of them"
            )
        }
        if hasTwoEnds { end = nil }
        draft.occurrence.when.start = start.map(unify)
        draft.occurrence.when.end = end.map(unify).map { inclusive($0) }
        draft.occurrence.when.timeZone = zone
        draft.occurrence.when.recurrenceDates = further.map(unify)
        draft.occurrence.when.exceptionDates = excepted.map(unify)
        draft.occurrence.when.precision = draft.occurrence.when.start?.time == nil ? .day : .minute
        if start != nil || end != nil || !further.isEmpty || isRepeated { draft.hasOccurrence = true }
        readReplacedDate(zone: zone)
    }

    /// The end of an event that starts on a day is the day before DTEND (RFC 5545 §3.6.1); one that ends on its first
    /// day, as many write it, takes that day.
    private func inclusive(_ end: Moment) -> Moment {
        guard case .date(let date) = end, single["DTEND"] != nil, draft.occurrence.when.start != .date(date) else {
            return end
        }
        return date.adding(days: -1).map { .date($0) } ?? end
    }

    /// The end that DURATION gives. Days are those of the calendar, seconds are exact (RFC 5545 §3.3.6).
    private func end(of start: ZonedMoment, _ line: ContentLine) -> ZonedMoment? {
        guard let duration = ICalendarValue.duration(text.bytes[line.value]) else {
            scene.report(
                .valueLeftOut, at: line.value.isEmpty ? line.range : line.value, field: .end,
                "DURATION '\(text.string(line.value).quotable)' is no length of time, and the end is left out; write, say, "
                    + "PT2H or P1D")
            return nil
        }
        var end = start
        switch start.moment {
        case .date(let date):
            guard duration.seconds % 86_400 == 0 else {
                scene.report(
                    .mixedDateAndDatetime, at: line.value, field: .end,
                    "the start is a day and DURATION '\(text.string(line.value).quotable)' counts hours: the end is left out; "
                        + "give the start a time, or whole days")
                return nil
            }
            let days = duration.days + duration.seconds / 86_400
            end.moment = date.adding(days: days > 0 ? days - 1 : days).map { .date($0) } ?? start.moment
        case .time(let time, let offset):
            let later = LocalDateTime(secondsSinceEpoch: time.secondsSinceEpoch + duration.days * 86_400)
            guard let later,
                let reading = later.adding(exactly: duration.seconds, zone: start.zone, scene.zones.database)
            else {
                scene.report(
                    .valueLeftOut, at: line.value, field: .end,
                    "DURATION '\(text.string(line.value).quotable)' reaches past the year 9999, and the end is left out; "
                        + "correct it")
                return nil
            }
            end.moment = .time(reading, offset: offset)
        }
        return end
    }

    private mutating func readRule() {
        guard let line = single["RRULE"], !line.value.isEmpty else { return }
        let text = self.text.string(line.value)
        do throws(RecurrenceFault) {
            draft.occurrence.when.recurrenceRule = try RecurrenceRule(text).text
        } catch {
            switch error {
            case .invalid(let reason):
                scene.report(
                    .invalidRRule, at: line.value, field: .recurrenceRule,
                    "the recurrence rule cannot be read: \(reason); correct it")
            case .refused(let reason):
                scene.report(
                    .invalidRRule, at: line.value, field: .recurrenceRule, "the recurrence rule is refused: \(reason)")
            case .tooDense(let reason):
                scene.report(
                    .rruleUnboundedOrTooDense, at: line.value, field: .recurrenceRule,
                    "the recurrence rule is refused: \(reason); list the dates, or repeat daily or less often")
            }
        }
    }

    /// The name of the replaced date: its own text on the clock of the event, in UTC where the clocks differ.
    private mutating func readReplacedDate(zone: String?) {
        guard let line = single["RECURRENCE-ID"] else { return }
        draft.isReplacement = true
        draft.hasOccurrence = true
        guard let stated = moment(line, field: .occurrences) else {
            // It is not the event itself, whichever date it is of; a person decides.
            draft.occurrenceID = text.string(line.value).quotable
            return
        }
        switch stated.moment {
        case .date(let date): draft.occurrenceID = ICalendarText.basic(date)
        case .time(let time, let offset):
            var name = ICalendarText.basic(time)
            if stated.zone == "Etc/UTC" {
                name += "Z"
            } else if let own = offset ?? stated.zone.flatMap({ scene.zones.database.firstOffset(of: time, in: $0) }),
                stated.zone == nil || stated.zone != zone, let utc = Instant(time, offset: own).local(offset: .zero)
            {
                name = ICalendarText.basic(utc) + "Z"
            }
            draft.occurrenceID = name
        }
        if let range = line.parameter("RANGE") { draft.lines.append("X-TIDINGS-RANGE:\(ICalendarText.escaped(range))") }
    }

    /// A UTC instant (DTSTAMP and its like). A time without Z is taken as UTC, which is what the standard asks for.
    func instant(_ line: ContentLine, field: FieldPath.Field) -> Instant? {
        guard let stated = moment(line, field: field), let time = stated.moment.time else { return nil }
        if let offset = stated.moment.offset { return Instant(time, offset: offset) }
        if let zone = stated.zone { return scene.zones.database.instant(of: time, in: zone) }
        return Instant(time, offset: .zero)
    }
}

extension LocalDateTime {
    /// The reading of the same clock exact seconds later.
    fileprivate func adding(exactly seconds: Int, zone: String?, _ zones: ZoneDatabase) -> LocalDateTime? {
        guard let zone, seconds != 0, let start = zones.instant(of: self, in: zone) else {
            return LocalDateTime(secondsSinceEpoch: secondsSinceEpoch + seconds)
        }
        let end = start.adding(.seconds(seconds))
        return zones.utcOffset(at: end, in: zone).flatMap { end.local(offset: $0) }
    }
}

extension ZoneDatabase {
    /// The offset that a reading stands for, the first of two; nil in a gap and for a zone that is not known.
    func firstOffset(of local: LocalDateTime, in zone: String) -> UTCOffset? {
        switch offsets(of: local, in: zone) {
        case .one(let offset), .overlap(let offset, _): offset
        case .gap, nil: nil
        }
    }
}
