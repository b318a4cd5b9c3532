import EventFormats
import EventModel
import Reading
import Testing

private func codes(_ decoded: Decoded) -> [String] { decoded.diagnostics.map(\.code.rawValue) }

/// Files as a whole: encodings, limits, what belongs together.
@Suite struct ICalendarFileTests {
    @Test func aDateReplacedIsAnOccurrenceOfItsEvent() throws {
        let decoded = decode(
            """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:a
            RECURRENCE-ID;TZID=Europe/Rome:20261205T090000
            DTSTART;TZID=Europe/Rome:20261205T180000
            SUMMARY:Evening this time
            SEQUENCE:4
            END:VEVENT
            BEGIN:VEVENT
            UID:b
            SUMMARY:Other
            END:VEVENT
            BEGIN:VEVENT
            UID:a
            DTSTART;TZID=Europe/Rome:20261128T090000
            DTEND;TZID=Europe/Rome:20261128T100000
            RRULE:FREQ=WEEKLY;COUNT=3
            SUMMARY:Morning
            SEQUENCE:2
            END:VEVENT
            END:VCALENDAR
            """)
        #expect(decoded.diagnostics.isEmpty)
        #expect(decoded.updates.map(\.update.uid) == ["a", "b"])
        let update = decoded.updates[0].update
        #expect(update.name.text == "Morning")
        #expect(update.sequence == 4)
        #expect(update.occurrences.map(\.id) == ["main", "20261205T090000"])
        #expect(update.extensions.map(\.content) == ["SUMMARY:Evening this time"])
        let days =
            try #require(
                LocalDate(year: 2026, month: 11, day: 1))...(#require(LocalDate(year: 2026, month: 12, day: 31)))
        #expect(
            Recurrence.dates(of: update.content, within: days, limit: 10).map(\.start.description)
                == ["2026-11-28T09:00:00", "2026-12-05T18:00:00", "2026-12-12T09:00:00"])
    }

    @Test func twoVersionsOfOneEvent() {
        func file(_ first: [String], _ second: [String]) -> Decoded {
            let events = [first, second].map { ["BEGIN:VEVENT", "UID:a"] + $0 + ["END:VEVENT"] }
            return decode((["BEGIN:VCALENDAR"] + events[0] + events[1] + ["END:VCALENDAR"]).joined(separator: "\n"))
        }
        let newer = file(["SEQUENCE:2", "SUMMARY:New"], ["SEQUENCE:1", "SUMMARY:Old"])
        #expect(codes(newer) == ["duplicate-occurrence"])
        #expect(newer.updates.map(\.update.name.text) == ["New"])
        let later = file(["DTSTAMP:20260101T000000Z", "SUMMARY:Old"], ["DTSTAMP:20260102T000000Z", "SUMMARY:New"])
        #expect(later.updates.map(\.update.name.text) == ["New"])
        #expect(codes(file(["SUMMARY:Jazz"], ["SUMMARY:Jazz"])) == ["duplicate-occurrence"])
    }

    private func sameUID(_ events: [String]...) -> Decoded {
        let made = events.flatMap { ["BEGIN:VEVENT", "UID:a"] + $0 + ["END:VEVENT"] }
        return decode((["BEGIN:VCALENDAR"] + made + ["END:VCALENDAR"]).joined(separator: "\n"))
    }

    @Test(arguments: [
        (["SUMMARY:Jazz"], ["SUMMARY:Poetry"]), (["SUMMARY:Jazz", "CATEGORIES:a"], ["SUMMARY:Jazz", "CATEGORIES:b"]),
        (["SUMMARY:Jazz", "SEQUENCE:1"], ["SUMMARY:Jazz", "SEQUENCE:1", "STATUS:CANCELLED"]),
        (["SUMMARY:Jazz", "URL:https://a.example"], ["SUMMARY:Jazz", "URL:https://b.example"]),
    ])
    func twoDifferentEventsOfOneUidAreForAPerson(first: [String], second: [String]) throws {
        let decoded = sameUID(first, second)
        #expect(decoded.updates.count == 1)
        let found = try #require(decoded.diagnostics.first)
        #expect((found.code, found.severity, found.update) == (.ambiguousIntent, .held, 0))
        let line = 2 + first.count + 3
        #expect(
            found.message.hasPrefix(
                "two different events of this file have the UID 'a', lines 2 and \(line), and nothing")
        )
        #expect(found.position?.line == line)
    }

    @Test func whatIsProvedNewerThanAllOthersCounts() {
        let decoded = sameUID(["SUMMARY:Jazz"], ["SUMMARY:Poetry"], ["SUMMARY:Film", "SEQUENCE:1"])
        #expect(codes(decoded) == ["ambiguous-intent"])
        let proved = sameUID(
            ["SUMMARY:Jazz", "SEQUENCE:0"], ["SUMMARY:Poetry", "SEQUENCE:0"], ["SUMMARY:Film", "SEQUENCE:1"])
        #expect(codes(proved) == ["duplicate-occurrence", "duplicate-occurrence"])
        #expect(proved.updates.map(\.update.name.text) == ["Film"])
        #expect(
            proved.diagnostics.first?.message
                == "line 12 has a newer version of the event with the UID 'a', which counts; remove this one")
    }

    @Test func datesOfASeriesInACalendarOfTheirOwnAreNotTheSeries() {
        let series = ["BEGIN:VEVENT", "UID:a", "DTSTART:20270101T100000Z", "RRULE:FREQ=DAILY;COUNT=3", "END:VEVENT"]
        let date = [
            "BEGIN:VEVENT", "UID:a", "RECURRENCE-ID:20270102T100000Z", "DTSTART:20270102T110000Z", "END:VEVENT",
        ]
        let calendars = [series, date].flatMap { ["BEGIN:VCALENDAR"] + $0 + ["END:VCALENDAR"] }
        let decoded = decode(calendars.joined(separator: "\n"))
        #expect(codes(decoded).isEmpty)
        #expect(decoded.updates.map(\.update.extent) == [.whole, .partial])
    }

    @Test func twoCalendarsThatSayDifferentThingsOfOneEvent() {
        let calendars = ["Jazz", "Poetry", "Jazz"].map {
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:\($0)\nEND:VEVENT\nEND:VCALENDAR"
        }
        #expect(codes(decode(calendars[0...1].joined(separator: "\n"))) == ["ambiguous-intent"])
        #expect(codes(decode([calendars[0], calendars[2]].joined(separator: "\n"))) == ["duplicate-occurrence"])
    }

    @Test func uidsAreDerivedAndKeptApart() {
        let event = ["BEGIN:VEVENT", "SUMMARY:Jazz Night"]
        let file = [
            ["BEGIN:VCALENDAR"], event, ["DTSTART:20260110T200000Z", "END:VEVENT"], event,
            ["DTSTART:20260214T200000Z", "END:VEVENT", "END:VCALENDAR"],
        ]
        let decoded = decode(file.flatMap { $0 }.joined(separator: "\n"))
        #expect(
            decoded.updates.map(\.update.uid) == [
                "derived:jazz-night-20260110t2000", "derived:jazz-night-20260214t2000",
            ])
        #expect(decoded.updates.allSatisfy { $0.update.uidOrigin == .derived })
        #expect(codes(decoded) == ["uid-derived", "uid-derived"])
        #expect(decoded.diagnostics.first?.position?.line == 2)
    }

    @Test(arguments: [
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", ["no-event"]),
        ("BEGIN:VCALENDAR\nBEGIN:VJOURNAL\nEND:VJOURNAL\nEND:VCALENDAR", ["no-event"]),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:202", ["truncated"]),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEND:VCALENDAR", ["truncated"]),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEND:VEVENT", ["truncated"]),
        ("BEGIN:VEVENT\nUID:a\nSUMMARY:b\u{0}\nEND:VEVENT", ["control-character"]),
        ("BEGIN:VEVENT\nUID:a\nSUMMARY:joiner \u{200D} and mark \u{200F}\tend\nEND:VEVENT", []),
        ("\u{FEFF}BEGIN:VEVENT\nUID:a\nEND:VEVENT", []), ("begin:vevent\nuid:a\nend:vevent", []),
        ("BEGIN:VEVENT\rUID:a\rEND:VEVENT\r", []), ("BEGIN:VEVENT\r\r\nUID:a\r\r\nEND:VEVENT\r\r\n", []),
        ("BEGIN:VEVENT\nUID\n\n :a\nEND:VEVENT ", []),
        ("BEGIN:VEVENT\nUID:a\n\nEND:VEVENT\nX-AFTER:b", ["malformed-line"]),
        ("BEGIN:VEVENT\nUID:a\nEND:VEVENTS\nEND:VEVENT", ["malformed-line"]),
    ])
    func files(_ text: String, _ expected: [String]) {
        let decoded = decode(text)
        #expect(codes(decoded) == expected)
        if expected.isEmpty { #expect(decoded.updates.map(\.update.uid) == ["a"]) }
    }

    @Test func bytesThatAreNoUTF8() throws {
        let bytes = Array("BEGIN:VEVENT\nUID:a\nSUMMARY:Z".utf8) + [0xFC] + Array("rich\nEND:VEVENT".utf8)
        let found = try #require(decode(bytes).diagnostics.first)
        #expect(found.code == .invalidUTF8)
        #expect((found.position?.line, found.position?.column) == (3, 10))
        #expect(found.update == 0)
        // A fold may split a character (RFC 5545 §3.1).
        let split =
            Array("BEGIN:VEVENT\nUID:a\nSUMMARY:Z".utf8) + [0xC3, 0x0A, 0x20, 0xBC] + Array("rich\nEND:VEVENT".utf8)
        #expect(decode(split).diagnostics.isEmpty)
        #expect(decode(split).updates.first?.update.name.text == "Zürich")
    }

    @Test func limitsHold() {
        var limits = ReadingLimits()
        limits.nestingDepth = 3
        let nested = String(repeating: "BEGIN:X\n", count: 100_000)
        #expect(codes(decode(nested, limits: limits)) == ["too-large"])
        limits = ReadingLimits()
        limits.nodes = 10
        #expect(codes(decode(calendar("A:b", "A:b", "A:b", "A:b", "A:b"), limits: limits)) == ["too-large"])
        for line in [
            "EXDATE:" + String(repeating: "20270101,", count: 11), "X-A" + String(repeating: ";A=b", count: 11) + ":c",
        ] {
            let finding = decode(calendar(line), limits: limits).diagnostics.first?.message
            #expect(
                finding
                    == "the file has more than 10 parameters and values in lists; split it, or raise the limit")
        }
        limits = ReadingLimits()
        limits.updates = 2
        let events = (1...3).map { "BEGIN:VEVENT\nUID:\($0)\nEND:VEVENT\n" }.joined()
        let many = decode("BEGIN:VCALENDAR\n\(events)END:VCALENDAR", limits: limits)
        #expect(codes(many) == ["too-large"])
        #expect(many.updates.count == 2)
        limits.occurrences = 1
        let dates = (1...3).map { "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:2026010\($0)\nEND:VEVENT\n" }.joined()
        #expect(codes(decode("BEGIN:VCALENDAR\n\(dates)END:VCALENDAR", limits: limits)) == ["too-large"])
    }

    @Test func aFileFullOfFaultsIsReportedInBounds() {
        let lines = (0..<9000).map { "no colon here \($0)" }.joined(separator: "\n")
        let decoded = decode("BEGIN:VEVENT\n\(lines)\nDTSTART:nothing\nEND:VEVENT")
        #expect(decoded.diagnostics.count <= ReadingLimits().diagnostics + 2)
        #expect(codes(decoded).contains("invalid-date"))
    }

    @Test func aZoneMayBeDefinedInTheFile() throws {
        let zone = [
            "BEGIN:VTIMEZONE", "TZID:Village Time", "BEGIN:STANDARD", "DTSTART:19701025T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZOFFSETFROM:+0245", "TZOFFSETTO:+0145", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0145",
            "TZOFFSETTO:+0245", "END:DAYLIGHT", "END:VTIMEZONE",
        ]
        let decoded = decode(
            calendar(
                "DTSTART;TZID=Village Time:20260701T100000", "DTEND;TZID=Village Time:20261225T100000", around: zone))
        #expect(decoded.diagnostics.isEmpty)
        let when = try #require(decoded.updates.first?.update.occurrences.first?.when)
        #expect(when.start?.description == "2026-07-01T10:00:00+02:45")
        #expect(when.end?.description == "2026-12-25T10:00:00+01:45")
        #expect(when.timeZone == nil)
        let empty = decode(
            calendar("DTSTART;TZID=X:20260701T100000", around: ["BEGIN:VTIMEZONE", "TZID:X", "END:VTIMEZONE"]))
        #expect(empty.diagnostics.map(\.severity) == [.warning])
        #expect(empty.updates.first?.update.occurrences.first?.when.timeZone == "X")
    }

    @Test func aLyingZoneNameIsNotTrusted() throws {
        let zone = [
            "BEGIN:VTIMEZONE", "TZID:Pacific Standard Time", "BEGIN:STANDARD", "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0300",
            "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE",
        ]
        let decoded = decode(calendar("DTSTART;TZID=Pacific Standard Time:20260701T100000", around: zone))
        #expect(decoded.updates.first?.update.occurrences.first?.when.start?.description == "2026-07-01T10:00:00+03:00")
    }

    @Test func aRepeatingEventInANamelessZoneGetsOneThatKeepsItsTimes() throws {
        let zone = [
            "BEGIN:VTIMEZONE", "TZID:GMT +0100 (Standard) / GMT +0200 (Daylight)", "BEGIN:STANDARD",
            "DTSTART:16010101T030000",
            "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=10;BYDAY=-1SU",
            "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
            "RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT", "END:VTIMEZONE",
        ]
        let decoded = decode(
            calendar(
                "DTSTART;TZID=\"GMT +0100 (Standard) / GMT +0200 (Daylight)\":20260703T100000", "RRULE:FREQ=WEEKLY",
                around: zone))
        let update = try #require(decoded.updates.first?.update)
        let name = try #require(update.occurrences.first?.when.timeZone)
        #expect(ZoneDatabase.system.isKnown(name))
        #expect(decoded.diagnostics.map(\.code) == [.unknownTimezone])
        #expect(decoded.diagnostics.map(\.severity) == [.warning])
        #expect(update.evidence.map(\.basis) == [.inferred])
    }

    @Test func severalCalendarsInOneFile() {
        func calendar(_ lines: String) -> String {
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\n\(lines)\nEND:VEVENT\nEND:VCALENDAR\n"
        }
        let different = decode(calendar("UID:a") + calendar("UID:b"))
        #expect(different.updates.map(\.update.uid) == ["a", "b"])
        let newer = decode(calendar("UID:a\nSEQUENCE:1\nSUMMARY:old") + calendar("UID:a\nSEQUENCE:2\nSUMMARY:new"))
        #expect(newer.updates.map(\.update.name.text) == ["new"])
        #expect(codes(newer) == ["duplicate-occurrence"])
        #expect(codes(decode(calendar("UID:a\nSUMMARY:x") + calendar("UID:a\nSUMMARY:y"))) == ["ambiguous-intent"])
    }
}
