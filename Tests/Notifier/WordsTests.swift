import EventModel
import TestKit
import Testing

@testable import Notifier

/// Times, places and changes in words.
struct WordsTests {
    static func when(_ start: String?, _ end: String? = nil, zone: String? = nil, precision: Precision? = nil) -> When {
        func moment(_ text: String) -> Moment {
            text.contains("T") ? Harness.time(text) : .date(Harness.date(text))
        }
        return When(start: start.map(moment), end: end.map(moment), timeZone: zone, precision: precision)
    }

    static let times: [(When, String)] = [
        (when("2020-02-07", "2020-02-08"), "7–8 February 2020"),
        (when("2020-02-07", "2020-02-07"), "7 February 2020"),
        (when("2020-02-07"), "7 February 2020"),
        (when("2020-02-28", "2020-03-01"), "28 February – 1 March 2020"),
        (when("2020-12-31", "2021-01-01"), "31 December 2020 – 1 January 2021"),
        (
            when("2026-11-28T10:00", "2026-11-28T12:30", zone: "Europe/Zurich"),
            "28 November 2026, 10:00–12:30 Europe/Zurich time"
        ),
        (when("2026-11-28T10:00", zone: "Etc/UTC"), "28 November 2026, 10:00 UTC"),
        (when("2026-11-28T20:00", "2026-11-29T00:00"), "28 November 2026, 20:00–00:00"),
        (when("2026-11-28T20:00", "2026-11-29T03:05"), "28 November 2026, 20:00 – 29 November 2026, 03:05"),
        (when("2026-11-28T10:00", "2026-11-28T10:00"), "28 November 2026, 10:00"),
        (when("2027-03-01", precision: .month), "March 2027"),
        (when("2027-01-01", precision: .year), "2027"),
        (when("2020-02-07", zone: "Europe/Paris"), "7 February 2020"),
        (when(nil), ""),
        (when("2020-02-08", "2020-02-07"), "8 February 2020"),
    ]

    @Test(arguments: times)
    func timeInWords(when: When, words: String) { #expect(DateWords.span(when) == words) }

    @Test func aStatedOffsetStandsInForTheZone() throws {
        guard case .time(let time, _) = Harness.time("2026-11-28T10:00") else { return }
        let offset = try #require(UTCOffset(seconds: -12_600))
        #expect(
            DateWords.span(When(start: .time(time, offset: offset))) == "28 November 2026, 10:00 UTC-03:30")
    }

    static let places: [(PlaceKind, String, String?, String?, String, String)] = [
        (.city, "Paris", nil, nil, "Paris", ""),
        (.city, "Washington", nil, "DC", "Washington, DC", ""),
        (.city, "Washington, DC", nil, "DC", "Washington, DC", ""),
        (.venue, "Town Hall", "Bern", nil, "Bern", "Town Hall, Bern"),
        (.venue, "Town Hall", nil, nil, "", "Town Hall"),
        (.region, "Bavaria", nil, nil, "Bavaria", ""),
        (.virtual, "Stream", nil, nil, "Online", ""),
    ]

    @Test(arguments: places)
    func placeInWords(
        kind: PlaceKind, name: String, locality: String?, region: String?, city: String, venue: String
    ) {
        var place = Place(name: name, kind: kind)
        (place.locality, place.region) = (locality, region)
        let occurrence = Occurrence(id: "main", when: When(), place: place)
        #expect((EventWords.city(of: occurrence, in: Harness.gala()) ?? "") == city)
        #expect(EventWords.venue(of: place) == venue)
    }

    @Test func aDayEndsWhenItHasEndedEverywhere() {
        let date = Harness.date("2026-12-05").daysSinceEpoch
        #expect(Schedule.today(at: Harness.instant("2026-12-06T11:59:59Z")) == date)
        #expect(Schedule.today(at: Harness.instant("2026-12-06T12:00:00Z")) == date + 1)
        #expect(
            Schedule.nextDay(after: Harness.instant("2026-12-06T11:59:59Z")) == Harness.instant("2026-12-06T12:00:00Z"))
        #expect(Schedule.today(at: Instant(microseconds: -1)) == -1)
    }

    @Test func changesSayWhatWasAndWhatIs() {
        let before = Harness.rallies(["Paris", "Rome", "Bern"], from: "2027-02-07", to: "2027-02-08")
        var after = before
        after.name.text = "Marches"
        after.occurrences[0].when = WordsTests.when("2027-02-09")
        after.occurrences[1].status = .cancelled
        after.occurrences[2] = Occurrence(
            id: "Oslo", when: WordsTests.when("2027-02-07"), place: Place(name: "Oslo", kind: .city))
        after.parties = [Party(name: "City of Paris", kind: .organization, role: .sponsor)]
        #expect(
            Telling(before: before, after: after, decided: .corrected).lines == [
                "Name: “Rallies in 3 cities” is now “Marches”.", "Paris: Time: 7–8 February 2027 → 9 February 2027.",
                "Rome: cancelled.", "Added: Oslo, 7 February 2027.", "No longer: Bern, 7–8 February 2027.",
                "Added: City of Paris.",
            ])
    }

    static let intents: [(EventStatus, EventStatus, Bool, Intent)] = [
        (.scheduled, .cancelled, false, .cancelled), (.cancelled, .scheduled, false, .reinstated),
        (.scheduled, .postponed, true, .postponed), (.postponed, .scheduled, true, .rescheduled),
        (.scheduled, .movedOnline, false, .movedOnline), (.scheduled, .scheduled, true, .rescheduled),
        (.scheduled, .scheduled, false, .corrected), (.scheduled, .rescheduled, true, .rescheduled),
    ]

    @Test(arguments: intents)
    func withoutADecisionTheStatesTellWhatHappened(
        from: EventStatus, to: EventStatus, moves: Bool, intent: Intent
    ) {
        var before = Harness.gala()
        before.status = from
        var after = Harness.gala(start: moves ? "2027-01-01T10:00" : "2026-12-05T19:00")
        after.status = to
        #expect(Telling(before: before, after: after, decided: nil).intent == intent)
        #expect(Telling(before: before, after: after, decided: .unchanged).intent == intent)
    }

    @Test func manyChangesAreCounted() {
        let before = Harness.rallies((1...20).map { "City \($0)" }, from: "2027-02-07", to: "2027-02-08")
        let after = Harness.rallies((1...20).map { "City \($0)" }, from: "2027-03-07", to: "2027-03-08")
        let lines = Telling(before: before, after: after, decided: nil).lines
        #expect(lines.count == Telling.maximumLines)
        #expect(lines.last == "And 9 further changes.")
    }
}
