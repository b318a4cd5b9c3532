import EventFormats
import EventModel

/// Clocks: zones that exist, times that they show, offsets that agree.
enum ZoneRules {
    static let all: [Rule] = [zones, clocks]

    private static let zones: Rule = { subject, findings in
        for (index, occurrence) in subject.update.occurrences.enumerated() {
            for zone in [occurrence.when.timeZone, occurrence.place?.timeZone].compactMap({ $0 })
            where !subject.zones.isKnown(zone) {
                findings.add(
                    .unknownTimezone, .timeZone, occurrence: index,
                    "'\(zone.inMessage)' is no time zone of the IANA database; write a name such as Europe/Zurich")
                break
            }
        }
    }

    private static let clocks: Rule = { subject, findings in
        for (index, occurrence) in subject.update.occurrences.enumerated() {
            let when = occurrence.when
            guard let zone = when.timeZone ?? occurrence.place?.timeZone else {
                checkUnzoned(occurrence, index, &findings)
                continue
            }
            check(when.start, .start, zone, index, subject.zones, &findings)
            check(when.end, .end, zone, index, subject.zones, &findings)
        }
    }

    private static func checkUnzoned(_ occurrence: Occurrence, _ index: Int, _ findings: inout Findings) {
        guard case .time(_, let offset)? = occurrence.when.start else { return }
        if offset == nil {
            findings.add(
                .missingTimezone, .start, occurrence: index,
                "the start has neither an offset nor a time zone, so that nobody elsewhere knows when it is; "
                    + "write it as 2026-11-28T19:30:00+01:00, or name the zone")
        } else if occurrence.when.recurrenceRule != nil {
            findings.add(
                .missingTimezone, .start, occurrence: index,
                "the event repeats and names no time zone, so that it shifts when clocks change; name the zone")
        }
    }

    private static func check(
        _ moment: Moment?, _ field: FieldPath.Field, _ zone: String, _ index: Int, _ zones: ZoneDatabase,
        _ findings: inout Findings
    ) {
        guard case .time(let time, let stated)? = moment, let known = zones.offsets(of: time, in: zone) else { return }
        switch known {
        case .gap:
            findings.add(
                .nonexistentLocalTime, field, occurrence: index,
                "the clocks of \(zone) skip \(time), when they are set forward; correct the time")
        case .one(let offset):
            guard let stated, stated != offset else { return }
            disagree(time, stated, zone, "\(offset)", field, index, &findings)
        case .overlap(let first, let second):
            guard let stated else {
                findings.add(
                    .ambiguousLocalTime, field, occurrence: index,
                    "the clocks of \(zone) show \(time) twice, when they are set back; add the offset, \(first) or \(second)"
                )
                return
            }
            guard stated != first, stated != second else { return }
            disagree(time, stated, zone, "\(first) or \(second)", field, index, &findings)
        }
    }

    private static func disagree(
        _ time: LocalDateTime, _ stated: UTCOffset, _ zone: String, _ offsets: String, _ field: FieldPath.Field,
        _ index: Int, _ findings: inout Findings
    ) {
        findings.add(
            .offsetDisagreesWithZone, field, occurrence: index,
            "\(time) is stated with the offset \(stated), and \(zone) has \(offsets) then; correct one of them")
    }
}
