import EventModel
import Reading
import Testing

@testable import EventFormats

/// When nothing of an event is still to begin.
@Suite struct LastStartTests {
    private func last(_ lines: String...) throws -> String? {
        let text =
            (["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:a", "SUMMARY:Show"] + lines
            + ["END:VEVENT", "END:VCALENDAR", ""]).joined(separator: "\r\n")
        let context = ReadingContext(receivedAt: Instant(microseconds: 1_806_600_000_000_000), sha256: "")
        let update = try #require(readUpdates(Array(text.utf8), context: context).updates.first).update
        return LastStart.of(update.occurrences, status: update.status)?.description
    }

    @Test func theStartCountsAndNotTheEnd() throws {
        #expect(
            try last("DTSTART:20270510T190000Z", "DTEND:20270510T210000Z")?.hasPrefix("2027-05-10T19:00:00") == true)
        #expect(try last("DTSTART;TZID=Europe/Zurich:20270510T190000")?.hasPrefix("2027-05-10T17:00:00") == true)
        // An evening is no run of days.
        #expect(
            try last("DTSTART:20270510T220000Z", "DTEND:20270511T040000Z")?.hasPrefix("2027-05-10T22:00:00") == true)
    }

    @Test func ofARunOfDaysTheLastOneCounts() throws {
        #expect(
            try last("DTSTART:20270510T100000Z", "DTEND:20270519T180000Z")?.hasPrefix("2027-05-19T10:00:00") == true)
        #expect(
            try last("DTSTART:20270514T180000Z", "DTEND:20270516T160000Z")?.hasPrefix("2027-05-15T18:00:00") == true)
        #expect(
            try last("DTSTART;VALUE=DATE:20270510", "DTEND;VALUE=DATE:20270520")?.hasPrefix("2027-05-20T12:00:00")
                == true)
    }

    @Test func aDayHasBegunForCertainWhenItEndsEverywhere() throws {
        #expect(try last("DTSTART;VALUE=DATE:20270510")?.hasPrefix("2027-05-11T12:00:00") == true)
        #expect(try last("DTSTART:20270510T190000")?.hasPrefix("2027-05-11T07:00:00") == true)
    }

    @Test func theLastDateOfASeriesCounts() throws {
        #expect(
            try last("DTSTART:20270503T190000Z", "DTEND:20270503T200000Z", "RRULE:FREQ=WEEKLY;COUNT=3")?
                .hasPrefix("2027-05-17T19:00:00") == true)
        let until = try #require(try last("DTSTART:20270503T190000Z", "RRULE:FREQ=WEEKLY;UNTIL=20270520T000000Z"))
        #expect(until > "2027-05-20T00" && until < "2027-05-24")
        #expect(
            try last("DTSTART:20270503T190000Z", "RDATE:20270603T190000Z")?.hasPrefix("2027-06-03T19:00:00") == true)
    }

    @Test func whatHasNoDateOrNoEndIsAlwaysToCome() throws {
        #expect(try last("DTSTART:20270503T190000Z", "RRULE:FREQ=WEEKLY") == nil)
        #expect(LastStart.of([], status: .scheduled) == nil)
        #expect(LastStart.of([Occurrence(id: "main", when: When())], status: .scheduled) == nil)
        let date = try #require(LocalDate(year: 2027, month: 5, day: 10))
        let day = Occurrence(id: "main", when: When(start: .date(date)))
        #expect(LastStart.of([day], status: .postponed) == nil)
        var month = day
        month.when.precision = .month
        #expect(LastStart.of([month], status: .scheduled)?.description.hasPrefix("2027-06-01T12:00:00") == true)
    }
}
