import EventFormats
import EventModel
import Reading
import Testing

private func day(_ year: Int, _ month: Int, _ day: Int) throws -> LocalDate {
    try #require(LocalDate(year: year, month: month, day: day))
}

private func occurrence(_ lines: String...) throws -> Occurrence {
    let decoded = decode(calendar(lines.joined(separator: "\r\n")))
    #expect(decoded.diagnostics.isEmpty)
    return try #require(decoded.updates.first?.update.occurrences.first)
}

@Suite struct RecurrenceTests {
    @Test(arguments: [
        // lines, and the starts from 1 October 2026 to 31 January 2027, six at most
        (["DTSTART:20261128T100000"], ["2026-11-28T10:00:00"]), (["DTSTART:20250101"], []),
        (["DTSTART;VALUE=DATE:20260901", "DTEND;VALUE=DATE:20261102"], ["2026-09-01"]),
        (
            ["DTSTART:20261128T100000", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261205T100000"],
            ["2026-11-28T10:00:00", "2026-12-12T10:00:00"]
        ),
        (
            ["DTSTART:20261128", "RRULE:FREQ=DAILY;UNTIL=20261130", "RDATE;VALUE=DATE:20270101"],
            ["2026-11-28", "2026-11-29", "2026-11-30", "2027-01-01"]
        ),
        (
            // UNTIL is in UTC: the last one is at 23:30 in New York.
            ["DTSTART;TZID=America/New_York:20261128T233000", "RRULE:FREQ=DAILY;UNTIL=20261130T043000Z"],
            ["2026-11-28T23:30:00", "2026-11-29T23:30:00"]
        ),
        (
            ["DTSTART:20200101T100000", "RRULE:FREQ=MONTHLY;BYDAY=-1FR"],
            ["2026-10-30T10:00:00", "2026-11-27T10:00:00", "2026-12-25T10:00:00", "2027-01-29T10:00:00"]
        ),
        (
            ["DTSTART:19000101", "RRULE:FREQ=DAILY;INTERVAL=30"],
            ["2026-10-27", "2026-11-26", "2026-12-26", "2027-01-25"]
        ),
        (["DTSTART:20120229", "RRULE:FREQ=YEARLY"], []),
        (
            ["DTSTART:20261005", "RRULE:FREQ=WEEKLY;INTERVAL=4;BYDAY=MO"],
            ["2026-10-05", "2026-11-02", "2026-11-30", "2026-12-28", "2027-01-25"]
        ),
        (
            ["DTSTART:20261010T090000Z", "RRULE:FREQ=DAILY;BYHOUR=9,15;COUNT=3"],
            ["2026-10-10T09:00:00", "2026-10-10T15:00:00", "2026-10-11T09:00:00"]
        ),
        (
            ["DTSTART:20261001", "RRULE:FREQ=DAILY"],
            ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06"]
        ),
        (["RDATE:20261128T100000Z,20270101T100000Z"], ["2026-11-28T10:00:00", "2027-01-01T10:00:00"]),
        // A day among times is that day at the same time; a time among days is its day.
        (
            ["DTSTART:20261128T100000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261129"],
            ["2026-11-28T10:00:00", "2026-11-30T10:00:00"]
        ),
        (["DTSTART:20261128T100000", "RDATE;VALUE=DATE:20261201"], ["2026-11-28T10:00:00", "2026-12-01T10:00:00"]),
        // Times of day mean nothing to days.
        (["DTSTART:20261128", "RRULE:FREQ=DAILY;COUNT=2;BYHOUR=9,15;BYMINUTE=30"], ["2026-11-28", "2026-11-29"]),
        (["DTSTART:20261130", "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO,MO"], ["2026-11-30", "2026-12-07", "2026-12-14"]),
        (
            ["DTSTART:20261201", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"],
            ["2026-12-01", "2026-12-31", "2027-01-29"]
        ),
        (
            ["DTSTART:20261101", "RRULE:FREQ=DAILY;COUNT=3;BYMONTHDAY=-1"],
            ["2026-11-01", "2026-11-30", "2026-12-31", "2027-01-31"]
        ),
        (["DTSTART:20261228", "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR"], ["2026-12-28", "2027-01-01"]),
        (
            ["DTSTART:20200101", "RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT;BYMONTHDAY=31"],
            ["2026-10-31", "2026-12-31", "2027-01-31"]
        ),
    ])
    func dates(_ lines: [String], _ expected: [String]) throws {
        let occurrence = try occurrence(lines.joined(separator: "\r\n"))
        let found = try Recurrence.dates(of: occurrence, within: day(2026, 10, 1)...day(2027, 1, 31), limit: 6)
        #expect(found.map(\.start.description) == expected)
    }

    @Test func endsFollowTheClocks() throws {
        let weekly = try occurrence(
            "DTSTART;TZID=Europe/Zurich:20261017T220000", "DTEND;TZID=Europe/Zurich:20261018T040000",
            "RRULE:FREQ=WEEKLY;COUNT=2")
        let found = try Recurrence.dates(of: weekly, within: day(2026, 10, 1)...day(2026, 12, 31), limit: 9)
        // Six hours exactly: the night of 24 October is an hour longer.
        #expect(found.map(\.end?.description) == ["2026-10-18T04:00:00", "2026-10-25T03:00:00"])
        let days = try occurrence(
            "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261004", "RRULE:FREQ=MONTHLY;COUNT=2")
        #expect(
            try Recurrence.dates(of: days, within: day(2026, 10, 3)...day(2026, 12, 31), limit: 9).map(
                \.end?.description)
                == ["2026-10-03", "2026-11-03"])
    }

    @Test(arguments: [
        "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=2WE", "FREQ=YEARLY;INTERVAL=3;BYMONTH=2,11;BYDAY=MO;BYSETPOS=1,-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYYEARDAY=100,200",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=TU", "FREQ=DAILY;BYMONTH=1,7;BYDAY=SU",
    ])
    func skippingToTheReceiptFindsWhatCountingFromTheStartDoes(_ rule: String) throws {
        let skipped = try occurrence("DTSTART:20150106T100000", "RRULE:\(rule)").when.recurrenceSet
        let counted = try occurrence("DTSTART:20150106T100000", "RRULE:\(rule);COUNT=9999").when.recurrenceSet
        #expect(skipped == counted)
        #expect(try #require(skipped).seconds.count > 3)
    }

    @Test func anInstanceWithItsOwnTimeTakesThePlaceOfItsDate() throws {
        let decoded = decode(
            calendar(
                "DTSTART;TZID=Europe/Zurich:20261201T190000\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\n"
                    + "BEGIN:VEVENT\r\nUID:e1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:N\r\nLOCATION:L\r\n"
                    + "RECURRENCE-ID:20261202T180000Z\r\nDTSTART;TZID=Europe/Zurich:20261204T200000"))
        let update = try #require(decoded.updates.first?.update)
        let found = try Recurrence.dates(of: update.content, within: day(2026, 12, 1)...day(2026, 12, 31), limit: 9)
        #expect(
            found.map(\.start.description) == ["2026-12-01T19:00:00", "2026-12-03T19:00:00", "2026-12-04T20:00:00"])
    }

    @Test func withoutAStartThereIsNoDate() throws {
        let range = try day(2026, 1, 1)...day(2026, 12, 31)
        #expect(Recurrence.dates(of: Occurrence(id: "main", when: When()), within: range, limit: 5).isEmpty)
        let event = try occurrence("DTSTART:20260101", "RRULE:FREQ=DAILY")
        #expect(Recurrence.dates(of: event, within: range, limit: 0).isEmpty)
    }
}

/// What working out the dates of a series may cost.
@Suite struct RecurrenceBudgetTests {
    private func codes(_ decoded: Decoded) -> [DiagnosticCode] { decoded.diagnostics.map(\.code) }

    @Test func anEventHasNoMoreDatesThanOccurrences() throws {
        var limits = ReadingLimits()
        limits.occurrences = 10
        let decoded = decode(calendar("DTSTART:20261128\r\nRRULE:FREQ=DAILY"), limits: limits)
        let set = try #require(decoded.updates.first?.update.occurrences.first?.when.recurrenceSet)
        #expect(set.description == "2026-11-28 1dx9")
    }

    @Test func datesBeyondTheHorizonAreNotKept() throws {
        var limits = ReadingLimits()
        limits.recurrenceDays = 30
        let decoded = decode(calendar("DTSTART:20261128\r\nRRULE:FREQ=WEEKLY"), limits: limits)
        #expect(decoded.updates.first?.update.occurrences.first?.when.recurrenceSet?.description == "2026-11-28 7dx4")
    }

    @Test(arguments: [
        // A hundred years of days are counted, two thousand are not.
        ("DTSTART:19300101\r\nRRULE:FREQ=DAILY;COUNT=999999", true),
        ("DTSTART:00010101\r\nRRULE:FREQ=DAILY;COUNT=999999", false),
        (
            "DTSTART:00010101T000000\r\nRRULE:FREQ=YEARLY;COUNT=999999;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU",
            false
        ),
        // Without a COUNT nobody has to count.
        ("DTSTART:00010101\r\nRRULE:FREQ=DAILY", true),
    ])
    func whatCostsMoreThanTheBudgetIsRefused(_ lines: String, _ isTaken: Bool) throws {
        let decoded = decode(calendar(lines))
        #expect(codes(decoded).contains(.rruleUnboundedOrTooDense) == !isTaken)
        if !isTaken {
            let finding = try #require(decoded.diagnostics.first { $0.code == .rruleUnboundedOrTooDense })
            #expect(finding.severity == .error)
            #expect(finding.field == "occurrences[0].when.recurrenceRule")
            #expect(finding.message.contains("100000 steps"))
            #expect(finding.position != nil)
        }
    }

    @Test func eachPositionThatIsLookedAtIsAStep() {
        var limits = ReadingLimits()
        limits.recurrenceSteps = 1000
        let positions = (1...258).map(String.init).joined(separator: ",")
        let rule = "DTSTART:20261128T193000Z\r\nRRULE:FREQ=DAILY;COUNT=20"
        #expect(!codes(decode(calendar(rule), limits: limits)).contains(.rruleUnboundedOrTooDense))
        let costly = decode(calendar("\(rule);BYSETPOS=\(positions)"), limits: limits)
        #expect(codes(costly).contains(.rruleUnboundedOrTooDense))
    }

    @Test func theRulesOfAFileShareItsBudget() {
        var limits = ReadingLimits()
        limits.fileRecurrenceSteps = 5_000
        let event =
            "BEGIN:VEVENT\r\nUID:%\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:N\r\nLOCATION:L\r\n"
            + "DTSTART:20261128\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"
        let events = (0..<9).map { event.replacing("%", with: "u\($0)") }.joined()
        let decoded = decode("BEGIN:VCALENDAR\r\n\(events)END:VCALENDAR\r\n", limits: limits)
        let refused = decoded.diagnostics.filter { $0.code == .rruleUnboundedOrTooDense }
        #expect(refused.compactMap(\.update) == [2, 3, 4, 5, 6, 7, 8])
        #expect(refused.allSatisfy { $0.message.contains("split the file") })
    }

    @Test(arguments: ["ETHIOPIC", "CHINESE", "HEBREW", "INDIAN", "GREGORIAN;SKIP=FORWARD"])
    func otherCalendarsAreRefusedWithTheReason(_ scale: String) throws {
        let decoded = decode(calendar("DTSTART:20000101\r\nRRULE:RSCALE=\(scale);FREQ=MONTHLY;BYMONTHDAY=30"))
        let finding = try #require(decoded.diagnostics.first { $0.code == .invalidRRule })
        #expect(finding.severity == .error)
        #expect(finding.message.contains(scale.split(separator: ";").last.map(String.init) ?? ""))
        #expect(finding.message.contains("RDATE"))
    }

    @Test func aZoneOfManyRulesCostsWhatItsYearsCost() {
        let observances = (1..<60).map {
            "BEGIN:DAYLIGHT\r\nDTSTART:19\($0 + 10)0301T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
                + "RRULE:FREQ=DAILY;COUNT=999999\r\nEND:DAYLIGHT\r\n"
        }
        let zone = "BEGIN:VTIMEZONE\r\nTZID:Own\r\n\(observances.joined())END:VTIMEZONE\r\n"
        let event =
            "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:N\r\nLOCATION:L\r\n"
            + "DTSTART;TZID=Own:20261128T100000\r\nEND:VEVENT\r\n"
        var limits = ReadingLimits()
        limits.recurrenceSteps = 1000
        let decoded = decode("BEGIN:VCALENDAR\r\n\(zone)\(event)END:VCALENDAR\r\n", limits: limits)
        #expect(codes(decoded).contains(.unknownTimezone))
    }

    @Test(arguments: ["", "none", "none T", "2026-11-28", "2026-11-28T10:00:00 7dx51 14d 3600s", "2026-11-28 1dx99999"])
    func aSetReadsBackAsItIsWritten(_ text: String) {
        #expect(RecurrenceSet(text)?.description == (text.isEmpty ? nil : text))
    }

    @Test(arguments: [
        "2026-11-28 1dx100000", "2026-11-28 0d", "2026-11-28 -1d", "2026-11-28 9223372036854775807d", "2026-13-01",
        "2026-11-28 1dx9223372036854775808", "9999-12-31 1d", "2026-11-28T24:00:00", "2026-11-28 d", "2026-11-28 7x2",
    ])
    func aTextThatIsNoSetIsNone(_ text: String) { #expect(RecurrenceSet(text) == nil) }
}
