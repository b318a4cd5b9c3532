import EventModel
import Testing

@testable import EventFormats

/// The shapes that events come in: lists, graphs, tours, schedules, languages.
@Suite struct JSONLDShapeTests {
    private func one(_ members: String) throws -> EventUpdate { try JSONLDReading.one(members) }

    @Test(arguments: [
        #"[{"@type":"Event","identifier":"a"},{"@type":"MusicEvent","identifier":"b"},{"@type":"Person","name":"x"}]"#,
        #"{"@context":"http://schema.org","@graph":[{"@type":"WebPage"},{"@type":["Festival"],"identifier":"a"},{"@type":"schema:Event","identifier":"b"}]}"#,
        #"{"@context":{"@vocab":"http://schema.org/"},"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"https://schema.org/Event","identifier":"a"}},{"@type":"ListItem","item":{"@type":"Event","schema:identifier":"b"}}]}"#,
        #"{"@context":"https://schema.org/","@type":"WebPage","mainEntity":[{"@type":"Event","@id":"urn:a"},{"@type":"Event","https://schema.org/url":"urn:b"}]}"#,
    ])
    func findsEventsWhereverTheyStand(json: String) {
        let uids = JSONLDReading.read(json).updates.map(\.update.uid)
        #expect(uids.map { $0.replacing("urn:", with: "") } == ["a", "b"])
    }

    @Test(arguments: [
        (#"{"@type":"Event","identifier":"i","@id":"urn:d","url":"urn:u"}"#, "i"),
        (#"{"@type":"Event","identifier":{"@type":"PropertyValue","propertyID":"no","value":"i"},"@id":"urn:d"}"#, "i"),
        (#"{"@type":"Event","identifier":[{"value":7},"i"],"@id":"urn:d"}"#, "7"),
        (#"{"@type":"Event","identifier":2026,"@id":"urn:d"}"#, "2026"),
        (#"{"@type":"Event","identifier":"","@id":"urn:d","url":"urn:u"}"#, "urn:d"),
        (#"{"@type":"Event","@id":"_:b0","url":["urn:u","urn:v"]}"#, "urn:u"),
        (#"{"@type":"Event","url":{"@id":"urn:u"}}"#, "urn:u"),
        // What is relative to the document names nothing outside of it.
        (##"{"@type":"Event","@id":"#event","url":"urn:u"}"##, "urn:u"),
        (#"{"@type":"Event","@id":"events/7","url":"urn:u"}"#, "urn:u"),
        (#"{"@type":"Event","@id":"/7","url":"7.html","name":"Gala"}"#, "derived:gala"),
    ])
    func identifiesByIdentifierThenIDThenURL(json: String, uid: String) {
        #expect(JSONLDReading.read(json).updates.map(\.update.uid) == [uid])
    }

    @Test func saysWhenThereIsNoIdentifier() {
        let decoded = JSONLDReading.read("[{\"@type\":\"Event\"},\n {\"@type\":\"Event\",\"@id\":\"_:b0\"}]")
        #expect(decoded.diagnostics.map(\.code) == [.invalidIdentifier, .invalidIdentifier])
        #expect(decoded.diagnostics.map(\.update) == [0, 1])
        #expect(decoded.diagnostics[1].position?.line == 2)
    }

    /// It depends on the event, not on what stands beside it; only the same again is numbered.
    @Test func aUidIsMadeOfOrganizerNameAndStart() {
        let jazz = #"{"@type":"Event","name":"Jazz Night","startDate":"2027-06-10T19:30+02:00","organizer":"The Pier"}"#
        let other = #"{"@type":"Event","name":"Jazz Night","startDate":"2027-06-11"}"#
        let alone = JSONLDReading.read(jazz)
        #expect(alone.updates.map(\.update.uid) == ["derived:the-pier-jazz-night-20270610t1930"])
        #expect(alone.updates.map(\.update.uidOrigin) == [.derived])
        #expect(alone.diagnostics.map(\.code) == [.uidDerived])
        let list = JSONLDReading.read("[\(other),\(jazz),\(jazz)]")
        #expect(
            list.updates.map(\.update.uid) == [
                "derived:jazz-night-20270611", "derived:the-pier-jazz-night-20270610t1930",
                "derived:the-pier-jazz-night-20270610t1930-2",
            ])
        #expect(list.diagnostics.map(\.update) == [0, 1, 2])
    }

    @Test(arguments: [
        ("EventScheduled", EventStatus.scheduled, UpdateKind.announce),
        ("https://schema.org/EventRescheduled", .rescheduled, .update),
        ("http://schema.org/EventPostponed", .postponed, .update), ("schema:EventMovedOnline", .movedOnline, .update),
        ("EventCancelled", .cancelled, .cancel), ("tidings:EventTentative", .tentative, .announce),
    ])
    func readsTheStatus(word: String, status: EventStatus, kind: UpdateKind) throws {
        let update = try one(#""eventStatus":"\#(word)""#)
        #expect(update.status == status)
        #expect(update.kind == kind)
        let object = try one(#""eventStatus":{"@id":"\#(word)"}"#)
        #expect(object.status == status)
    }

    @Test func ofSeveralStatusesTheGravestCounts() throws {
        #expect(try one(#""eventStatus":["EventMovedOnline","EventRescheduled"]"#).status == .rescheduled)
        #expect(try one(#""eventStatus":"EventScheduled","previousStartDate":"2026-11-01""#).kind == .update)
    }

    @Test func previousStartsKeepTheirOrder() throws {
        let update = try one(#""startDate":"2026-12-01","previousStartDate":["2026-11-01","2026-11-08T10:00+01:00"]"#)
        #expect(update.occurrences[0].previousStarts.map(\.description) == ["2026-11-01", "2026-11-08T10:00:00+01:00"])
    }

    @Test func aTourHasAnOccurrenceForEachPlace() throws {
        let update = try one(
            #"""
            "startDate":"2026-02-07","endDate":"2026-02-08","subEvent":[
            {"@type":"Event","identifier":"paris-1","startDate":"2026-02-07","location":{"@type":"City","name":"Paris"}},
            {"@type":"Event","location":{"name":"Hall","address":{"addressLocality":"Genève"}},"offers":{"price":"1"}},
            {"@type":"Event","startDate":"2026-02-08","location":{"name":"Arena","address":{"addressLocality":"Genève"}},
             "eventStatus":"EventCancelled","name":"Last night"}]
            """#)
        #expect(update.occurrences.map(\.id) == ["paris-1", "genève", "genève-2026-02-08"])
        #expect(update.occurrences.map { $0.when.start?.description } == ["2026-02-07", "2026-02-07", "2026-02-08"])
        #expect(update.occurrences.map(\.status) == [nil, nil, .cancelled])
        #expect(update.extensions.map { "\($0.scope)|\($0.name)" } == ["genève|offers", "genève-2026-02-08|name"])
        #expect(update.status == .scheduled)
    }

    @Test func theProgrammeOfAFestivalIsNoTour() throws {
        let update = try one(
            #"""
            "startDate":"2026-02-07","location":"Park","subEvent":[{"@type":"Event","name":"Opening","attendee":"Ada"}]
            """#)
        #expect(update.occurrences.map(\.id) == ["main"])
        #expect(update.extensions.map(\.content) == [#"[{"@type":"Event","name":"Opening"}]"#])
    }

    @Test func partsOutsideTheEventAreReported() {
        let json = JSONLDReading.event(
            #""startDate":"2026-02-07","subEvent":[{"identifier":"a","startDate":"2026-02-06","location":"X"}]"#)
        #expect(
            JSONLDReading.findings(json) == ["subevent-outside-parent warning occurrences[0].when.start 2:68"])
    }

    @Test func partsOfAGraphAreFound() throws {
        let json = #"""
            {"@context":"https://schema.org","@graph":[
            {"@type":"Event","@id":"#tour","identifier":"tour","name":"Tour","subEvent":[{"@id":"#one"},{"@id":"#two"}],
             "organizer":{"@id":"#desk"}},
            {"@type":"Event","@id":"#one","startDate":"2026-02-07","location":{"@id":"#hall"}},
            {"@type":"Event","@id":"#two","startDate":"2026-02-08","location":"Park"},
            {"@type":"Place","@id":"#hall","name":"Hall"},{"@type":"Organization","@id":"#desk","name":"Desk"}]}
            """#
        let updates = JSONLDReading.read(json).updates.map(\.update)
        #expect(updates.map(\.uid) == ["tour"])
        #expect(updates[0].occurrences.map(\.id) == ["#one", "#two"])
        #expect(updates[0].occurrences.map { $0.place?.name } == ["Hall", "Park"])
        #expect(updates[0].parties.map(\.name) == ["Desk"])
    }

    @Test func equalIdentifiersAreReportedAndKeptApart() {
        let json = JSONLDReading.event(
            #""subEvent":[{"identifier":"a","location":"X"},{"identifier":"a","location":"Y"}]"#)
        let decoded = JSONLDReading.read(json)
        #expect(decoded.diagnostics.map(\.code) == [.duplicateOccurrence])
        #expect(decoded.updates[0].update.occurrences.map(\.id) == ["a", "a-2"])
    }

    @Test(
        arguments: [
            (
                #""repeatFrequency":"P1W","byDay":"https://schema.org/Monday","repeatCount":5"#,
                "FREQ=WEEKLY;BYDAY=MO;COUNT=5"
            ),
            (#""repeatFrequency":"P2W","byDay":["Monday","TH"]"#, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
            (#""repeatFrequency":"Daily","endDate":"2026-11-30""#, "FREQ=DAILY;UNTIL=20261130T180000Z"),
            (#""repeatFrequency":"P1M","byDay":"Friday","byMonthWeek":-1"#, "FREQ=MONTHLY;BYDAY=-1FR"),
            (#""repeatFrequency":"P1Y","byMonth":[6,7],"byMonthDay":24"#, "FREQ=YEARLY;BYMONTH=6,7;BYMONTHDAY=24"),
            (#""repeatFrequency":"PT1H""#, nil), (#""repeatFrequency":"P1W","byDay":"Someday""#, nil),
        ] as [(String, String?)])
    func schedulesBecomeRules(schedule: String, rule: String?) throws {
        let update = try one(
            #""eventSchedule":{"@type":"Schedule","startDate":"2026-11-02","startTime":"19:00","endTime":"01:00","#
                + #""scheduleTimezone":"Europe/Zurich","exceptDate":["2026-11-09"],\#(schedule)}"#)
        let when = update.occurrences[0].when
        #expect(when.recurrenceRule == rule)
        #expect(update.extensions.map(\.name) == ["eventSchedule"])
        guard rule != nil else { return }
        #expect(when.start?.description == "2026-11-02T19:00:00")
        #expect(when.end?.description == "2026-11-03T01:00:00")
        #expect(when.timeZone == "Europe/Zurich")
        #expect(when.exceptionDates.map(\.description) == ["2026-11-09T19:00:00"])
    }

    @Test(arguments: [
        ("FREQ=SECONDLY", "rrule-unbounded-or-too-dense"), ("EVERY WEEK", "invalid-rrule"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20261130", "invalid-rrule"),
    ])
    func rulesAreScreened(rule: String, code: String) {
        let json = JSONLDReading.event(#""startDate":"2026-11-02","tidings:recurrenceRule":"\#(rule)""#)
        #expect(JSONLDReading.findings(json) == ["\(code) error occurrences[0].when.recurrenceRule 2:51"])
    }

    @Test func readsPlacesOfManyShapes() throws {
        func place(_ location: String) throws -> (Place?, String?, AttendanceMode) {
            let update = try one(#""startDate":"2026-11-02","location":\#(location)"#)
            return (update.occurrences[0].place, update.occurrences[0].onlineURL, update.attendanceMode)
        }
        #expect(try place(#""Park""#).0 == Place(name: "Park"))
        let address = try place(#"{"@type":"PostalAddress","streetAddress":"Quai 1","addressLocality":"Genève"}"#).0
        #expect(address?.name == "Quai 1")
        #expect(address?.locality == "Genève")
        let city = try place(#"{"@type":"Place","address":{"addressLocality":"Paris","addressCountry":{"name":"FR"}}}"#)
            .0
        #expect(city?.kind == .city)
        #expect(city?.name == "Paris")
        #expect(city?.country == "FR")
        let text = try place(#"{"@type":"Place","name":"Hall","address":"79 Washington St., Providence"}"#).0
        #expect(text?.streetAddress == "79 Washington St., Providence")
        let online = try place(#"{"@type":"VirtualLocation","url":"https://v.example"}"#)
        #expect(online.0 == nil)
        #expect(online.1 == "https://v.example")
        #expect(online.2 == .online)
        let both = try place(
            #"[{"@type":"VirtualLocation","url":"https://v.example"},{"@type":"Place","name":"Hall"}]"#)
        #expect(both.0?.name == "Hall")
        #expect(both.1 == "https://v.example")
        #expect(both.2 == .mixed)
        #expect(try one(#""eventStatus":"EventMovedOnline""#).attendanceMode == .online)
    }

    @Test func eventsAtSeveralPlacesHaveAnOccurrenceForEach() throws {
        let update = try one(#""startDate":"2026-11-02","location":["Hall A","Hall B"]"#)
        #expect(update.occurrences.map(\.id) == ["hall-a", "hall-b"])
        #expect(update.occurrences.map { $0.when.start?.description } == ["2026-11-02", "2026-11-02"])
    }

    @Test func whoAttendsIsKeptNowhere() throws {
        let update = try one(
            #"""
            "attendee":{"name":"Ada"},"attendees":["Ada"],"https://schema.org/attendee":"Ada",
            "superEvent":{"@type":"Event","name":"Fair","attendee":[{"name":"Ada"}],"schema:attendees":"Ada"},
            "startDate":"2026-11-02","location":{"name":"Hall","event":[{"attendee":"Ada","name":"Other"}]}
            """#)
        let json = String(decoding: CanonicalJSON.bytes(of: update), as: UTF8.self)
        #expect(!json.contains("Ada"))
        #expect(update.extensions.map(\.name) == ["superEvent", "location.event"])
    }

    @Test func textsKnowTheirLanguage() throws {
        let update = try one(
            #""inLanguage":"fr","name":[{"@value":"Feast","@language":"en"},{"@value":"Fête","@language":"fr"}]"#)
        #expect(update.name == LanguageText("Fête", language: "fr"))
        #expect(update.extensions.map(\.name) == ["name"])
        #expect(try one(#""inLanguage":{"@type":"Language","name":"French","alternateName":"fr"}"#).language == "fr")
    }

    @Test func aTimeWithoutOffsetIsTakenAsUTCAndSaysSo() throws {
        let update = try one(#""dateModified":"2026-11-02""#)
        #expect(update.issuedAt?.description == "2026-11-02T00:00:00Z")
        #expect(update.evidence.map(\.rule) == ["jsonld.utc-assumed"])
        #expect(try one(#""datePublished":"2026-11-02T01:00+01:00""#).evidence.isEmpty)
    }

    @Test func fieldsKnowWhereTheyStand() throws {
        let json = JSONLDReading.event("\"startDate\":\"2026-11-02\",\n\"location\":{\"name\":\"Hall\"}")
        let decoded = JSONLDReading.read(json)
        let positions = try #require(decoded.updates.first).positions
        let bytes = Array(json.utf8)
        func text(_ field: FieldPath.Field, _ occurrence: Int? = nil) -> String? {
            positions.bytes(of: FieldPath(field, occurrence: occurrence)).map {
                String(decoding: bytes[$0], as: UTF8.self)
            }
        }
        #expect(text(.uid) == #""e1""#)
        #expect(text(.name) == #""Gala""#)
        #expect(text(.start, 0) == #""2026-11-02""#)
        #expect(text(.placeName, 0) == #""Hall""#)
        #expect(text(.place, 0) == #"{"name":"Hall"}"#)
        #expect(text(.document) == json)
    }
}
