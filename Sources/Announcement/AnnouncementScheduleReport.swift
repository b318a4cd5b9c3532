import EventModel

/// What a person is told about when the event takes place.
extension AnnouncementSchedule {
    func report(into findings: inout AnnouncementFindings) {
        for date in impossible.prefix(8) {
            findings.report(
                .invalidDate, field: "occurrences[0].when.start",
                at: announcement.position(announcement.bytes(date.date.tokens)),
                "\"\(announcement.text(date.date.tokens))\" is no date of the calendar; correct the day or the month")
        }
        if let days, let year, let day = mismatched.first {
            let date = day.date(inYear: year.year)?.description ?? "it"
            findings.report(
                .weekdayDateMismatch, field: "occurrences[0].when.start", at: announcement.position(days.bytes[0]),
                "\"\(announcement.text(days.chosen.date.tokens))\": \(date) is another day of the week; correct the day, the date or the year"
            )
        }
        guard let days else {
            if impossible.isEmpty, ![.cancelled, .postponed].contains(status.status) {
                findings.report(
                    .missingStart, field: "occurrences[0].when.start",
                    "the text does not say when the event takes place in a form that is read; write the date with the month as a word, for example \"on 5 March 2027\""
                )
            }
            return
        }
        reportYear(days, &findings)
        reportCount(days, &findings)
    }

    private func reportYear(_ days: AnnouncementDays, _ findings: inout AnnouncementFindings) {
        if announcement.headers.year != nil, announcement.headers.yearValue == nil,
            let field = announcement.headers.year
        {
            findings.report(
                .invalidDate, field: "occurrences[0].when.start", at: announcement.position(field.bytes),
                "\"Year: \(field.text)\" is no year; write four digits")
        }
        guard let year, year.basis != .stated else { return }
        findings.report(
            year.isFromReceipt ? .yearFromReceipt : .yearInferred, field: "occurrences[0].when.start",
            at: announcement.position(days.bytes[0]),
            "\"\(announcement.text(days.chosen.date.tokens))\" states no year; \(year.year) was taken because \(year.reason); a line \"Year: \(year.year)\" at the top of the text settles it"
        )
    }

    /// "Two consecutive days" must agree with the days that are listed.
    private func reportCount(_ days: AnnouncementDays, _ findings: inout AnnouncementFindings) {
        guard days.days.count > 1, let first = resolved.first, let last = resolved.last,
            AnnouncementWhen(days: resolved, isRange: days.isRange, precision: .day, time: nil).isConsecutive
        else { return }
        let range = announcement.segments[days.chosen.segment].tokens
        for index in range where tokens[index].has(.dayNoun) && index > range.lowerBound {
            var number = index - 1
            while number > range.lowerBound, tokens[number].has(.consecutive) || tokens[number].isSymbol("-") {
                number -= 1
            }
            let said =
                tokens[number].has(.number)
                ? Int(tokens[number].sense.value)
                : tokens[number].kind == .number && tokens[number].digits <= 2 ? Int(tokens[number].value) : 0
            guard said > 1, number < index - 1 || !days.chosen.date.tokens.contains(number) else { continue }
            let bytes = announcement.bytes(number..<index + 1)
            if said == last.daysSinceEpoch - first.daysSinceEpoch + 1 {
                findings.note("occurrences[0].when.end", .stated, "dates.count-agrees", at: [bytes])
            } else {
                findings.report(
                    .implausibleDuration, field: "occurrences[0].when.end", at: announcement.position(bytes),
                    "the text says \"\(announcement.text(number..<index + 1))\" and names \(first) to \(last); correct one of them"
                )
            }
            return
        }
    }
}
