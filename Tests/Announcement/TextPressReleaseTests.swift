import Announcement
import EventModel
import Foundation
import Reading
import Testing

/// What a person reads in the press release, line by line.
@Suite(.enabled(if: TextReading.corpus("announcements") != nil, "the corpus folder is absent"))
struct TextPressReleaseTests {
    let decoded: Decoded
    let bytes: [UInt8]

    init() throws {
        let folder = try #require(TextReading.corpus("announcements"))
        bytes = Array(try Data(contentsOf: folder.appending(path: "press-release.txt")))
        decoded = TextReading.read(bytes)
    }

    private func update() throws -> EventUpdate { try #require(decoded.update) }

    private func words(_ evidence: Evidence?) -> [String] {
        (evidence?.byteRanges ?? []).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test func isAnAnnouncementWithoutErrors() throws {
        let update = try update()
        #expect(update.kind == .announce)
        #expect(update.status == .scheduled)
        #expect(update.evidence("status")?.basis == .defaulted)
        #expect(update.language == "en")
        #expect(update.evidence("language")?.basis == .inferred)
        #expect(update.attendanceMode == .offline)
        #expect(update.evidence("attendanceMode")?.basis == .inferred)
        #expect(!decoded.diagnostics.contains { $0.severity > .warning })
        #expect(decoded.format == .text)
    }

    @Test func nameIsTheHeadlineThatRepeats() throws {
        let update = try update()
        let headline =
            "Iran: International protests by PMOI and NCRI supporters simultaneous with anti-monarchic revolution’s anniversary"
        #expect(update.name == LanguageText(headline, language: "en"))
        let evidence = update.evidence("name.text")
        #expect(evidence?.basis == .stated)
        #expect(words(evidence) == [headline, headline])
        #expect(!update.name.text.contains("Uniting for Freedom"))
    }

    @Test func daysAreStatedAndTheYearIsInferredFromTheBackground() throws {
        let update = try update()
        for (index, occurrence) in update.occurrences.enumerated() {
            #expect(occurrence.when.start?.description == "2020-02-07")
            #expect(occurrence.when.end?.description == "2020-02-08")
            #expect(occurrence.when.precision == .day)
            let days = update.evidence("occurrences[\(index)].when.start")
            #expect(days?.basis == .stated)
            #expect(words(days) == ["February 7 and 8"])
            let year = update.evidence("occurrences[\(index)].when.start.year")
            #expect(year?.basis == .inferred)
            #expect(try #require(year).confidence < 0.9)
            #expect(words(year).joined().contains("January 2020"))
        }
        #expect(decoded.diagnostic(.yearInferred)?.message.contains("Year: 2020") == true)
    }

    @Test func theYearDoesNotFollowTheReceipt() {
        let context = ReadingContext(receivedAt: Instant(microseconds: 1_893_456_000_000_000), sha256: "")
        let later = TextReader.read(bytes, context: context).update
        #expect(later?.occurrences.first?.when.start?.description == "2020-02-07")
    }

    @Test func noTimesAndNoStreetsAreInvented() throws {
        for occurrence in try update().occurrences {
            #expect(occurrence.when.start?.time == nil)
            #expect(occurrence.when.end?.time == nil)
            #expect(occurrence.place?.streetAddress == nil)
            #expect(occurrence.place?.latitude == nil)
        }
    }

    @Test func nineCitiesInOrder() throws {
        let update = try update()
        let cities = [
            ("London", "GB", "Europe/London"), ("Paris", "FR", "Europe/Paris"), ("Brussels", "BE", "Europe/Brussels"),
            ("Amsterdam", "NL", "Europe/Amsterdam"), ("Toronto", "CA", "America/Toronto"),
            ("Rome", "IT", "Europe/Rome"),
            ("Munich", "DE", "Europe/Berlin"), ("Geneva", "CH", "Europe/Zurich"),
            ("Washington, DC", "US", "America/New_York"),
        ]
        #expect(update.occurrences.compactMap(\.place?.name) == cities.map(\.0))
        #expect(update.occurrences.compactMap(\.place?.country) == cities.map(\.1))
        #expect(update.occurrences.compactMap(\.place?.timeZone) == cities.map(\.2))
        #expect(update.occurrences.compactMap(\.when.timeZone) == cities.map(\.2))
        #expect(update.occurrences.allSatisfy { $0.place?.kind == .city && $0.place?.geonameID != nil })
        #expect(Set(update.occurrences.map(\.id)).count == 9)
        #expect(update.occurrences.last?.id == "washington")
        #expect(update.occurrences.last?.place?.region == "DC")
        #expect(update.evidence("occurrences[8].place.region")?.basis == .stated)
        for index in 0..<9 {
            #expect(update.evidence("occurrences[\(index)].place.name")?.basis == .stated)
            #expect(words(update.evidence("occurrences[\(index)].place.name")) == [cities[index].0])
            #expect(update.evidence("occurrences[\(index)].place.country")?.basis == .inferred)
            #expect(update.evidence("occurrences[\(index)].place.timeZone")?.basis == .inferred)
        }
    }

    @Test func whichCityHasWhichDayIsNotSaid() throws {
        #expect(try update().occurrences.allSatisfy { $0.dayAssignment == .unspecified })
    }

    @Test func partiesAreTheTwoOrganisationsTheirSupportersAndTheCommunities() throws {
        let parties = try update().parties
        #expect(
            try update().partyNames == [
                "affiliated organisation People’s Mojahedin Organization of Iran",
                "affiliated organisation National Council of Resistance of Iran",
                "organizer community PMOI and NCRI supporters",
                "organizer community Iranian communities",
            ])
        #expect(parties.first?.acronyms == ["PMOI", "MEK"])
        #expect(parties.first?.alternateNames == ["Mujahedin-e Khalq"])
        #expect(parties.dropFirst().first?.acronyms == ["NCRI"])
        #expect(!parties.contains { $0.kind == .person })
    }

    @Test func warningsAreTheReadersOwn() {
        #expect(decoded.codes == ["day-assignment-unstated", "uid-derived", "year-inferred"])
    }

    @Test(arguments: [
        "Iran", "Europe", "United States", "Canada", "EU", "Iraq", "Lebanon", "Quds", "Freedom", "Equality",
    ])
    func backgroundIsNoPlaceOfTheEvent(name: String) throws {
        #expect(!(try update().occurrences.contains { $0.place?.name.contains(name) == true }))
    }

    @Test func backgroundIsNoDateAndNoNumberOfAnything() throws {
        let update = try update()
        let years = Set(update.occurrences.compactMap(\.when.start?.date.year))
        #expect(years == [2020])
        let months = Set(update.occurrences.compactMap(\.when.start?.date.month))
        #expect(months == [2])
        var shown = update
        (shown.evidence, shown.receipt.source.byteCount) = ([], 0)
        let all = "\(shown)"
        for number in ["1,500", "12,000", "1500", "12000", "1979", "1980", "2019"] { #expect(!all.contains(number)) }
    }

    @Test func nothingElseIsTaken() throws {
        let update = try update()
        #expect(update.description == nil)
        #expect(update.type == "Event")
        #expect(update.links.isEmpty)
        #expect(update.uidOrigin == .derived)
        #expect(update.uid.hasPrefix("derived:iran-international-protests-by-"))
        #expect(update.uid.contains("-2020"))
        #expect(update.receipt.source.mediaType == "text/plain")
        #expect(update.receipt.source.byteCount == bytes.count)
    }

    @Test func aHeaderOverridesWhatWasInferred() throws {
        let decoded = TextReading.read(Array("UID: rally-2021\nYear: 2021\n\n".utf8) + bytes)
        let update = try #require(decoded.update)
        #expect(update.uid == "rally-2021")
        #expect(update.occurrences.first?.when.start?.description == "2021-02-07")
        #expect(update.evidence("occurrences[0].when.start.year")?.basis == .stated)
        #expect(decoded.codes == ["day-assignment-unstated"])
    }
}
