import EventFormats
import EventModel
import Reading
import Testing

/// Every number that a file can state, at its extremes: nothing ends the process, and what was read can be written and
/// read again.
@Suite struct NumberExtremesTests {
    static let numbers = [
        "-9223372036854775809", "-9223372036854775808", "-9223372036854775807", "-2147483649", "-2147483648", "-1",
        "-0",
        "0", "00000000000000000000000000000000001", "366", "2147483647", "2147483648", "4294967296",
        "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e400", "-1e400", "NaN", "inf",
        "99999999999999999999999999999999999999999999999999999999", "+5", "5.", ".5", "٣", "",
    ]

    static let calendarLines = [
        "SEQUENCE:%", "PRIORITY:%", "DTSTART:%", "DTSTART:%0101", "DTSTART:2027%01", "DTSTART:20270101T%0000Z",
        "DTEND:%", "DURATION:P%D", "DURATION:P%W", "DURATION:PT%H", "DURATION:PT%S", "DURATION:-P%DT%M",
        "DURATION:P999999999W999999999W999999999W999999999WT%S", "GEO:%;%", "GEO:1;%", "DTSTAMP:%",
        "LAST-MODIFIED:%", "RECURRENCE-ID:%", "RDATE:%,20270101T%00Z", "RDATE;VALUE=PERIOD:20270101T000000Z/PT%H",
        "EXDATE:%", "RRULE:FREQ=DAILY;COUNT=%", "RRULE:FREQ=DAILY;INTERVAL=%", "RRULE:FREQ=DAILY;UNTIL=%",
        "RRULE:FREQ=MONTHLY;BYDAY=%SU", "RRULE:FREQ=YEARLY;BYMONTH=%", "RRULE:FREQ=MONTHLY;BYMONTHDAY=%",
        "RRULE:FREQ=YEARLY;BYYEARDAY=%", "RRULE:FREQ=YEARLY;BYWEEKNO=%;BYDAY=MO", "RRULE:FREQ=DAILY;BYHOUR=%",
        "RRULE:FREQ=DAILY;BYMINUTE=%", "RRULE:FREQ=DAILY;BYSECOND=%", "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=%",
        "X-TIDINGS-PLACE;LATITUDE=%;LONGITUDE=%;GEONAME=%:P", "X-TIDINGS-REFERENCE;SEQUENCE=%;ISSUED=%:r",
        "REFRESH-INTERVAL:P%D", "BEGIN:VALARM\r\nTRIGGER:-P%D\r\nREPEAT:%\r\nEND:VALARM",
    ]

    static let zoneLines = [
        "TZOFFSETFROM:%", "TZOFFSETTO:%", "TZOFFSETTO:+%", "DTSTART:%", "DTSTART:%0101T000000",
        "RRULE:FREQ=YEARLY;BYMONTH=%;BYDAY=-1SU", "RRULE:FREQ=YEARLY;BYDAY=%SU", "RRULE:FREQ=YEARLY;INTERVAL=%",
        "RRULE:FREQ=DAILY;COUNT=%", "RRULE:FREQ=YEARLY;UNTIL=%", "RDATE:%",
    ]

    /// With and without quotes.
    static let members = [
        "\"sequence\": %", "\"startDate\": %", "\"endDate\": %", "\"duration\": \"P%D\"", "\"duration\": \"PT%H\"",
        "\"duration\": \"P%Y%M%DT%S\"", "\"dateModified\": %", "\"dateModified\": \"@%us\"",
        "\"startDate\": \"%-01-01T00:00:00+00:00\"", "\"startDate\": \"2027-01-01T00:00:00+%:00\"",
        "\"previousStartDate\": %",
        "\"location\": {\"@type\": \"Place\", \"geo\": {\"latitude\": %, \"longitude\": %}}",
        "\"offers\": {\"price\": %}", "\"maximumAttendeeCapacity\": %",
        "\"subEvent\": {\"@type\": \"Event\", \"startDate\": %}",
        "\"eventSchedule\": {\"@type\": \"Schedule\", \"repeatFrequency\": \"P%D\", \"startDate\": \"2027-01-01\"}",
    ]
    static let scheduleTerms = [
        "repeatCount", "byMonth", "byMonthDay", "byMonthWeek", "byDay", "startTime", "endTime", "endDate", "duration",
        "exceptDate",
    ]

    static let texts = [
        "Date: % March 2027", "Date: March %, 2027", "Date: 1 March %", "Date: %/%/%", "Date: 2027-%-%",
        "Date: 1.%.2027", "Time: %:00", "Time: 10:%", "Time: % pm", "Time: 10:00+%:00", "Year: %", "Sequence: %",
        "On % and % March %, at % o'clock.", "Embargo-Until: %", "Duration: % hours", "March %-%, 2027",
    ]

    private func survives(_ bytes: [UInt8]) {
        let context = ReadingContext(receivedAt: Instant(microseconds: 1_790_000_000_000_000), sha256: "00")
        let decoded = readUpdates(bytes, context: context)
        for update in decoded.updates.map(\.update) {
            #expect(throws: Never.self) { try CanonicalJSON.read(CanonicalJSON.bytes(of: update)) }
            #expect(!readUpdates(JSONLDWriter.write([update]), context: context).updates.isEmpty)
            #expect(readUpdates(ICalendarWriter.write([update]), context: context).format == .icalendar)
        }
        #expect(!decoded.updates.isEmpty || !decoded.diagnostics.isEmpty)
    }

    @Test(arguments: calendarLines) func ofAnEvent(_ line: String) {
        for number in NumberExtremesTests.numbers {
            let stated = line.replacing("%", with: number)
            survives(Array(calendar("SUMMARY:N", "LOCATION:L", "DTSTAMP:20260101T000000Z", stated).utf8))
            survives(Array(calendar("SUMMARY:N", "DTSTART:20270503T100000Z", "DTEND:20270503T110000Z", stated).utf8))
        }
    }

    @Test(arguments: zoneLines) func ofAZone(_ line: String) {
        for number in NumberExtremesTests.numbers {
            let zone = [
                "BEGIN:VTIMEZONE", "TZID:Own", "BEGIN:STANDARD", line.replacing("%", with: number),
                "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "DTSTART:19701025T030000", "END:STANDARD", "END:VTIMEZONE",
            ]
            survives(
                Array(calendar("SUMMARY:N", "DTSTART;TZID=Own:20270503T100000", "RRULE:FREQ=WEEKLY", around: zone).utf8)
            )
        }
    }

    @Test(arguments: members) func ofAnObject(_ member: String) {
        for number in NumberExtremesTests.numbers {
            for value in [number, "\"\(number)\""] {
                let stated = member.replacing("%", with: member.contains("\": %") ? value : number)
                survives(
                    Array(#"{"@context":"https://schema.org","@type":"Event","name":"N",\#(stated)}"#.utf8))
            }
        }
    }

    @Test(arguments: scheduleTerms) func ofASchedule(_ term: String) {
        for number in NumberExtremesTests.numbers {
            for value in [number, "\"\(number)\"", "\"P\(number)D\"", "[\(number), 1]"] {
                let schedule =
                    #"{"@type":"Schedule","repeatFrequency":"P1W","startDate":"2027-01-01","byDay":"Monday","\#(term)":\#(value)}"#
                survives(
                    Array(
                        #"{"@context":"https://schema.org","@type":"Event","name":"N","eventSchedule":\#(schedule)}"#
                            .utf8))
            }
        }
    }

    @Test(arguments: texts) func ofAText(_ line: String) {
        for number in NumberExtremesTests.numbers {
            survives(
                Array("A concert in London\n\n\(line.replacing("%", with: number))\nPlace: Town Hall, London\n".utf8))
        }
    }

    @Test(arguments: ["sequence", "byteCount", "geonameID", "latitude", "recurrenceSet", "issuedAt"])
    func ofTheCanonicalForm(_ key: String) throws {
        let decoded = decode(
            calendar(
                "SUMMARY:N", "DTSTAMP:20260101T000000Z", "SEQUENCE:1", "GEO:1;1", "DTSTART:20270503", "RRULE:FREQ=DAILY"
            ))
        let update = try #require(decoded.updates.first?.update)
        let text = String(decoding: CanonicalJSON.bytes(of: update), as: UTF8.self)
        let member = try Regex("\"\(key)\":(\"[^\"]*\"|[0-9.]+)")
        for number in NumberExtremesTests.numbers {
            for value in [number, "\"\(number)\"", "\"@\(number)us\"", "\"2027-01-01 \(number)dx\(number)\""] {
                let bytes = Array(text.replacing(member, with: "\"\(key)\":\(value)").utf8)
                // What cannot be read is an error, and no trap.
                if let read = try? CanonicalJSON.read(bytes) { survives(CanonicalJSON.bytes(of: read)) }
            }
        }
    }
}
