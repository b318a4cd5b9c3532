import CSQLite
import EventFormats
import EventModel
import Foundation
import Notifier
import TestKit
import Testing

/// What a visitor reads.
struct PageTests {
    /// The page's text without its markup, one line for each block.
    private func text(_ harness: NotifierHarness) throws -> String {
        let page = try harness.read("index.html")
        let body = page.components(separatedBy: "<body>").last ?? ""
        return body.replacingOccurrences(of: "</(p|h[1-5]|li)>", with: "\n", options: .regularExpression)
            .replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
    }

    private func upcoming(_ harness: NotifierHarness) throws -> String {
        try text(harness).components(separatedBy: "Recently announced or changed")[0]
    }

    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    @Test func anEmptyCalendarSaysSo() async throws {
        let harness = try NotifierHarness()
        try await harness.make().drain()
        let page = try text(harness)
        #expect(page.contains("No upcoming events."))
        #expect(page.contains("No events are announced for the days ahead."))
    }

    @Test func anEveningStandsUnderItsDayAndCity() async throws {
        let harness = try NotifierHarness()
        try await harness.make().offer(harness.delivery(Harness.new(Harness.gala())))
        let page = try lines(upcoming(harness))
        let start = try #require(page.firstIndex(of: "Saturday 5 December 2026"))
        #expect(
            page[start...].prefix(6) == [
                "Saturday 5 December 2026", "Basel", "Winter Gala", "19:00 Europe/Zurich time",
                "Volkshaus, Rebgasse 12, Basel, CH", "Organised by Basel Philharmonic",
            ])
    }

    @Test func anEventOfSeveralCitiesNamesEachAndItsDays() async throws {
        let harness = try NotifierHarness(now: "2020-02-01T12:00:00Z")
        let event = Harness.rallies(["London", "Paris", "Rome"], from: "2020-02-07", to: "2020-02-08")
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        let page = try lines(upcoming(harness))
        let start = try #require(page.firstIndex(of: "Friday 7 February 2020"))
        #expect(
            page[start...].prefix(5) == [
                "Friday 7 February 2020", "London, Paris, Rome", "Rallies in 3 cities", "7–8 February 2020",
                "The announcement does not say which city has which day.",
            ])
    }

    @Test func anAnnouncementOfThePastIsAmongTheRecent() async throws {
        let harness = try NotifierHarness()
        let event = Harness.rallies(["London", "Paris"], from: "2020-02-07", to: "2020-02-08")
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        let page = try text(harness)
        #expect(page.contains("Recently announced or changed"))
        #expect(page.contains("London · Paris"))
        #expect(page.components(separatedBy: "Past events").last?.contains("Friday 7 February 2020") == true)
        #expect(try harness.read("calendar.ics").contains("Paris"))
    }

    @Test func theRecentAreForgottenAfterAWhile() async throws {
        let harness = try NotifierHarness()
        harness.channel.recent = .seconds(5 * 86_400)
        let notifier = try await harness.make()
        try await notifier.offer(
            harness.delivery(Harness.new(Harness.rallies(["Paris"], from: "2020-02-07", to: "2020-02-08"))))
        harness.clock.advance(by: .seconds(7 * 86_400))
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala())))
        #expect(try !text(harness).contains("Paris"))
    }

    static let states: [(EventStatus, String, String)] = [
        (.cancelled, "Cancelled", "Cancelled: Winter Gala"),
        (.postponed, "Postponed from 5 December 2026, 19:00", "Postponed: Winter Gala"),
        (
            .rescheduled, "Rescheduled from 5 December 2026, 19:00",
            "Rescheduled: Winter Gala, now 8 May 2027, 19:00 Europe/Zurich time"
        ),
        (.movedOnline, "Moved online", "Moved online: Winter Gala"),
        (.tentative, "Not yet confirmed", "Corrected: Winter Gala"),
    ]

    @Test(arguments: states)
    func eachStatusIsSaidInWords(status: EventStatus, badge: String, title: String) async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let before = Harness.gala()
        var after = before
        after.status = status
        if status == .postponed || status == .rescheduled {
            after.occurrences[0].previousStarts = [Harness.time("2026-12-05T19:00")]
            after.occurrences[0].when.start = status == .postponed ? nil : Harness.time("2027-05-08T19:00")
        }
        try await notifier.offer(harness.delivery(Harness.new(before)))
        harness.clock.advance(by: .seconds(2))
        let intent = Intent(rawValue: title.prefix { $0 != ":" }.lowercased().replacing(" ", with: "-"))
        try await notifier.offer(harness.delivery(Harness.change(before, after, try #require(intent))))
        #expect(try lines(upcoming(harness)).contains("\(badge) announced 23 November 2026") || status == .tentative)
        #expect(try upcoming(harness).contains(badge))
        #expect(try harness.feed().titles == [title, "New: Winter Gala"])
    }

    @Test func aRepeatingEventStandsUnderItsNextDay() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala(name: "Yoga", start: "2026-11-02T07:30")
        event.occurrences[0].when.recurrenceRule = "FREQ=WEEKLY;BYDAY=MO,TH"
        event.occurrences[0].when.exceptionDates = [Harness.time("2026-11-26T07:30")]
        event.content.completeRecurrenceSets(receivedAt: event.receipt.receivedAt)
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        let page = try upcoming(harness)
        #expect(page.contains("Monday 23 November 2026"))
        #expect(page.contains("Repeats every week."))
    }

    /// Whatever the rule would give: nothing that shows an event works its dates out again.
    @Test func theDatesThatAreShownAreThoseKeptWithTheEvent() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala(name: "Yoga", start: "2026-11-02T07:30")
        event.occurrences[0].when.recurrenceRule = "FREQ=WEEKLY;COUNT=10"
        event.occurrences[0].when.recurrenceSet = RecurrenceSet("2026-11-02T07:30:00 22d")
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        #expect(try upcoming(harness).contains("Tuesday 24 November 2026"))
        #expect(try !upcoming(harness).contains("Monday 23 November 2026"))
    }

    @Test func seriesThatAnEarlierEditionKeptGetTheirDatesOnce() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala(name: "Yoga", start: "2026-11-23T07:30")
        event.occurrences[0].when.recurrenceRule = "FREQ=WEEKLY;COUNT=10"
        var notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(event)))
        try await notifier.drain()
        var database: OpaquePointer?
        #expect(sqlite3_open(harness.root.appending(path: "notifier/notifier.sqlite").path, &database) == SQLITE_OK)
        #expect(sqlite3_exec(database, "DROP TABLE linked; PRAGMA user_version = 2", nil, nil, nil) == SQLITE_OK)
        sqlite3_close(database)
        notifier = try await harness.make()
        harness.clock.advance(by: .seconds(86_400))
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala(uid: "other@example.org"))))
        #expect(try upcoming(harness).contains("Monday 30 November 2026"))
    }

    @Test func aMonthIsNotMadeADay() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala(start: "2027-03-01T00:00")
        event.occurrences[0].when = When(start: .date(Harness.date("2027-03-01")), precision: .month)
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        let page = try upcoming(harness)
        #expect(page.contains("March 2027"))
        #expect(!page.contains("1 March"))
    }

    @Test func theWordsOfTheAnnouncementAreQuotedAndAttributed() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala()
        event.description = LanguageText("Doors open at six.", language: "en")
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        let page = try harness.read("index.html")
        #expect(page.contains("<blockquote dir=\"auto\" lang=\"en\">Doors open at six.</blockquote>"))
        #expect(page.contains("— Basel Philharmonic"))
    }
}

extension PageTests {
    @Test func aCancellationOfOnePlaceSaysWhich() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let before = Harness.rallies(["Paris", "Rome", "Bern"], from: "2027-02-07", to: "2027-02-08")
        var after = before
        after.occurrences[1].status = .cancelled
        try await notifier.offer(harness.delivery(Harness.new(before)))
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(harness.delivery(Harness.change(before, after, .cancelled)))
        #expect(try harness.feed().titles.first == "Cancelled in Rome: Rallies in 3 cities")
        let page = try harness.read("index.html")
        #expect(page.components(separatedBy: "class=\"event cancelled\"").count == 2)
        #expect(page.components(separatedBy: "class=\"event scheduled\"").count == 2)
    }

    @Test func anUnknownEventThatIsCancelledWithoutANameIsNotShown() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala(name: "")
        event.status = .cancelled
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        #expect(try harness.feed().entries.isEmpty)
    }
}
