import EventModel
import Reading

/// Single DATE and DATE-TIME values of a VEVENT, with their zones.
extension ICalendarEventReader {
    /// The moment a property states; nil where it states none, which has been reported.
    func moment(_ line: ContentLine, field: FieldPath.Field) -> ZonedMoment? {
        moment(line.value, of: line, field: field)
    }

    /// The moments of lists (RDATE, EXDATE), of periods the starts. Empty items say nothing.
    mutating func moments(_ lines: [ContentLine], field: FieldPath.Field) -> [ZonedMoment] {
        var found: [ZonedMoment] = []
        if let first = lines.first { note(field, first) }
        for line in lines { add(momentsOf: line, field: field, to: &found) }
        return found
    }

    private mutating func add(momentsOf line: ContentLine, field: FieldPath.Field, to found: inout [ZonedMoment]) {
        let isPeriod = line.parameter("VALUE")?.uppercased() == "PERIOD"
        for item in text.split(line.value, at: 0x2C) {
            let item = text.trimmed(item)
            guard !item.isEmpty else { continue }
            let slash = text.bytes[item].firstIndex(of: 0x2F)
            guard let stated = moment(item.lowerBound..<(slash ?? item.upperBound), of: line, field: field) else {
                continue
            }
            found.append(stated)
            if let slash { keepPeriod(slash + 1..<item.upperBound, of: line, start: stated, field: field) }
            if slash == nil, isPeriod {
                refuse(
                    .invalidDate, at: item, of: line, field: field,
                    "the period '\(text.string(item).quotable)' has no end", "write start/end or start/duration")
            }
        }
    }

    /// Keeps the end of a period, which only iCalendar has.
    private mutating func keepPeriod(
        _ range: Range<Int>, of line: ContentLine, start: ZonedMoment, field: FieldPath.Field
    ) {
        var end = text.string(range)
        if ICalendarValue.duration(text.bytes[range]) == nil {
            guard let stated = moment(range, of: line, field: field) else { return }
            end = withOffset(stated).description
        }
        draft.lines.append("X-TIDINGS-PERIOD:\(withOffset(start))/\(end)")
    }

    private func withOffset(_ stated: ZonedMoment) -> Moment {
        guard case .time(let time, nil) = stated.moment, let zone = stated.zone else { return stated.moment }
        return .time(time, offset: scene.zones.database.firstOffset(of: time, in: zone))
    }

    private func moment(_ range: Range<Int>, of line: ContentLine, field: FieldPath.Field) -> ZonedMoment? {
        do throws(ICalendarFault) {
            let value = try ICalendarValue.moment(text.bytes[range])
            switch value {
            case .date(let date): return ZonedMoment(moment: .date(date))
            case .time(let time, isUTC: true): return universal(time, range, line, field: field)
            case .time(let time, isUTC: false):
                if line.parameter("VALUE")?.uppercased() == "DATE" { return day(time, range, line, field: field) }
                guard let name = line.parameter("TZID"), !name.isEmpty else {
                    return ZonedMoment(moment: .time(time, offset: nil))
                }
                return local(time, in: name, range, line, field: field)
            }
        } catch {
            func value() -> String { text.string(range).quotable }
            let place = range.isEmpty ? line.range : range
            let isInstant = ["DTSTAMP", "LAST-MODIFIED"].contains(line.name)
            switch error {
            case .date:
                refuse(
                    .invalidDate, at: place, of: line, field: field,
                    "\(line.name) '\(value())' is no date of the calendar",
                    isInstant ? "write it as 20261128T183000Z" : "write it as 20261128")
            case .time:
                refuse(
                    .invalidTime, at: place, of: line, field: field,
                    "\(line.name) '\(value())' is no time that a clock shows",
                    "write it as 20261128T193000")
            }
            return nil
        }
    }

    /// Reports a date that cannot be read. Only that of the start rejects; what says on which dates a series takes place, or
    /// does not, is for a person; anything else is left out.
    private func refuse(
        _ code: DiagnosticCode, at range: Range<Int>, of line: ContentLine, field: FieldPath.Field,
        _ what: @autoclosure () -> String, _ remedy: String
    ) {
        switch line.name {
        case "DTSTART": scene.report(code, at: range, field: field, "\(what()); \(remedy)")
        case "RDATE", "EXDATE", "RECURRENCE-ID":
            scene.report(
                .unreadableException, at: range, field: field,
                "\(what()), so that it is not clear on which dates the event takes place; \(remedy)")
        case "DTEND":
            scene.report(.valueLeftOut, at: range, field: field, "\(what()), and the end is left out; \(remedy)")
        default: scene.report(.valueLeftOut, at: range, field: field, "\(what()) and is left out; \(remedy)")
        }
    }

    /// A time in UTC. Our own writer notes the offset of another clock beside it.
    private func universal(
        _ time: LocalDateTime, _ range: Range<Int>, _ line: ContentLine, field: FieldPath.Field
    ) -> ZonedMoment? {
        let instant = Instant(time, offset: .zero)
        if let offset = line.parameter("X-TIDINGS-OFFSET").flatMap({ ICalendarValue.offset(ArraySlice($0.utf8)) }),
            let local = instant.local(offset: offset)
        {
            return ZonedMoment(moment: .time(local, offset: offset), isPinned: true)
        }
        if let name = line.parameter("TZID"), let zone = scene.zones.database.utcOffset(at: instant, in: name),
            zone != .zero
        {
            refuse(
                .offsetDisagreesWithZone, at: range, of: line, field: field,
                "\(line.name) '\(text.string(range).quotable)' ends in Z, which is UTC, and its TZID is \(name.quotable)",
                "remove one of them")
            if line.name != "DTSTART" { return nil }
        }
        return ZonedMoment(moment: .time(time, offset: nil), zone: "Etc/UTC")
    }

    /// A time under VALUE=DATE: midnight is what some write for the day.
    private func day(
        _ time: LocalDateTime, _ range: Range<Int>, _ line: ContentLine, field: FieldPath.Field
    ) -> ZonedMoment? {
        guard time.hour == 0, time.minute == 0, time.second == 0 else {
            refuse(
                .invalidDate, at: range, of: line, field: field,
                "\(line.name) '\(text.string(range).quotable)' has a time, and VALUE=DATE says that it is a day",
                "remove the one or the other")
            return nil
        }
        return ZonedMoment(moment: .date(time.date))
    }

    private func local(
        _ time: LocalDateTime, in name: String, _ range: Range<Int>, _ line: ContentLine, field: FieldPath.Field
    ) -> ZonedMoment? {
        switch scene.zones.zone(name, at: time) {
        case .named(let zone):
            let offset = line.parameter("X-TIDINGS-OFFSET").flatMap { ICalendarValue.offset(ArraySlice($0.utf8)) }
            return ZonedMoment(moment: .time(time, offset: offset), zone: zone, isPinned: offset != nil)
        case .defined(let definition, let offset):
            return ZonedMoment(moment: .time(time, offset: offset), zone: nil, definition: definition)
        case .undefined:
            scene.report(
                .unknownTimezone, at: line.range, field: .timeZone, severity: .warning,
                "the zone '\(name.quotable)' is no name of the IANA database, and its VTIMEZONE gives no offset; name it"
            )
            return ZonedMoment(moment: .time(time, offset: nil), zone: name)
        case .unknown:
            refuse(
                .unknownTimezone, at: line.range, of: line, field: line.name == "DTSTART" ? .timeZone : field,
                "the zone '\(name.quotable)' of \(line.name) is no name of the IANA database, and the file does not define it",
                "write a name such as Europe/Zurich")
            guard line.name == "DTSTART" else { return nil }
            return ZonedMoment(moment: .time(time, offset: nil), zone: name)
        }
    }

    /// A moment on another clock: that of a zone, where both are known. A floating event has no clock to change to.
    func onClock(of zone: String?, _ stated: ZonedMoment) -> Moment {
        guard case .time(let time, let offset) = stated.moment, stated.zone != zone, !stated.isPinned else {
            return stated.moment
        }
        guard let zone else { return .time(time, offset: stated.zone == "Etc/UTC" ? .zero : offset) }
        let database = scene.zones.database
        let named = stated.zone.flatMap { database.instant(of: time, in: $0) }
        guard let instant = offset.map({ Instant(time, offset: $0) }) ?? named else { return stated.moment }
        let local = database.utcOffset(at: instant, in: zone).flatMap { instant.local(offset: $0) }
        return local.map { .time($0, offset: nil) } ?? stated.moment
    }
}
