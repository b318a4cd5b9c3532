import EventModel
import Testing

struct AnnouncementTests {
    @Test(arguments: AnnouncementCase.all + AnnouncementCase.more)
    func everythingIsRead(announcement: AnnouncementCase) throws {
        let decoded = TextReading.read(announcement.text)
        let update = try #require(decoded.update)
        #expect(update.name.text == announcement.name)
        #expect(update.type == announcement.type)
        #expect(update.stops == announcement.stops)
        #expect(update.partyNames == announcement.parties)
        #expect(decoded.codes.filter { $0 != "uid-derived" } == announcement.codes)
        #expect(update.kind == .announce && update.status == .scheduled)
        #expect(update.language == "en")
    }

    @Test(arguments: AnnouncementCase.all + AnnouncementCase.more)
    func evidencePointsAtTheWords(announcement: AnnouncementCase) throws {
        let update = try #require(TextReading.read(announcement.text).update)
        let bytes = Array(announcement.text.utf8)
        for item in update.evidence {
            #expect(item.byteRanges.allSatisfy { $0.upperBound <= bytes.count && !$0.isEmpty }, "\(item)")
            #expect((0...1).contains(item.confidence))
        }
        for (index, occurrence) in update.occurrences.enumerated() {
            guard let place = occurrence.place, place.kind != .virtual else { continue }
            let range = try #require(update.evidence("occurrences[\(index)].place.name")?.byteRanges.first)
            #expect(String(decoding: bytes[range], as: UTF8.self) == place.name)
            #expect(update.evidence("occurrences[\(index)].when.start") != nil)
        }
    }

    @Test func windowsLineEndsAndAByteOrderMarkChangeNothing() throws {
        for announcement in AnnouncementCase.all {
            let windows =
                "\u{FEFF}"
                + announcement.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
            #expect(TextReading.read(windows).update?.stops == announcement.stops, "\(announcement.name)")
        }
    }

    @Test func venuesKeepTheirAddress() throws {
        let place = try #require(TextReading.read(AnnouncementCase.all[3].text).update?.occurrences.first?.place)
        #expect(place.name == "Council Chamber")
        #expect(place.kind == .venue)
        #expect(place.streetAddress == "Rathausplatz 2")
        #expect(place.postalCode == "8001")
        #expect(place.locality == "Zurich")
        #expect(place.country == "CH")
        let gallery = try #require(TextReading.read(AnnouncementCase.all[4].text).update?.occurrences.first?.place)
        #expect(gallery.name == "Corvane Gallery")
        #expect(gallery.streetAddress == "14 rue des Tanneurs")
        #expect(gallery.postalCode == "67000")
    }

    @Test(arguments: [
        ("on 14 March 2027", "2027-03-14"), ("on March 14, 2027", "2027-03-14"),
        ("on the 14th of March 2027", "2027-03-14"),
        ("on Sunday 14 March 2027", "2027-03-14"), ("on Sun, Mar. 14, 2027", "2027-03-14"),
        ("on 2027-03-14", "2027-03-14"),
        ("on 14.03.2027", "2027-03-14"), ("on March 14 and 15, 2027", "2027-03-14..2027-03-15"),
        ("on 14 & 15 March 2027", "2027-03-14..2027-03-15"), ("on 14–16 May 2027", "2027-05-14..2027-05-16"),
        ("from 3 to 5 July 2027", "2027-07-03..2027-07-05"), ("from 30 June to 2 July 2027", "2027-06-30..2027-07-02"),
        ("from June 30 – July 2, 2027", "2027-06-30..2027-07-02"),
        ("from Friday 5 to Sunday 7 March 2027", "2027-03-05..2027-03-07"),
        ("from 30 December 2027 to 2 January 2028", "2027-12-30..2028-01-02"),
        ("from 30 December to 2 January 2028", "2027-12-30..2028-01-02"),
        ("on 5 March 2027 at 7:30 pm", "2027-03-05T19:30:00"),
        ("on Friday 5 March 2027 at 19:30", "2027-03-05T19:30:00"),
        ("at 7.30pm on 5 March 2027", "2027-03-05T19:30:00"),
        ("on 5 March 2027 from 10am - 12pm", "2027-03-05T10:00:00..2027-03-05T12:00:00"),
        ("on 5 March 2027 from noon to 1:30 p.m.", "2027-03-05T12:00:00..2027-03-05T13:30:00"),
        ("on 5 March 2027 from 4:00 - 5:00 P.M.", "2027-03-05T16:00:00..2027-03-05T17:00:00"),
        ("on 5 March 2027 from 10 pm to 1 am", "2027-03-05T22:00:00..2027-03-06T01:00:00"),
        ("on 5 March 2027 at 19h30", "2027-03-05T19:30:00"),
        ("on 2027-03-05T19:30:00+01:00", "2027-03-05T19:30:00+01:00"),
    ])
    func dates(words: String, expected: String) throws {
        let decoded = TextReading.read("Jazz evening\n\nThe jazz evening will be held \(words) in Oslo.")
        let update = try #require(decoded.update)
        #expect(update.stops == ["main \(expected) Oslo NO Europe/Oslo"], "\(decoded.codes)")
        #expect(!decoded.diagnostics.contains { $0.severity > .warning })
    }

    @Test(arguments: [
        ("in Portland, Oregon", "Portland US America/Los_Angeles"), ("in Paris, France", "Paris FR Europe/Paris"),
        ("in Paris, Texas", "Paris US America/Chicago"), ("in London, Ontario, Canada", "London CA America/Toronto"),
        ("in São Paulo", "São Paulo BR America/Sao_Paulo"), ("in the city of Nice", "Nice FR Europe/Paris"),
        ("in Washington, D.C.", "Washington US America/New_York"), ("in New York", "New York US America/New_York"),
        ("at the Old Fire Station, 40 George Street, Oxford, UK", "Oxford GB Europe/London"),
        ("at Victoria Hall in Geneva", "Geneva CH Europe/Zurich"), ("outside City Hall, Oslo", "Oslo NO Europe/Oslo"),
        ("at London Bridge Theatre in Birmingham, England", "Birmingham GB Europe/London"),
    ])
    func places(words: String, expected: String) throws {
        let decoded = TextReading.read("Jazz evening\n\nThe jazz evening will be held \(words) on 5 March 2027.")
        let update = try #require(decoded.update)
        #expect(update.stops == ["main 2027-03-05 \(expected)"])
    }
}
