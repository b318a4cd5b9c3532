import EventModel
import Reading
import Testing

@testable import EventFormats

/// Zones that a calendar defines itself, however many observances they have and however often they are asked.
@Suite struct ZoneDefinitionTests {
    private func zone(_ observances: [(start: String, offset: String, dates: [String])]) throws -> ZoneDefinition {
        var lines = ["BEGIN:VTIMEZONE", "TZID:Own"]
        for observance in observances {
            lines += ["BEGIN:STANDARD", "DTSTART:\(observance.start)", "TZOFFSETFROM:+0900"]
            lines += ["TZOFFSETTO:\(observance.offset)"] + observance.dates.map { "RDATE:\($0)" } + ["END:STANDARD"]
        }
        let bytes = Array((lines + ["END:VTIMEZONE"]).joined(separator: "\r\n").utf8)
        let limits = ReadingLimits()
        var findings = ReadingFindings(in: bytes, format: .icalendar, limit: 10)
        let tree = ContentTree(bytes, limits: limits, findings: &findings)
        return ZoneDefinition(try #require(tree.roots.first), text: tree.text, budget: ExpansionBudget(limits))
    }

    private func reading(_ year: Int, month: Int = 1) throws -> LocalDateTime {
        let date = try #require(LocalDate(year: year, month: month, day: 1))
        return try #require(LocalDateTime(date: date, hour: 3, minute: 0))
    }

    @Test func theLastObservanceThatBeganHolds() throws {
        let zone = try zone([
            ("20200101T020000", "+0100", ["20220101T020000"]), ("20210101T020000", "+0200", []),
            ("20220101T020000", "+0300", []), ("20230101T030000", "+0400", []),
        ])
        let offsets = try (2019...2024).map { zone.offset(at: try reading($0)) }
        #expect(offsets.map { $0?.seconds } == [9, 1, 2, 3, 4, 4].map { $0 * 3600 })
        #expect(zone.offset(at: try reading(2021, month: 12))?.seconds == 7200)
    }

    /// A calendar of 1 MiB can state tens of thousands of onsets and ask as often: each question costs a few steps.
    @Test func manyOnsetsCostEachQuestionAFewSteps() throws {
        let dates = (0..<4000).map { "\(2000 + $0 / 12)\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)01T020000" }
        let zone = try zone([("19990101T020000", "+0100", dates), ("19990102T020000", "+0200", dates)])
        for year in 2000..<2300 { #expect(zone.offset(at: try reading(year))?.seconds == 7200) }
        #expect(zone.comparisons < 300 * 20)
    }
}
