import EventFormats
import EventModel
import Reading
import Testing

/// A calendar with the given lines in one VEVENT, or around it.
func calendar(_ event: String..., around: [String] = [], uid: Bool = true) -> String {
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"] + around + ["BEGIN:VEVENT"]
    return (head + (uid ? ["UID:e1"] : []) + event + ["END:VEVENT", "END:VCALENDAR", ""]).joined(separator: "\r\n")
}

func decode(_ text: String, limits: ReadingLimits = ReadingLimits()) -> Decoded {
    decode(Array(text.utf8), limits: limits)
}

func decode(_ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) -> Decoded {
    readUpdates(
        bytes,
        context: ReadingContext(receivedAt: Instant(microseconds: 1_790_000_000_000_000), sha256: "", limits: limits))
}

private func only(_ decoded: Decoded) throws -> EventUpdate {
    try #require(decoded.updates.count == 1)
    return decoded.updates[0].update
}

private func codes(_ decoded: Decoded) -> [String] { decoded.diagnostics.map(\.code.rawValue) }

@Suite struct ICalendarReaderTests {
    @Test func anEventSaysWhatItSays() throws {
        let decoded = decode(
            calendar(
                "SUMMARY;LANGUAGE=de:Zürich liest\\, 2026", "DESCRIPTION:Zwei Tage\\nlang",
                "DTSTART;TZID=Europe/Zurich:20261128T100000",
                "DTEND;TZID=Europe/Zurich:20261128T173000", "DTSTAMP:20261001T080000Z", "SEQUENCE:3",
                "STATUS:CONFIRMED",
                "LOCATION:Kaufleuten\\, Pelikanplatz", "GEO:47.3725;8.5361", "URL:https://example.org/z",
                "CATEGORIES:Lesung,Kinder\\, Familie",
                "ORGANIZER;CN=\"Buch, Verein\":MAILTO:info@example.org", "TRANSP:OPAQUE",
                around: ["METHOD:REQUEST"]))
        #expect(decoded.format == .icalendar)
        #expect(decoded.diagnostics.isEmpty)
        let update = try only(decoded)
        #expect(update.kind == .update)
        #expect((update.uid, update.uidOrigin) == ("e1", .stated))
        #expect(update.sequence == 3)
        #expect(update.issuedAt?.description == "2026-10-01T08:00:00Z")
        #expect(update.status == .scheduled)
        #expect(update.name == LanguageText("Zürich liest, 2026", language: "de"))
        #expect(update.language == "de")
        #expect(update.description?.text == "Zwei Tage\nlang")
        #expect(update.links == ["https://example.org/z"])
        #expect(update.categories == ["Lesung", "Kinder, Familie"])
        #expect(update.parties.map(\.name) == ["Buch, Verein"])
        #expect(update.parties.first?.email == "info@example.org")
        #expect(update.attendanceMode == .offline)
        let occurrence = try #require(update.occurrences.first)
        #expect(occurrence.id == "main")
        #expect(occurrence.when.start?.description == "2026-11-28T10:00:00")
        #expect(occurrence.when.end?.description == "2026-11-28T17:30:00")
        #expect(occurrence.when.timeZone == "Europe/Zurich")
        #expect(occurrence.place?.name == "Kaufleuten, Pelikanplatz")
        #expect(occurrence.place?.latitude == 47.3725)
        #expect(update.extensions.map(\.content) == ["TRANSP:OPAQUE"])
    }

    @Test(
        arguments: [
            // start, end or duration, what is read
            (["DTSTART;VALUE=DATE:20261128", "DTEND;VALUE=DATE:20261130"], "2026-11-28", "2026-11-29", nil),
            (["DTSTART:20261128"], "2026-11-28", nil, nil),
            (["DTSTART;VALUE=DATE:20261128", "DTEND;VALUE=DATE:20261128"], "2026-11-28", "2026-11-28", nil),
            (["DTSTART;VALUE=DATE:20261128", "DURATION:P2D"], "2026-11-28", "2026-11-29", nil),
            (["DTSTART;VALUE=DATE:20261128T000000"], "2026-11-28", nil, nil),
            (
                ["DTSTART:20261128T100000Z", "DURATION:PT1H30M"], "2026-11-28T10:00:00", "2026-11-28T11:30:00",
                "Etc/UTC"
            ),
            (["DTSTART:20261128T100000", "DTEND:20261128T110000"], "2026-11-28T10:00:00", "2026-11-28T11:00:00", nil),
            (
                ["DTSTART;TZID=Europe/Zurich:20261024T200000", "DURATION:P1D"], "2026-10-24T20:00:00",
                "2026-10-25T20:00:00",
                "Europe/Zurich"
            ),
            (
                ["DTSTART;TZID=Europe/Zurich:20261024T200000", "DURATION:PT24H"], "2026-10-24T20:00:00",
                "2026-10-25T19:00:00",
                "Europe/Zurich"
            ),
            (
                ["DTSTART;TZID=America/New_York:20260829T080000", "DTEND;TZID=America/Los_Angeles:20260829T080000"],
                "2026-08-29T08:00:00", "2026-08-29T11:00:00", "America/New_York"
            ),
            (["DTSTART;TZID=Pacific Standard Time:20260801T100000"], "2026-08-01T10:00:00", nil, "America/Los_Angeles"),
            (
                ["DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260801T100000"], "2026-08-01T10:00:00",
                nil,
                "Europe/Berlin"
            ),
            (
                ["DTSTART;TZID=/mozilla.org/20070129_1/America/Argentina/Buenos_Aires:20260801T100000"],
                "2026-08-01T10:00:00",
                nil, "America/Argentina/Buenos_Aires"
            ),
        ] as [([String], String?, String?, String?)])
    func times(_ lines: [String], _ start: String?, _ end: String?, _ zone: String?) throws {
        let decoded = decode(calendar(lines.joined(separator: "\r\n")))
        #expect(decoded.diagnostics.isEmpty)
        let when = try #require(try only(decoded).occurrences.first?.when)
        #expect(when.start?.description == start)
        #expect(when.end?.description == end)
        #expect(when.timeZone == zone)
    }

    @Test(arguments: [
        ("DTSTART:20200230T100000Z", "invalid-date", 9), ("DTSTART:20261301", "invalid-date", 9),
        ("DTSTART:2026-11-28", "invalid-date", 9), ("DTSTART:", "invalid-date", 1),
        ("DTSTART:20261128T240000", "invalid-time", 9), ("DTSTART:20261128T235960Z", "invalid-time", 9),
        ("DTSTART:20200230T990000", "invalid-date", 9), ("DTSTART:20261128T1000", "invalid-time", 9),
        ("DTSTART;VALUE=DATE:20261128T100000", "invalid-date", 20),
        ("DTSTART;TZID=Europe/Zurich:20261128T100000Z", "offset-disagrees-with-zone", 28),
        ("DTSTART;TZID=Mars/Olympus:20261128T100000", "unknown-timezone", 1),
        ("DTSTART;TZID=GMT+1:20261128T100000", "unknown-timezone", 1),
        ("DTSTART:20261128T100000\r\nDTSTART:20261129T100000", "invalid-date", 1),
        ("DTSTART:20261128\r\nDURATION:PT3H", "mixed-date-and-datetime", 10),
        ("DTSTART:20261128T100000\r\nDURATION:P999999999999W", "value-left-out", 10),
        ("DTSTART:20261128T100000\r\nDTEND:20261128T110000\r\nDURATION:PT1H", "dtend-and-duration", 10),
        ("STATUS:BOGUS", "unknown-status", 8), ("STATUS:Canceled", "spelling-taken", 8),
        ("SEQUENCE:two", "value-left-out", 10), ("SEQUENCE:99999999999", "sequence-too-large", 10),
        ("SEQUENCE:-1", "negative-sequence", 10), ("SEQUENCE:-99999999999999999999", "negative-sequence", 10),
        ("RRULE:FREQ=NEVER", "invalid-rrule", 7), ("RRULE:COUNT=3", "invalid-rrule", 7),
        ("RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270101", "invalid-rrule", 7),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "invalid-rrule", 7),
        ("RRULE:FREQ=DAILY;INTERVAL=0", "invalid-rrule", 7), ("EXRULE:FREQ=DAILY", "invalid-rrule", 8),
        ("RRULE:FREQ=SECONDLY", "rrule-unbounded-or-too-dense", 7),
        ("RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "rrule-unbounded-or-too-dense", 7),
        ("RRULE:FREQ=HOURLY;COUNT=3", "rrule-unbounded-or-too-dense", 7),
        ("RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40", "rrule-unbounded-or-too-dense", 7),
        ("RDATE:19970101,199709T180000Z", "unreadable-exception", 16),
        ("EXDATE;VALUE=TIME:083000", "unreadable-exception", 19),
        ("RDATE;VALUE=PERIOD:20261128T100000Z", "unreadable-exception", 20),
        ("EXDATE;TZID=Mars/Olympus:20261128T100000", "unreadable-exception", 1),
        ("RECURRENCE-ID:soon", "unreadable-exception", 15),
        ("UID:other", "invalid-identifier", 1), ("GEO:north;south", "geo-out-of-range", 5),
        ("GEO:", "geo-out-of-range", 1),
        ("JUST TEXT", "malformed-line", 1),
    ])
    func faults(_ lines: String, _ code: String, _ column: Int) throws {
        let decoded = decode(calendar(lines))
        #expect(codes(decoded).contains(code))
        let found = try #require(decoded.diagnostics.first { $0.code.rawValue == code })
        #expect(found.position?.column == column)
        let last = 5 + lines.split(separator: "\r\n").count
        #expect(found.position?.line == last)
        #expect(found.update == 0)
        #expect(found.message.utf8.count > 20)
    }

    @Test func columnsCountThroughFolds() throws {
        let text = calendar(
            "SUMMARY:Zür\r\n ich", "DTSTART;X-NOTE=\"a long note of many word\r\n s that goes on\":2026\r\n\t0230")
        let found = try #require(decode(text).diagnostics.first)
        #expect(found.code == .invalidDate)
        #expect((found.position?.line, found.position?.column) == (9, 18))
        let bytes = Array(text.utf8)
        let range = try #require(found.position?.bytes)
        #expect(String(decoding: bytes[range], as: UTF8.self) == "2026\r\n\t0230")
        let positions = try #require(decode(text).updates.first?.positions)
        #expect(
            positions.bytes(of: FieldPath(.name)).map { String(decoding: bytes[$0], as: UTF8.self) } == "Zür\r\n ich")
    }

    @Test(arguments: [
        ("PUBLISH", "", UpdateKind.announce, EventStatus.scheduled), ("REQUEST", "SEQUENCE:1", .update, .scheduled),
        ("ADD", "", .update, .scheduled), ("CANCEL", "", .cancel, .cancelled),
        ("PUBLISH", "STATUS:CANCELLED", .announce, .cancelled), ("PUBLISH", "STATUS:tentative", .announce, .tentative),
    ])
    func methods(_ method: String, _ line: String, _ kind: UpdateKind, _ status: EventStatus) throws {
        let lines = line.isEmpty ? "SUMMARY:x" : line
        let update = try only(decode(calendar(lines, around: ["METHOD:\(method)"])))
        #expect(update.kind == kind)
        #expect(update.status == status)
    }

    @Test func aFloatingEventStaysFloating() throws {
        let when = try #require(
            only(decode(calendar("DTSTART:20261128T010000", "RRULE:FREQ=DAILY", "EXDATE:20261129T010000Z")))
                .occurrences.first?.when)
        #expect(when.timeZone == nil)
        #expect(when.start?.description == "2026-11-28T01:00:00")
        #expect(when.exceptionDates.map(\.description) == ["2026-11-29T01:00:00+00:00"])
    }

    @Test func messagesBetweenGuestsAreNoEvents() {
        let decoded = decode(calendar("SUMMARY:x", around: ["METHOD:REPLY"]))
        #expect(decoded.updates.isEmpty)
        #expect(codes(decoded) == ["no-event"])
        #expect(codes(decode(calendar("SUMMARY:x", around: ["METHOD:X-SPELL"]))) == ["ambiguous-intent"])
    }

    @Test func aCancellationNeedsAUidOnly() throws {
        let update = try only(decode(calendar(around: ["METHOD:CANCEL"])))
        #expect((update.kind, update.status) == (.cancel, .cancelled))
        #expect(update.occurrences.isEmpty)
    }

    @Test func aCancelledDateIsNotTheWholeEvent() throws {
        let update = try only(
            decode(
                calendar(
                    "DTSTART;TZID=Europe/Rome:20261128T100000", "RECURRENCE-ID;TZID=Europe/Rome:20261128T090000",
                    around: ["METHOD:CANCEL"])))
        #expect((update.kind, update.status) == (.cancel, .scheduled))
        #expect(update.occurrences.map(\.id) == ["20261128T090000"])
        #expect(update.occurrences.map(\.status) == [.cancelled])
    }

    @Test func guestsAreNeverKept() throws {
        let update = try only(
            decode(
                calendar(
                    "SUMMARY:x", "ATTENDEE;CN=Ann:mailto:ann@example.org", "X-MS-ATTENDEE-LIST:ann@example.org",
                    "CONTACT:Ann\\, ann@example.org", "REQUEST-STATUS:3.7;Invalid user;ATTENDEE:mailto:ann@example.org",
                    "BEGIN:VALARM", "ATTENDEE:mailto:ann@example.org", "END:VALARM", "BEGIN:PARTICIPANT",
                    "CALENDAR-ADDRESS:mailto:ann@example.org", "END:PARTICIPANT", "X-KEPT;A=b:c")))
        #expect(!"\(update)".contains("ann@"))
        #expect(update.extensions.map(\.content) == ["X-KEPT;A=b:c"])
    }

    @Test(arguments: [
        ("PUBLIC", Visibility.public), ("PRIVATE", .private), ("CONFIDENTIAL", .private), ("X-TEAM", .private),
    ])
    func classes(_ word: String, _ visibility: Visibility) throws {
        #expect(try only(decode(calendar("CLASS:\(word)"))).visibility == visibility)
    }

    @Test(
        arguments: [
            (["CONFERENCE;VALUE=URI:https://example.org/m"], "https://example.org/m", AttendanceMode.online),
            (["LOCATION:https://example.org/m"], "https://example.org/m", .online), (["LOCATION:online"], nil, .online),
            (["LOCATION:Town hall", "CONFERENCE;VALUE=URI:https://example.org/m"], "https://example.org/m", .mixed),
            (["CONFERENCE;VALUE=URI:tel:+41"], nil, .offline),
        ] as [([String], String?, AttendanceMode)])
    func attendance(_ lines: [String], _ address: String?, _ mode: AttendanceMode) throws {
        let update = try only(decode(calendar(lines.joined(separator: "\r\n"))))
        #expect(update.attendanceMode == mode)
        #expect(update.occurrences.first?.onlineURL == address)
    }

    @Test func aPlaceMayBeAComponent() throws {
        let update = try only(
            decode(
                calendar(
                    "DTSTART:20261128", "BEGIN:VLOCATION", "UID:p", "NAME:Town hall", "URL:geo:47.5,8.25;u=5",
                    "END:VLOCATION")))
        #expect(update.occurrences.first?.place?.name == "Town hall")
        #expect(update.occurrences.first?.place?.longitude == 8.25)
        #expect(update.extensions.first?.content.hasPrefix("BEGIN:VLOCATION\r\nUID:p") == true)
    }
}
