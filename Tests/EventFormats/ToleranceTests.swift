import EventModel
import Reading
import Testing

@testable import EventFormats

/// What an event can do without never keeps it from being accepted: it is left out, with a warning.
@Suite struct ToleranceTests {
    /// `severity code field` of each finding, and the quoted words of its message.
    private func findings(_ decoded: Decoded) -> [String] {
        decoded.diagnostics.map { "\($0.severity.word) \($0.code.rawValue) \($0.field)" }
    }

    private func only(_ decoded: Decoded) throws -> EventUpdate {
        try #require(decoded.updates.count == 1)
        return decoded.updates[0].update
    }

    private static let start = "DTSTART;TZID=Europe/Vienna:20270918T201500\r\nSUMMARY:Recital"

    @Test(arguments: [
        (
            "DTEND;TZID=Europe/Vienna:20270918T194500", "warning start-after-end occurrences[0].when.end",
            "20270918T194500"
        ),
        ("DTEND;VALUE=DATE:20270919", "warning mixed-date-and-datetime occurrences[0].when.end", "'20270919'"),
        ("DTEND:20270931T210000", "warning value-left-out occurrences[0].when.end", "20270931T210000"),
        ("DTEND;TZID=Moon/Base:20270918T214500", "warning value-left-out occurrences[0].when.end", "Moon/Base"),
        (
            "DTEND;TZID=Europe/Vienna:20270918T214500Z", "warning value-left-out occurrences[0].when.end",
            "Europe/Vienna"
        ),
        ("DURATION:two hours", "warning value-left-out occurrences[0].when.end", "two hours"),
        ("DURATION:-PT30M", "warning start-after-end occurrences[0].when.end", "-PT30M"),
        (
            "DTEND:20270918T200000Z\r\nDTEND:20270918T210000Z", "warning value-left-out occurrences[0].when.end",
            "20270918T210000Z"
        ),
    ])
    func aBadEndCostsTheEnd(_ lines: String, _ finding: String, _ quoted: String) throws {
        let decoded = decode(calendar(Self.start, lines))
        #expect(findings(decoded) == [finding])
        #expect(decoded.diagnostics.first?.message.contains(quoted) == true)
        let when = try #require(try only(decoded).occurrences.first).when
        #expect(when.start?.description == "2027-09-18T20:15:00")
        #expect(when.end == nil)
    }

    @Test func ofADayAndAnHourTheDayStays() throws {
        let decoded = decode(calendar("DTSTART;VALUE=DATE:20270501", "DTEND:20270501T233000Z", "SUMMARY:May fair"))
        #expect(findings(decoded) == ["warning mixed-date-and-datetime occurrences[0].when.end"])
        let when = try #require(try only(decoded).occurrences.first).when
        #expect((when.start?.description, when.end) == ("2027-05-01", nil))
        let hours = decode(calendar("DTSTART;VALUE=DATE:20270501", "DURATION:PT5H"))
        #expect(findings(hours) == ["warning mixed-date-and-datetime occurrences[0].when.end"])
    }

    @Test func theEndCountsBesideADuration() throws {
        let decoded = decode(
            calendar(Self.start, "DTEND;TZID=Europe/Vienna:20270918T230000", "DURATION:PT45M"))
        #expect(findings(decoded) == ["warning dtend-and-duration occurrences[0].when.end"])
        #expect(try only(decoded).occurrences.first?.when.end?.description == "2027-09-18T23:00:00")
    }

    @Test(arguments: [
        ("SEQUENCE:4294967296", "warning sequence-too-large sequence"),
        ("SEQUENCE:-7", "warning negative-sequence sequence"),
        ("SEQUENCE:1.5", "warning value-left-out sequence"),
        ("LAST-MODIFIED:00000000T000000Z", "warning value-left-out issuedAt"),
        ("DTSTAMP;TZID=Nowhere:20270101T000000", "warning value-left-out issuedAt"),
        ("GEO:", "warning geo-out-of-range occurrences[0].place.latitude"),
        ("GEO:91;8", "warning geo-out-of-range occurrences[0].place.latitude"),
        ("GEO:46;-200", "warning geo-out-of-range occurrences[0].place.longitude"),
        ("URL:stadthalle.example/programm", "warning invalid-uri links"),
        ("URL:file:///etc/passwd", "warning invalid-uri links"),
        ("SUMMARY:Another title", "warning value-left-out name.text"),
        ("DESCRIPTION:bell\u{7} and form\u{C}feed", "warning control-character "),
        ("DESCRIPTION:next\u{9C}page", "warning control-character description.text"),
        ("DESCRIPTION;LANGUAGE=German:Text", "warning invalid-language description.text"),
        ("this is no line", "warning malformed-line "),
    ])
    func whatIsIncidentalIsLeftOut(_ line: String, _ finding: String) throws {
        let decoded = decode(calendar(Self.start, line))
        #expect(findings(decoded) == [finding])
        #expect(decoded.diagnostics.map(\.update) == [0])
        let update = try only(decoded)
        #expect((update.sequence, update.issuedAt, update.links) == (nil, nil, []))
        #expect(update.name.text == "Recital")
        #expect(update.occurrences.first?.place?.latitude == nil)
        let scalars = "\(update.description?.text ?? "")\(update.extensions)".unicodeScalars
        #expect(!scalars.contains(where: ControlCharacter.isForbidden))
    }

    @Test(arguments: [("pt_BR", "pt-BR"), ("de_AT.UTF-8", "de-AT"), ("sr_RS@latin", "sr-RS"), ("Welsh", ""), ("e", "")])
    func namesOfLocalesAreTags(_ stated: String, _ taken: String) throws {
        let decoded = decode(calendar("SUMMARY;LANGUAGE=\(stated):Recital", "DTSTART:20270918"))
        #expect(findings(decoded) == ["warning invalid-language name.text"])
        #expect(decoded.diagnostics.first?.message.contains("'\(stated)'") == true)
        let update = try only(decoded)
        #expect((update.name.language, update.language) == (taken, taken))
    }

    @Test(arguments: [
        (#""url":"theatre.example/hamlet""#, "warning invalid-uri links"),
        (#""performer":{"@type":"Person","name":"Ada","url":"ada.example"}"#, "warning invalid-uri parties"),
        (#""sponsor":[{"name":"Bank","url":"//bank.example"}]"#, "warning invalid-uri parties"),
        (#""endDate":"2027-13-01""#, "warning value-left-out occurrences[0].when.end"),
        (#""endDate":"2027-09-18""#, "warning mixed-date-and-datetime occurrences[0].when.end"),
        (
            #""endDate":"2027-09-18T20:15:00-05:00","tidings:timeZone":"Europe/Vienna""#,
            "warning value-left-out occurrences[0].when.end"
        ),
        (#""location":["Hall",7]"#, "warning value-left-out occurrences[0].place"),
        (#""duration":"long""#, "warning value-left-out occurrences[0].when.end"),
        (#""dateModified":"0000-12-31T00:00:00Z""#, "warning value-left-out issuedAt"),
        (#""previousStartDate":"last week""#, "warning value-left-out occurrences[0].previousStarts"),
        (#""sequence":4294967296"#, "warning sequence-too-large sequence"),
        (#""sequence":"99999999999999999999""#, "warning sequence-too-large sequence"),
        (#""inLanguage":"de_AT""#, "warning invalid-language language"),
        (#""description":"bell\u0007""#, "warning control-character description.text"),
        (#""description":"\u0000""#, "error control-character description.text"),
        (#""tidings:precision":"hour""#, "warning value-left-out occurrences[0].when"),
        (#""tidings:exceptionDates":["soon"]"#, "held unreadable-exception occurrences[0].when.exceptionDates"),
        (#""tidings:embargoUntil":"noon""#, "error invalid-date embargoUntil"),
    ])
    func theSameHoldsInJSON(_ members: String, _ finding: String) throws {
        let decoded = JSONLDReading.read(
            JSONLDReading.event(#""startDate":"2027-09-18T20:15:00+02:00","location":"Hall",\#(members)"#))
        #expect(findings(decoded).filter { !$0.contains("offset-disagrees") } == [finding])
        #expect(decoded.diagnostics.allSatisfy { $0.update == 0 })
        let update = try only(decoded)
        #expect((update.links, update.sequence, update.occurrences.first?.when.end) == ([], nil, nil))
        #expect(update.parties.allSatisfy { $0.url == nil })
    }

    @Test func aPlaceOnTheMapStaysWithoutItsCoordinates() throws {
        let named = decode(calendar("LOCATION:Town hall", "GEO:999;999", "DTSTART:20270918"))
        #expect(try only(named).occurrences.first?.place == Place(name: "Town hall"))
        let bare = decode(calendar("GEO:999;999", "DTSTART:20270918"))
        #expect(try only(bare).occurrences.first?.place == nil)
    }

    /// What a person says is examined together with what the file says.
    @Test func aCorrectedStartMayMendTheEnd() throws {
        let file = Array(calendar("DTSTART:20270919T200000Z", "DTEND:20270918T220000Z").utf8)
        let context = ReadingContext(receivedAt: Instant(microseconds: 1_790_000_000_000_000), sha256: "")
        let start = Correction("occurrences[0].when.start", "2027-09-18T20:00:00")
        let end = Correction("occurrences[0].when.end", "2027-09-18")
        let refusal = #expect(throws: CorrectionFault.self) {
            try readUpdates(file, context: context, ruling: .accept, corrections: [end])
        }
        #expect(refusal?.description.contains("the end '2027-09-18' has none") == true)
        let mended = try readUpdates(file, context: context, ruling: .accept, corrections: [start])
        #expect(mended.diagnostics.isEmpty)
        #expect(mended.updates.first?.update.occurrences.first?.when.end?.description == "2027-09-18T22:00:00")
    }
}
