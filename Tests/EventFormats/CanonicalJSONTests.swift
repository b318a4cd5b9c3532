import Foundation
import Testing

@testable import EventFormats
@testable import EventModel

@Suite struct CanonicalJSONTests {
    private func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: 0..<400) func readsBackWhatItWrote(seed: Int) throws {
        var samples = JSONSampleUpdates(seed: UInt64(seed + 1))
        let update = samples.update()
        let bytes = CanonicalJSON.bytes(of: update)
        #expect(try CanonicalJSON.read(bytes) == update)
        let content = CanonicalJSON.bytes(of: update.essence)
        #expect(try CanonicalJSON.read(content) == update.essence)
        _ = try JSONSerialization.jsonObject(with: Data(bytes))
        #expect(!bytes.contains(0x0A), "one update is one line")
    }

    @Test func writesTheKeysInOrder() throws {
        var update = EventUpdate(
            uid: "gala-1", name: LanguageText("Gala", language: "en"),
            receipt: Receipt(
                receivedAt: Instant(microseconds: 1_500_000),
                source: Source(mediaType: "text/plain", sha256: "ab", byteCount: 7)))
        let start = try #require(LocalDate(year: 2026, month: 11, day: 28))
        let time = try #require(LocalDateTime(date: start, hour: 19, minute: 30))
        let hour = try #require(UTCOffset(seconds: 3600))
        var place = Place(name: "Große Bühne")
        place.latitude = 50.93867
        place.longitude = 7
        var occurrence = Occurrence(
            id: "main", when: When(start: .time(time, offset: hour), timeZone: "Europe/Berlin"), place: place)
        occurrence.previousStarts = [.date(start), .time(time, offset: hour)]
        update.occurrences = [occurrence]
        update.extensions = [Extension(vocabulary: "schema.org", name: "offers", content: "{\"price\":1}")]
        #expect(
            String(decoding: CanonicalJSON.bytes(of: update), as: UTF8.self) == """
                {"schema":"tidings/1","kind":"announce","uid":"gala-1","uidOrigin":"stated",\
                "receivedAt":"1970-01-01T00:00:01.500Z","references":[],"status":"scheduled",\
                "name":{"text":"Gala","language":"en"},"language":"","type":"Event","occurrences":[{"id":"main",\
                "when":{"start":"2026-11-28T19:30:00","startOffset":"+01:00","timeZone":"Europe/Berlin",\
                "precision":"minute","recurrenceDates":[],"exceptionDates":[]},\
                "previousStarts":["2026-11-28","2026-11-28T19:30:00+01:00"],"place":{"name":"Große Bühne",\
                "kind":"venue","latitude":50.93867,"longitude":7},"dayAssignment":"each"}],"parties":[],\
                "attendanceMode":"offline","visibility":"public","links":[],"categories":[],\
                "source":{"mediaType":"text/plain","sha256":"ab","byteCount":7},\
                "extensions":{"schema.org":[{"name":"offers","content":"{\\"price\\":1}"}]},"evidence":[]}
                """)
    }

    /// Archives hold hashes of these bytes.
    @Test func anUpdateWithAllFieldsKeepsItsBytes() throws {
        let json = """
            {"schema":"tidings/1","kind":"update","uid":"gala-1","uidOrigin":"derived","sequence":3,"issuedAt":"\
            2026-11-23T20:49:20Z","receivedAt":"2026-11-23T20:49:21.250Z","references":[{"uid":"gala-0","sequenc\
            e":2,"issuedAt":"2026-11-22T08:00:00Z"}],"extent":"partial","status":"rescheduled","name":{"text":"Gala","language":"en\
            "},"description":{"text":"A gala.\\nWith music.","language":"en-GB"},"language":"en","type":"MusicEv\
            ent","occurrences":[{"id":"main","status":"tentative","when":{"start":"2026-11-28T19:30:00","end":"2\
            026-11-28T22:00:00","startOffset":"+01:00","endOffset":"+01:00","timeZone":"Europe/Berlin","precisio\
            n":"minute","recurrenceRule":"FREQ=WEEKLY;COUNT=3","recurrenceDates":["2026-12-24"],"exceptionDates"\
            :["2026-12-05T19:30:00+01:00"],"recurrenceSet":"2026-11-28T19:30:00 14d"},"previousStarts":["2026-11\
            -27","2026-11-27T19:30:00+01:00"],"place":{"name":"Große Bühne","kind":"city","streetAddress":"Dompl\
            atz 1","locality":"Köln","region":"NRW","postalCode":"50667","country":"DE","latitude":50.93867,"lon\
            gitude":7,"geonameID":2886242,"timeZone":"Europe/Berlin"},"onlineURL":"https://example.org/live","da\
            yAssignment":"any"}],"parties":[{"name":"Choir","acronyms":["CH"],"alternateNames":["The Choir"],"ki\
            nd":"person","role":"performer","url":"https://example.org/choir","email":"desk@example.org"}],"atte\
            ndanceMode":"mixed","embargoUntil":"2026-11-24T06:00:00Z","visibility":"private","links":["https://e\
            xample.org/"],"categories":["music"],"source":{"mediaType":"text/plain","sha256":"ab","byteCount":7}\
            ,"extensions":{"schema.org":[{"scope":"main","name":"offers","content":"{\\"price\\":1}"}],"icalenda\
            r":[{"content":"X-A:1"}]},"evidence":[{"fieldPath":"occurrences[0].place.country","basis":"inferred"\
            ,"rule":"gazetteer","byteRanges":[[3,7],[9,12]],"confidence":0.9}]}
            """
        let update = try CanonicalJSON.read(utf8(json))
        #expect(String(decoding: CanonicalJSON.bytes(of: update), as: UTF8.self) == json)
        let essence = [
            ("\"sequence\":3,\"issuedAt\":\"2026-11-23T20:49:20Z\",", ""),
            ("\"receivedAt\":\"2026-11-23T20:49:21.250Z\"", "\"receivedAt\":\"1970-01-01T00:00:00Z\""),
            ("\"extent\":\"partial\",", ""), (",\"recurrenceSet\":\"2026-11-28T19:30:00 14d\"", ""),
            ("\"text/plain\",\"sha256\":\"ab\",\"byteCount\":7", "\"\",\"sha256\":\"\",\"byteCount\":0"),
            (
                "[{\"fieldPath\":\"occurrences[0].place.country\",\"basis\":\"inferred\",\"rule\":\"gazetteer\","
                    + "\"byteRanges\":[[3,7],[9,12]],\"confidence\":0.9}]", "[]"
            ),
        ].reduce(json) { $0.replacing($1.0, with: $1.1) }
        #expect(String(decoding: CanonicalJSON.bytes(of: update.essence), as: UTF8.self) == essence)
        expectAllSaid(update)
        let occurrence = try #require(update.occurrences.first)
        expectAllSaid(occurrence)
        expectAllSaid(occurrence.when)
        expectAllSaid(try #require(occurrence.place))
        for party in update.parties { expectAllSaid(party) }
        for reference in update.references { expectAllSaid(reference) }
        for evidence in update.evidence { expectAllSaid(evidence) }
    }

    /// Every field of the table has a key of its own in the sample.
    private func expectAllSaid<Root: Record>(_ record: Root) {
        for field in Root.fields {
            #expect(withUnsafePointer(to: record) { field.isStated($0) }, "\(Root.self).\(field.name)")
        }
    }

    @Test func aTimeIsAsExactAsItsStartUnlessItSaysOtherwise() throws {
        func when(_ members: String) throws -> When? {
            let json = """
                {"schema":"tidings/1","uid":"u","name":{},"receivedAt":"2026-11-23T20:49:20Z","source":{},\
                "occurrences":[{"when":{\(members)}}]}
                """
            return try CanonicalJSON.read(utf8(json)).occurrences.first?.when
        }
        #expect(try when("\"start\":\"2026-11-28T10:00:00\"")?.precision == .minute)
        #expect(try when("\"start\":\"2026-11-28\"")?.precision == .day)
        #expect(try when("\"precision\":\"year\",\"start\":\"2026-01-01\"")?.precision == .year)
        let early = try when("\"startOffset\":\"+01:00\",\"start\":\"2026-11-28T10:00:00\"")
        #expect(early?.start?.description == "2026-11-28T10:00:00+01:00")
    }

    @Test func contentIgnoresReceiptEvidenceAndSequence() {
        var samples = JSONSampleUpdates(seed: 7)
        let update = samples.update()
        var again = update
        again.receipt.receivedAt = Instant(microseconds: 99)
        again.sequence = 77
        again.receipt.source.sha256 = "other"
        again.evidence = []
        #expect(CanonicalJSON.bytes(of: update.essence) == CanonicalJSON.bytes(of: again.essence))
        again.uid += "x"
        #expect(CanonicalJSON.bytes(of: update.essence) != CanonicalJSON.bytes(of: again.essence))
    }

    @Test(arguments: [
        ("{", "byte 0: the file ends before what begins here is closed; send the whole file again"),
        ("[]", "byte 0: expected an object"),
        (
            "{\"schema\":\"tidings/1\"}",
            "byte 0: schema, uid, receivedAt, name and source must each stand here once"
        ),
        ("{\"schema\":\"tidings/2\"}", "schema at byte 10: expected \"tidings/1\""),
        ("{\"colour\":1}", "colour at byte 10: tidings/1 has no such key"),
        ("{\"uid\":7}", "uid at byte 7: expected a text in quotes"),
        ("{\"sequence\":1.5}", "sequence at byte 12: expected a whole number"),
        ("{\"kind\":\"x\"}", "kind at byte 8: expected one of announce, update, cancel"),
        (
            "{\"occurrences\":[{},{\"when\":{\"start\":\"2026-02-30\"}}]}",
            "occurrences[1].when.start at byte 36: expected a date such as 2026-11-28 or a time such as "
                + "2026-11-28T10:00:00"
        ),
        (
            "{\"occurrences\":[{\"when\":{\"start\":\"2026-02-20\",\"startOffset\":\"+01:00\"}}]}",
            "occurrences[0].when at byte 24: an offset needs a time of day"
        ),
        ("{\"receivedAt\":\"noon\"}", "receivedAt at byte 14: expected a time such as 2026-11-23T20:49:20Z"),
        (
            "{\"evidence\":[{\"byteRanges\":[[3,1]]}]}",
            "evidence[0].byteRanges[0] at byte 28: expected [first byte, byte after the last]"
        ),
    ])
    func saysWhatIsWrong(json: String, message: String) {
        let error = #expect(throws: CanonicalJSONError.self) { try CanonicalJSON.read(utf8(json)) }
        #expect(error?.description == message)
    }

    @Test(arguments: ["9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59.500Z"])
    func keepsInstantsAtTheEdges(text: String) throws {
        let instant = try Array(text.utf8).withUnsafeBufferPointer { try Instant(json: $0) }
        #expect(instant.description == text)
        var json = JSONWriter()
        json.instant(instant)
        #expect(json.text == "\"\(text)\"")
        var outside = JSONWriter()
        outside.instant(Instant(microseconds: .max))
        #expect(outside.text == "\"@9223372036854775807us\"")
    }
}
