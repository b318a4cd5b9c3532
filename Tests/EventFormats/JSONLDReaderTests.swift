import EventModel
import Foundation
import Reading
import Testing

@testable import EventFormats

/// Reads a document and shows what came of it.
struct JSONLDReading {
    static let context = ReadingContext(receivedAt: Instant(microseconds: 0), sha256: "00")

    static func read(_ json: String, context: ReadingContext = context) -> Decoded {
        readUpdates(Array(json.utf8), context: context)
    }

    /// An event with the members given on its second line, behind type, identifier and name.
    static func event(_ members: String) -> String {
        #"{"@context":"https://schema.org","@type":"Event","identifier":"e1","name":"Gala""#
            + (members.isEmpty ? "" : ",\n") + members + "}"
    }

    static func one(_ members: String) throws -> EventUpdate {
        let decoded = read(event(members))
        #expect(decoded.diagnostics.isEmpty, "\(decoded.diagnostics)")
        return try #require(decoded.updates.first).update
    }

    static func findings(_ json: String, context: ReadingContext = context) -> [String] {
        read(json, context: context).diagnostics.map { item in
            let place = item.position.map { "\($0.line):\($0.column)" } ?? "-"
            return "\(item.code.rawValue) \(item.severity.word) \(item.field) \(place)"
        }
    }
}

@Suite struct JSONLDReaderTests {
    private func one(_ members: String) throws -> EventUpdate { try JSONLDReading.one(members) }

    @Test func readsAWholeEvent() throws {
        let update = try one(
            #"""
            "description":{"@value":"Ein Abend","@language":"de"},"startDate":"2026-11-28T19:30:00+01:00",
            "endDate":"2026-11-28T22:00:00+01:00","dateModified":"2026-11-20T08:00:00.250Z","sequence":3,
            "inLanguage":"de","eventAttendanceMode":"https://schema.org/OfflineEventAttendanceMode",
            "location":{"@type":"Place","@id":"urn:loc:1","name":"Große Bühne","address":{"@type":"PostalAddress",
            "streetAddress":"Marktplatz 1","addressLocality":"Köln","postalCode":"50667","addressCountry":"de"},
            "geo":{"@type":"GeoCoordinates","latitude":50.93867,"longitude":"6.95972"}},
            "organizer":{"@type":"Organization","name":"Bühne e.V.","email":"mailto:a@example.org","url":"https://b.example"},
            "performer":[{"@type":"Person","name":"Ada"},{"@type":"MusicGroup","name":"Quartett"},"Chor"],
            "offers":[ {"@type":"Offer", "price":"10"} ],"keywords":"Musik, Gala ,","url":"https://e.example/1",
            "sameAs":["https://e.example/2"],"attendee":{"@type":"Person","name":"Nobody"},"doorTime":"19:00"
            """#)
        #expect(update.kind == .announce)
        #expect(update.uid == "e1")
        #expect(update.sequence == 3)
        #expect(update.issuedAt?.description == "2026-11-20T08:00:00.250Z")
        #expect(update.name == LanguageText("Gala"))
        #expect(update.description == LanguageText("Ein Abend", language: "de"))
        #expect(update.language == "de")
        #expect(update.links == ["https://e.example/1", "https://e.example/2"])
        #expect(update.categories == ["Musik", "Gala"])
        #expect(update.receipt.source.mediaType == "application/ld+json")
        let occurrence = try #require(update.occurrences.first)
        #expect(update.occurrences.count == 1)
        #expect(occurrence.id == "main")
        #expect(occurrence.when.start?.description == "2026-11-28T19:30:00+01:00")
        #expect(occurrence.when.end?.description == "2026-11-28T22:00:00+01:00")
        #expect(occurrence.when.precision == .minute)
        #expect(occurrence.when.timeZone == nil)
        let place = try #require(occurrence.place)
        #expect(place.name == "Große Bühne")
        #expect(place.kind == .venue)
        #expect(place.streetAddress == "Marktplatz 1")
        #expect(place.locality == "Köln")
        #expect(place.country == "DE")
        #expect(place.latitude == 50.93867)
        #expect(place.longitude == 6.95972)
        #expect(update.parties.map(\.name) == ["Bühne e.V.", "Ada", "Quartett", "Chor"])
        #expect(update.parties.map(\.role) == [.organizer, .performer, .performer, .performer])
        #expect(update.parties.map(\.kind) == [.organization, .person, .organization, .organization])
        #expect(update.parties[0].email == "a@example.org")
        #expect(
            update.extensions.map { "\($0.scope)|\($0.name)|\($0.content)" } == [
                #"|doorTime|"19:00""#, #"|offers|[{"@type":"Offer","price":"10"}]"#,
                #"|parties[2].@type|"MusicGroup""#, #"main|location.@id|"urn:loc:1""#,
            ])
    }

    @Test(
        arguments: [
            (#""startDate":"2026-11-28""#, "2026-11-28", Precision.day, nil),
            (#""startDate":"2026-11""#, "2026-11-01", .month, nil),
            (#""startDate":"2026""#, "2026-01-01", .year, nil),
            (#""startDate":"2026-11-28T19:30""#, "2026-11-28T19:30:00", .minute, nil),
            (#""startDate":"2026-11-28 19:30:15""#, "2026-11-28T19:30:15", .minute, nil),
            (#""startDate":"2026-11-28T19:30Z""#, "2026-11-28T19:30:00", .minute, "Etc/UTC"),
            (#""startDate":"2026-11-28T19:30:00.5-0500""#, "2026-11-28T19:30:00-05:00", .minute, nil),
            (#""startDate":{"@type":"Date","@value":"2026-11-28"}"#, "2026-11-28", .day, nil),
            (#""startDate":"2024-02-29""#, "2024-02-29", .day, nil),
            (
                #""startDate":"2026-11-28T19:30Z","endDate":"2026-11-28T23:00+01:00""#, "2026-11-28T19:30:00+00:00",
                .minute, nil
            ),
        ] as [(String, String, Precision, String?)])
    func readsTimes(members: String, start: String, precision: Precision, zone: String?) throws {
        let when = try #require(try one(members).occurrences.first).when
        #expect(when.start?.description == start)
        #expect(when.precision == precision)
        #expect(when.timeZone == zone)
    }

    @Test func endsOfMonthsAndDurationsAreInclusive() throws {
        func end(_ members: String) throws -> String? {
            try one(members).occurrences.first?.when.end?.description
        }
        #expect(try end(#""startDate":"2026-11","endDate":"2027-02""#) == "2027-02-28")
        #expect(try end(#""startDate":"2026-11-28","duration":"P2D""#) == "2026-11-29")
        #expect(try end(#""startDate":"2026-11-28T23:00+01:00","duration":"PT2H30M""#) == "2026-11-29T01:30:00+01:00")
        #expect(
            JSONLDReading.findings(JSONLDReading.event(#""startDate":"2026-11-28T23:00","duration":"two hours""#)) == [
                "value-left-out warning occurrences[0].when.end 2:43"
            ])
    }

    @Test(arguments: [
        (#""startDate":"2026-02-30""#, "invalid-date error occurrences[0].when.start 2:13"),
        (#""startDate":"28.11.2026""#, "invalid-date error occurrences[0].when.start 2:13"),
        (#""startDate":"20261128""#, "invalid-date error occurrences[0].when.start 2:13"),
        (#""startDate":20261128"#, "invalid-date error occurrences[0].when.start 2:13"),
        (#""startDate":"2026-11-28T24:00:00""#, "invalid-time error occurrences[0].when.start 2:13"),
        (#""startDate":"2026-11-28T19h30""#, "invalid-time error occurrences[0].when.start 2:13"),
        (#""startDate":"2026-11-28T19:30 CET""#, "invalid-time error occurrences[0].when.start 2:13"),
        (#""startDate":"2026-11-28T19:30+25:00""#, "invalid-time error occurrences[0].when.start 2:13"),
        (#""dateModified":"yesterday""#, "value-left-out warning issuedAt 2:16"),
        (#""eventStatus":"EventCanceled""#, "spelling-taken warning status 2:15"),
        (#""eventStatus":"Sold out""#, "unknown-status held status 2:15"),
        (#""eventAttendanceMode":"Hybrid""#, "value-left-out warning attendanceMode 2:23"),
        (#""tidings:visibility":"secret""#, "value-left-out warning visibility 2:22"),
        (#""tidings:kind":7"#, "ambiguous-intent held kind 2:16"),
        (#""sequence":"four""#, "value-left-out warning sequence 2:12"),
        (
            #""location":{"geo":{"latitude":"north","longitude":1}}"#,
            "geo-out-of-range warning occurrences[0].place.latitude 2:31"
        ),
        (
            #""startDate":"2026-11-28","eventSchedule":{}"#,
            "schedule-with-start-date warning occurrences[0].when.recurrenceRule 2:42"
        ),
    ])
    func reportsWithThePlace(members: String, finding: String) {
        #expect(JSONLDReading.findings(JSONLDReading.event(members)) == [finding])
    }

    @Test(arguments: [
        ("", "unknown-format error  -"),
        ("{}", "no-event error  1:1"),
        ("[]", "no-event error  1:1"),
        (#"{"@type":"Person","name":"Ada"}"#, "no-event error  1:10"),
        (
            #"{"@context":"https://www.w3.org/ns/activitystreams","@type":"Event","name":"x"}"#, "no-event error  1:13"
        ),
        ("{\n  \"@type\": \"Event\",\n  \"name\": \"Köln\", oops\n}", "unknown-format error  3:19"),
        ("{\n  \"@type\": \"Event\",\n  \"name\": \"Kö", "truncated error  3:11"),
        ("{\"@type\":\"Event\"", "truncated error  1:1"),
        (#"{"@type":"Event",}"#, "unknown-format error  1:17"),
    ])
    func refusesWhatIsNoEvent(json: String, finding: String) {
        #expect(JSONLDReading.findings(json) == [finding])
    }

    @Test func holdsTheLimits() {
        var context = JSONLDReading.context
        context.limits.nestingDepth = 5
        context.limits.nodes = 40
        context.limits.updates = 2
        context.limits.occurrences = 2
        let deep = JSONLDReading.event(#""x":[[[[[[1]]]]]]"#)
        #expect(JSONLDReading.findings(deep, context: context) == ["too-large error  2:9"])
        let many = "[" + Array(repeating: "1", count: 50).joined(separator: ",") + "]"
        #expect(JSONLDReading.findings("[[]," + many.dropFirst(), context: context) == ["too-large error  1:81"])
        let three = (0..<3).map { #"{"@type":"Event","identifier":"\#($0)"}"# }.joined(separator: ",\n")
        let decoded = JSONLDReading.read("[\(three)]", context: context)
        #expect(decoded.updates.map(\.update.uid) == ["0", "1"])
        #expect(JSONLDReading.findings("[\(three)]", context: context) == ["too-large error  3:1"])
        let parts = (0..<3).map { #"{"identifier":"o\#($0)","startDate":"2026-11-28"}"# }.joined(separator: ",")
        let event = JSONLDReading.event(#""subEvent":[\#(parts)]"#)
        #expect(JSONLDReading.findings(event, context: context) == ["too-large error occurrences 1:1"])
        #expect(JSONLDReading.read(event, context: context).updates.first?.update.occurrences.count == 2)
    }

    @Test func keywordsInOneTextCountAsValuesDo() {
        var context = JSONLDReading.context
        context.limits.nodes = 100
        let few = JSONLDReading.read(JSONLDReading.event(#""keywords":"jazz, , open air ,""#), context: context)
        #expect(few.updates.first?.update.categories == ["jazz", "open air"])
        let many = JSONLDReading.event(#""keywords":"\#(String(repeating: "a,", count: 101))""#)
        #expect(JSONLDReading.findings(many, context: context) == ["too-large error categories 2:12"])
    }

    /// Else a file costs as many times what it holds as it has events.
    @Test func oneLongObjectIsNotTakenByThousands() {
        var context = JSONLDReading.context
        context.limits.nodes = 4000
        let names = (0..<1000).map { "\"name \($0)\"" }.joined(separator: ",")
        let events = (0..<400).map {
            ##"{"@type":"Event","identifier":"\##($0)","name":"Gala","organizer":{"@id":"#o"}},"##
        }
        let desk = ##"{"@id":"#o","@type":"Organization","name":"O","alternateName":[\##(names)]}"##
        let json = "[\(events.joined())\(desk)]"
        let decoded = JSONLDReading.read(json, context: context)
        #expect(decoded.updates.count == 400)
        #expect(decoded.diagnostics.allSatisfy { $0.code == .tooLarge && $0.update != nil })
        let whole = decoded.updates.count { $0.update.parties.first?.alternateNames.count == 1000 }
        #expect(whole + decoded.diagnostics.count == 400)
        #expect((1..<30).contains(whole))
    }

    /// Of one event: each event has findings of its own.
    @Test func anEventFullOfFaultsIsReportedInShort() {
        let dates = Array(repeating: #""x""#, count: 900).joined(separator: ",")
        let findings = JSONLDReading.read(JSONLDReading.event(#""previousStartDate":[\#(dates)],"startDate":"x""#))
        #expect(findings.diagnostics.count <= ReadingLimits().diagnostics + 1)
        #expect(findings.diagnostics.contains { $0.code == .invalidDate })
    }
}
