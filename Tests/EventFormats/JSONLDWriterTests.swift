import EventModel
import Foundation
import Reading
import Testing

@testable import EventFormats

@Suite struct JSONLDWriterTests {
    private let context = ReadingContext(receivedAt: Instant(microseconds: 0), sha256: "00")

    /// What two updates are compared by, without the order of extensions.
    private func comparable(_ update: EventUpdate) -> EventUpdate {
        var content = update.essence
        content.extensions.sort {
            ($0.vocabulary, $0.scope, $0.name, $0.content) < ($1.vocabulary, $1.scope, $1.name, $1.content)
        }
        return content
    }

    private func expectSame(_ update: EventUpdate, isPretty: Bool = false) throws {
        let bytes = JSONLDWriter.write([update], isPretty: isPretty)
        let text = String(decoding: bytes, as: UTF8.self)
        // As stated: values at random are not all such that they can be meant.
        let decoded = readStatements(bytes, context: context)
        let read = try #require(decoded.updates.first, "\(text)")
        let (a, b) = (CanonicalJSON.bytes(of: comparable(read.update)), CanonicalJSON.bytes(of: comparable(update)))
        let same = zip(a, b).prefix { $0 == $1 }.count
        func around(_ bytes: [UInt8]) -> String {
            String(decoding: bytes[max(0, same - 60)..<min(bytes.count, same + 60)], as: UTF8.self)
        }
        #expect(a == b, "…\(around(a))… is not …\(around(b))…")
        #expect(comparable(read.update) == comparable(update))
        #expect(read.update.sequence == update.sequence)
        #expect(decoded.updates.count == 1)
    }

    private func extensions(_ samples: inout JSONSampleUpdates) -> [Extension] {
        let names = [
            "offers", "image", "ex:seats", "@type", "@id", "identifier", "name", "inLanguage", "eventStatus",
            "organizer",
            "parties[0].sameAs", "parties[0].@type", "parties[9].x", "location.sameAs", "location.@type",
            "location.url",
            "location.address.x", "location.address.addressCountry", "location.geo.elevation", "location.geo",
            "virtualLocation.name", "virtualLocation.sameAs", "duration", "eventAttendanceMode", "description", "",
            "a.b",
            "subEvent", "datePublished", "previousStartDate", "performer", "schema:name", "url",
        ]
        let contents = [
            "1", "true", #""text""#, #"{"@type":"Offer","price":"10"}"#, "[]", #"["Festival","MusicEvent"]"#,
            "not json",
            #""MusicVenue""#, #""Person""#, #"{"name":"Schweiz"}"#, "null", "[ 1 ]", #""2026-11-28""#, #""PT2H""#,
        ]
        return samples.some(6) { g in
            Extension(
                vocabulary: "schema.org", scope: ["", "main", "place-1"][g.next(3)], name: names[g.next(names.count)],
                content: contents[g.next(contents.count)])
        }
    }

    @Test(arguments: 0..<600) func readingGivesTheSameContent(seed: Int) throws {
        var samples = JSONSampleUpdates(seed: UInt64(seed) &+ 90_000)
        var update = samples.update()
        if samples.chance(70) { update.extensions += extensions(&samples) }
        try expectSame(update, isPretty: samples.chance(50))
    }

    @Test(arguments: [
        #""startDate":"2026-11-28T19:30Z","endDate":"2026-11-28T23:00Z","location":"Somewhere""#,
        #""startDate":"2026-11","endDate":"2026-12","location":{"@type":"City","name":"Paris"}"#,
        #""startDate":"2026","location":{"address":{"addressLocality":"Paris","addressCountry":"France"}}"#,
        #""eventStatus":"EventCancelled""#,
        #""eventStatus":["EventRescheduled","EventMovedOnline"],"previousStartDate":"2026-11-01","startDate":"2026-11-02""#,
        #""location":[{"@type":"Place","name":"Hall"},{"@type":"VirtualLocation","name":"Stream","url":"https://v.example"}]"#,
        #""location":{"@type":"VirtualLocation","url":"https://v.example","sameAs":"https://w.example"}"#,
        #""location":"https://v.example/room""#,
        #""location":[{"name":"Hall A"},{"name":"Hall B","@id":"b"}],"startDate":"2026-11-28""#,
        #""location":{"@type":"MusicVenue","name":"Hall","url":"https://h.example","geo":{"@type":"GeoShape","box":"1 2"}}"#,
        #""organizer":{"@id":"https://o.example"},"performer":["A",{"@type":["Person","MusicGroup"],"name":"B"}]"#,
        #""startDate":"2026-11-28","subEvent":[{"@type":"MusicEvent","identifier":"a","name":"One","startDate":"2026-11-28"},{"@id":"b","location":"X"}]"#,
        #""startDate":"2026-11-28","location":"X","subEvent":{"@type":"Event","name":"A talk","attendee":"x"}"#,
        #""startDate":"2026-11-28","duration":"PT2H""#,
        #""eventSchedule":{"@type":"Schedule","startDate":"2026-11-02","endDate":"2026-12-14","startTime":"19:00","endTime":"21:00","repeatFrequency":"P1W","byDay":"https://schema.org/Monday","scheduleTimezone":"Europe/Zurich","exceptDate":"2026-11-30"}"#,
        #""name":[{"@value":"Fest","@language":"de"},{"@value":"Feast","@language":"en"}],"inLanguage":["en","de"]"#,
        #""@type":["Festival","Thing"],"identifier":{"@type":"PropertyValue","propertyID":"x","value":"42"}"#,
        #""tidings:visibility":"private","tidings:embargoUntil":"2026-11-27T06:00:00Z","keywords":"a, b""#,
    ])
    func whatWasReadIsWrittenAndReadAgain(members: String) throws {
        let json = #"{"@context":"https://schema.org","@type":"Event","identifier":"e1","name":"Gala","# + members + "}"
        let first = try #require(readUpdates(Array(json.utf8), context: context).updates.first)
        try expectSame(first.update)
    }

    @Test func termsOfOtherVocabulariesKeepTheirContext() throws {
        let json =
            #"{"@context":["https://schema.org",{"ex":"https://ex.example/","@language":"fr"}],"@type":"Event","#
            + #""identifier":"e1","name":"Gala","ex:seats":40}"#
        let first = try #require(readUpdates(Array(json.utf8), context: context).updates.first).update
        #expect(first.name == LanguageText("Gala", language: "fr"))
        #expect(first.language == "fr")
        try expectSame(first)
        let written = String(decoding: JSONLDWriter.write([first]), as: UTF8.self)
        #expect(written.contains(#""ex:seats":40"#))
        #expect(written.contains(#""ex":"https://ex.example/""#))
    }

    @Test func writesPlainSchemaOrgWhereThatIsEnough() throws {
        let json = #"""
            {"@context":"https://schema.org","@type":"MusicEvent","identifier":"e1","name":"Gala",
            "startDate":"2026-11-28T19:30:00+01:00","location":{"@type":"Place","name":"Hall",
            "address":{"@type":"PostalAddress","addressLocality":"Köln"}},"offers":{"@type":"Offer","price":"10"},
            "organizer":{"@type":"Organization","name":"Desk"}}
            """#
        let first = try #require(readUpdates(Array(json.utf8), context: context).updates.first).update
        #expect(
            String(decoding: JSONLDWriter.write([first], isPretty: true), as: UTF8.self) == """
                {
                  "@context": "https://schema.org",
                  "@type": "MusicEvent",
                  "identifier": "e1",
                  "name": "Gala",
                  "eventStatus": "https://schema.org/EventScheduled",
                  "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
                  "startDate": "2026-11-28T19:30:00+01:00",
                  "location": {
                    "@type": "Place",
                    "name": "Hall",
                    "address": {
                      "@type": "PostalAddress",
                      "addressLocality": "Köln"
                    }
                  },
                  "organizer": {
                    "@type": "Organization",
                    "name": "Desk"
                  },
                  "offers": {
                    "@type": "Offer",
                    "price": "10"
                  }
                }

                """)
    }

    @Test func severalUpdatesAreAnArray() throws {
        var samples = JSONSampleUpdates(seed: 3)
        let updates = (0..<3).map { _ in samples.update() }
        let decoded = readUpdates(JSONLDWriter.write(updates), context: context)
        #expect(decoded.updates.map(\.update.uid) == updates.map(\.uid))
        #expect(String(decoding: JSONLDWriter.write([]), as: UTF8.self) == "[]")
    }
}
