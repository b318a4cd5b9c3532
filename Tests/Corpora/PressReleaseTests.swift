import Archive
import EventModel
import Foundation
import Testing

/// The announcement beside the project.
private enum PressRelease {
    static let file = SchemaOrgTests.folder.deletingLastPathComponent()
        .appending(path: "announcements/press-release.txt")
    static let isThere = FileManager.default.fileExists(atPath: file.path)
}

/// A real announcement, from the drop folder to all that its readers see.
@Suite(.enabled(if: PressRelease.isThere, "the corpora do not lie beside the project"))
struct PressReleaseTests {
    private static let name =
        "Iran: International protests by PMOI and NCRI supporters simultaneous with "
        + "anti-monarchic revolution’s anniversary"
    private static let cities = [
        "London", "Paris", "Brussels", "Amsterdam", "Toronto", "Rome", "Munich", "Geneva", "Washington",
    ]

    private func worked() async throws -> PrivateService {
        let service = PrivateService()
        try service.drop([PressRelease.file])
        #expect(try await service.workOff() == ["press-release.txt": [PrivateService.Answer(outcome: "accepted")]])
        return service
    }

    @Test func itIsInTheArchive() async throws {
        let service = try await worked()
        let archive = try ArchiveReader(path: ArchiveReader.path(stateDirectory: service.state))
        let events = try archive.events()
        #expect(events.map(\.name) == [Self.name])
        let event = try #require(events.first)
        #expect(event.start == "2020-02-07")
        #expect(event.end == "2020-02-08")
        #expect(event.places.count == 9)
        #expect(event.status == .scheduled)
        let state = try #require(try archive.event(uid: event.uid)).state
        #expect(state.occurrences.count == 9)
        #expect(
            state.occurrences.compactMap { $0.place?.name }.map { $0.prefix { $0 != "," } }
                == Self.cities.map { $0[...] })
        #expect(
            state.occurrences.compactMap { $0.place?.country } == [
                "GB", "FR", "BE", "NL", "CA", "IT", "DE", "CH", "US",
            ])
    }

    @Test func thePageShowsIt() async throws {
        let page = try await worked().site("index.html")
        #expect(page.contains("International protests by PMOI and NCRI supporters"))
        for city in Self.cities { #expect(page.contains(city)) }
        #expect(page.contains("2020"))
        #expect(!page.contains("00:00"))
    }

    @Test func theFeedTellsOfIt() async throws {
        let feed = try await worked().site("feed.atom")
        #expect(feed.components(separatedBy: "<entry").count == 2)
        #expect(feed.contains("International protests by PMOI and NCRI supporters"))
    }

    @Test func theCalendarHasNineEventsOfWholeDays() async throws {
        let calendar = try await worked().site("calendar.ics").replacingOccurrences(of: "\r\n ", with: "")
        let lines = calendar.components(separatedBy: "\r\n")
        #expect(lines.count { $0 == "BEGIN:VEVENT" } == 9)
        #expect(lines.count { $0 == "DTSTART;VALUE=DATE:20200207" } == 9)
        // The end is exclusive there.
        #expect(lines.count { $0 == "DTEND;VALUE=DATE:20200209" } == 9)
        #expect(Set(lines.filter { $0.hasPrefix("UID:") }).count == 9)
        for city in Self.cities {
            #expect(lines.count { $0.hasPrefix("LOCATION") && $0.contains(city) } == 1, "\(city)")
        }
    }

    @Test func theDataHasNineParts() async throws {
        let data = Data(try await worked().site("events.jsonld").utf8)
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect((json["name"] as? [String: Any])?["@value"] as? String == Self.name)
        #expect((json["name"] as? [String: Any])?["@language"] as? String == "en")
        #expect((json["subEvent"] as? [[String: Any]])?.count == 9)
    }
}
