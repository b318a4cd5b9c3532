import EventFormats
import EventModel
import Testing

private func written(_ updates: [EventUpdate], _ change: (inout ICalendarWriter.Options) -> Void = { _ in }) -> [String]
{
    var options = ICalendarWriter.Options()
    change(&options)
    let text = String(decoding: ICalendarWriter.write(updates, options: options), as: UTF8.self)
    return text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
}

private func day(_ year: Int, _ month: Int, _ day: Int) throws -> LocalDate {
    try #require(LocalDate(year: year, month: month, day: day))
}

private func time(_ year: Int, _ month: Int, _ day: Int, _ hour: Int) throws -> LocalDateTime {
    let date = try #require(LocalDate(year: year, month: month, day: day))
    return try #require(LocalDateTime(date: date, hour: hour, minute: 0))
}

func plainUpdate(_ uid: String = "e1", name: String = "Reading") -> EventUpdate {
    EventUpdate(
        uid: uid, name: LanguageText(name),
        receipt: Receipt(
            receivedAt: Instant(microseconds: 1_790_000_000_000_000),
            source: Source(mediaType: "text/plain", sha256: "", byteCount: 0)))
}

@Suite struct ICalendarWriterTests {
    @Test func anEventOfTwoDays() throws {
        var update = plainUpdate()
        update.sequence = 2
        update.kind = .update
        update.issuedAt = Instant(microseconds: 1_780_000_000_000_000)
        update.occurrences = [
            Occurrence(id: "main", when: When(start: .date(try day(2026, 11, 28)), end: .date(try day(2026, 11, 29))))
        ]
        #expect(
            written([update]) == [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tidingsd//tidingsd//EN", "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                "BEGIN:VEVENT", "UID:e1", "DTSTAMP:20260528T202640Z", "SEQUENCE:2", "DTSTART;VALUE=DATE:20261128",
                "DTEND;VALUE=DATE:20261130", "SUMMARY:Reading", "STATUS:CONFIRMED",
                "END:VEVENT", "END:VCALENDAR",
            ])
    }

    @Test func aZoneIsDefinedWhereItIsUsed() throws {
        var update = plainUpdate()
        update.occurrences = [
            Occurrence(
                id: "main", when: When(start: .time(try time(2026, 11, 28, 10), offset: nil), timeZone: "Europe/Zurich")
            )
        ]
        let lines = written([update])
        #expect(lines.contains("DTSTART;TZID=Europe/Zurich:20261128T100000"))
        let start = try #require(lines.firstIndex(of: "BEGIN:VTIMEZONE"))
        let end = try #require(lines.firstIndex(of: "END:VTIMEZONE"))
        #expect(
            Array(lines[start...end]) == [
                "BEGIN:VTIMEZONE", "TZID:Europe/Zurich", "BEGIN:STANDARD", "DTSTART:20250101T000000",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0100", "TZNAME:CET", "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:20250330T020000",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST",
                "END:DAYLIGHT", "BEGIN:STANDARD", "DTSTART:20251026T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "END:STANDARD", "END:VTIMEZONE",
            ])
        #expect(written([update, plainUpdate("e2"), update]).filter { $0 == "BEGIN:VTIMEZONE" }.count == 1)
    }

    /// The definition we write means the same as the zone it is of: read back under a name that nobody knows, it gives
    /// the same offsets.
    @Test(arguments: [
        "Europe/Zurich", "America/New_York", "Europe/Dublin", "Africa/Casablanca", "Asia/Gaza", "America/Nuuk",
        "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "Europe/London", "UTC",
    ])
    func aZonesDefinitionIsTrue(_ zone: String) throws {
        for year in [2011, 2026, 2031] {
            for month in 1...12 {
                var update = plainUpdate()
                let start = try time(year, month, 15, 12)
                update.occurrences = [
                    Occurrence(id: "main", when: When(start: .time(start, offset: nil), timeZone: zone))
                ]
                let text = String(decoding: ICalendarWriter.write([update]), as: UTF8.self)
                let alias = text.replacing("TZID:\(zone)", with: "TZID:nameless").replacing(
                    "TZID=\(zone)", with: "TZID=nameless")
                let moment = try #require(decode(alias).updates.first?.update.occurrences.first?.when.start)
                let offset = try #require(moment.offset)
                #expect(ZoneDatabase.system.offsets(of: start, in: zone) == .one(offset), "\(zone) \(start)")
            }
        }
    }

    @Test func severalPlacesBecomeSeveralEvents() throws {
        var update = plainUpdate("protest-2026", name: "Nine cities")
        update.occurrences = [("paris", "Paris"), ("rome", "Rome")].map { id, city in
            Occurrence(id: id, when: When(), place: Place(name: city, kind: .city))
        }
        let lines = written([update])
        #expect(lines.filter { $0.hasPrefix("UID:") } == ["UID:protest-2026/paris", "UID:protest-2026/rome"])
        #expect(lines.filter { $0.hasPrefix("RELATED-TO") } == ["RELATED-TO:protest-2026", "RELATED-TO:protest-2026"])
        #expect(lines.filter { $0.hasPrefix("LOCATION") } == ["LOCATION:Paris", "LOCATION:Rome"])
        let back = decode(ICalendarWriter.write([update]))
        #expect(back.updates.map(\.update.content) == [update.content])
    }

    @Test func whatIsOffIsShownAsOff() throws {
        var update = plainUpdate()
        update.status = .postponed
        var occurrence = Occurrence(id: "main", when: When(timeZone: "Europe/Rome"))
        occurrence.previousStarts = [.time(try time(2026, 11, 28, 10), offset: nil)]
        update.occurrences = [occurrence]
        let lines = written([update])
        #expect(lines.contains("STATUS:CANCELLED"))
        #expect(lines.contains("DTSTART;TZID=Europe/Rome:20261128T100000"))
        #expect(lines.contains("X-TIDINGS-STATUS:postponed"))
        update.status = .movedOnline
        #expect(written([update]).contains("STATUS:CONFIRMED"))
    }

    @Test func aCancellationIsAMessageUnlessItIsPublished() {
        var update = plainUpdate()
        update.kind = .cancel
        update.status = .cancelled
        #expect(written([update]).contains("METHOD:PUBLISH"))
        #expect(written([update]) { $0.publishing = false }.contains("METHOD:CANCEL"))
        #expect(written([update, plainUpdate()]) { $0.publishing = false }.contains("METHOD:PUBLISH"))
    }

    @Test func linesAreFoldedBetweenCharacters() {
        let update = plainUpdate(name: String(repeating: "Zürich – 東京 🎷 ", count: 40))
        let bytes = ICalendarWriter.write([update])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(Array(text.utf8) == bytes)
        #expect(!text.unicodeScalars.contains("\u{FFFD}"))
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) { #expect(line.utf8.count <= 75) }
        #expect(text.hasSuffix("END:VCALENDAR\r\n"))
        #expect(!text.replacing("\r\n", with: "").utf8.contains(0x0A))
    }

    @Test func theCalendarItselfIsNamed() {
        let lines = written([]) { options in
            options.calendarName = "City, all of it"
            options.refreshSeconds = 3600
        }
        #expect(lines.contains("X-WR-CALNAME:City\\, all of it"))
        #expect(lines.contains("REFRESH-INTERVAL;VALUE=DURATION:PT3600S"))
        #expect(!lines.contains("BEGIN:VEVENT"))
    }

    @Test func textsCannotBreakOut() throws {
        let update = plainUpdate(name: "a\nEND:VEVENT\nb;c,d\\e\r\nf\u{7}")
        let back = try #require(decode(ICalendarWriter.write([update])).updates.first?.update)
        #expect(back.name.text == "a\nEND:VEVENT\nb;c,d\\e\nf")
        var party = Party(name: "x\":;,^\nEND:VEVENT", kind: .organization, role: .organizer)
        party.email = "a@b"
        var other = plainUpdate()
        other.parties = [party]
        #expect(decode(ICalendarWriter.write([other])).updates.first?.update.parties == [party])
    }
}
