import EventFormats
import EventModel
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
        (["DTSTART:20130210", "RRULE:RSCALE=CHINESE;FREQ=YEARLY"], []),
    ])
    func dates(_ lines: [String], _ expected: [String]) throws {
        let occurrence = try occurrence(lines.joined(separator: "\r\n"))
        let found = try Recurrence.expand(occurrence, within: day(2026, 10, 1)...day(2027, 1, 31), limit: 6)
        #expect(found.map(\.start.description) == expected)
    }

    @Test func endsFollowTheClocks() throws {
        let weekly = try occurrence(
            "DTSTART;TZID=Europe/Zurich:20261017T220000", "DTEND;TZID=Europe/Zurich:20261018T040000",
            "RRULE:FREQ=WEEKLY;COUNT=2")
        let found = try Recurrence.expand(weekly, within: day(2026, 10, 1)...day(2026, 12, 31), limit: 9)
        // Six hours exactly: the night of 24 October is an hour longer.
        #expect(found.map(\.end?.description) == ["2026-10-18T04:00:00", "2026-10-25T03:00:00"])
        let days = try occurrence(
            "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261004", "RRULE:FREQ=MONTHLY;COUNT=2")
        #expect(
            try Recurrence.expand(days, within: day(2026, 10, 3)...day(2026, 12, 31), limit: 9).map(\.end?.description)
                == ["2026-10-03", "2026-11-03"])
    }

    @Test(arguments: [
        "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=2WE", "FREQ=YEARLY;INTERVAL=3;BYMONTH=2,11;BYDAY=MO;BYSETPOS=1,-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYYEARDAY=100,200", "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=DAILY;BYMONTH=1,7;BYDAY=SU",
    ])
    func aLateWindowShowsWhatCountingFromTheStartDoes(_ rule: String) throws {
        let event = try occurrence("DTSTART:20150106T100000", "RRULE:\(rule)")
        let all = try Recurrence.expand(event, within: day(2015, 1, 1)...day(2027, 12, 31), limit: 100_000)
        let late = try Recurrence.expand(event, within: day(2026, 3, 1)...day(2027, 12, 31), limit: 100_000)
        #expect(!late.isEmpty)
        #expect(try all.filter { try $0.start.date >= day(2026, 3, 1) } == late)
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12",
            "FREQ=DAILY;INTERVAL=7;BYDAY=SU;BYHOUR=0,1,2,3",
            "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
        ])
    func barrenRulesEnd(_ rule: String) throws {
        let event = try occurrence("DTSTART:20240115T100000", "RRULE:\(rule)")
        #expect(try Recurrence.expand(event, within: day(2026, 1, 1)...day(2027, 1, 1), limit: 10).count <= 10)
    }

    @Test func manyThreadsMayExpandAtOnce() async throws {
        let event = try occurrence("DTSTART:20200101T100000", "RRULE:FREQ=MONTHLY;BYDAY=-1FR")
        let range = try day(2026, 1, 1)...day(2026, 12, 31)
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<64 { group.addTask { Recurrence.expand(event, within: range, limit: 50).count } }
            return await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(counts == [12])
    }

    @Test func withoutAStartThereIsNoDate() throws {
        let range = try day(2026, 1, 1)...day(2026, 12, 31)
        #expect(Recurrence.expand(Occurrence(id: "main", when: When()), within: range, limit: 5).isEmpty)
        let event = try occurrence("DTSTART:20260101", "RRULE:FREQ=DAILY")
        #expect(Recurrence.expand(event, within: range, limit: 0).isEmpty)
    }
}
