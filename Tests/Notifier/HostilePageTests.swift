import EventModel
import Foundation
import Notifier
import TestKit
import Testing

/// Whatever an update says, it stays text in every output.
struct HostilePageTests {
    static let texts = [
        "<script>alert(1)</script>", "\" onload=\"alert(1)", "' onmouseover='alert(1)", "]]><evil>", "--><evil>",
        "</title></style></h1><evil>", "&lt;evil&gt;", "<evil a=\"", "javascript:alert(1)",
        "a\u{0}b\u{8}c\u{1B}[31md\u{FFFE}e\u{85}", "\u{202E}\u{2066}evil", "\r\n\r\n<evil>\r\n",
        String(repeating: "<evil>", count: 2000),
    ]

    /// An event with a text in every field that takes one.
    static func event(_ text: String) -> Event {
        var event = Harness.gala(uid: text, name: text)
        event.name.language = text
        event.language = text
        event.description = LanguageText(text, language: text)
        event.type = text
        event.links = [text, "https://example.org/\(text)"]
        event.categories = [text]
        var party = Party(name: text, kind: .organization, role: .organizer)
        party.acronyms = [text + "A"]
        party.alternateNames = [text]
        party.url = text
        event.parties = PartyRole.allCases.map { role in
            party.role = role
            return party
        }
        var place = Place(name: text)
        place.streetAddress = text
        place.locality = text
        place.region = text + "R"
        place.postalCode = text
        place.country = text
        place.timeZone = text
        event.occurrences = [0, 1].map { index in
            var occurrence = Occurrence(
                id: text + "\(index)", when: When(start: Harness.time("2026-12-0\(index + 5)T19:00"), timeZone: text),
                place: place)
            occurrence.onlineURL = text
            occurrence.when.recurrenceRule = text
            return occurrence
        }
        return event
    }

    @Test(arguments: texts)
    func nothingBreaksOut(text: String) async throws {
        let harness = try NotifierHarness()
        harness.channel.title = text
        let notifier = try await harness.make()
        let before = HostilePageTests.event(text)
        var after = before
        after.name.text += "!"
        after.status = .rescheduled
        after.occurrences[0].previousStarts = [Harness.time("2026-12-01T19:00")]
        after.occurrences[0].when.start = Harness.time("2026-12-20T19:00")
        after.occurrences[0].place?.name += "!"
        after.occurrences[1].status = .cancelled
        after.parties.removeLast()
        try await notifier.offer(
            harness.delivery(Harness.new(before)), harness.delivery(Harness.change(before, after, .rescheduled)))
        let page = try PageReader(harness.read("index.html"))
        #expect(page.faults == [])
        #expect(page.elements.isSubset(of: PageReader.expected), "\(page.elements.subtracting(PageReader.expected))")
        #expect(
            page.addresses.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("https://") || PageReader.own.contains($0) })
        #expect(try harness.read("index.html").utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 })
        let feed = try harness.feed()
        #expect(feed.entries.count == 2)
        #expect(feed.entries.allSatisfy { !$0.content.contains("<script") && !$0.content.contains("<evil") })
    }

    @Test func languagesAndDirectionAreMarked() async throws {
        let harness = try NotifierHarness()
        var event = Harness.gala(name: "مهرجان الموسيقى")
        event.name.language = "ar"
        try await harness.make().offer(harness.delivery(Harness.new(event)))
        let page = try harness.read("index.html")
        #expect(page.contains("<html lang=\"en\">"))
        #expect(page.contains("<h5 dir=\"auto\" lang=\"ar\">مهرجان الموسيقى</h5>"))
    }
}
