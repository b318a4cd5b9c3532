import EventModel
import Testing

@testable import tidings

/// The offending line below a finding.
@Suite struct ExcerptTests {
    static func lines(_ text: String, _ range: Range<Int>, width: Int? = nil) -> [String] {
        let bytes = Array(text.utf8)
        return Excerpt(of: bytes, at: SourcePosition(of: range, in: bytes))?.lines(width: width) ?? []
    }

    @Test func theLineAndAMark() {
        #expect(
            Self.lines("BEGIN:VEVENT\r\nDTSTART:20270230\r\nEND:VEVENT\r\n", 22..<30) == [
                "    2 | DTSTART:20270230", "      |         ^~~~~~~~",
            ])
    }

    @Test func aPlaceWithoutLengthIsAPoint() {
        #expect(Self.lines("abc", 1..<1) == ["    1 | abc", "      |  ^"])
    }

    @Test func wideCharactersMoveTheMark() {
        let text = "name: 東京 x"
        #expect(Self.lines(text, 6..<12) == ["    1 | name: 東京 x", "      |       ^~~~"])
        #expect(Self.lines(text, 13..<14) == ["    1 | name: 東京 x", "      |            ^"])
        #expect(Self.lines("Cafe\u{301} bar", 7..<10) == ["    1 | Cafe\u{301} bar", "      |      ^~~"])
    }

    @Test func whatATerminalWouldObeyIsHarmless() {
        #expect(Self.lines("a\u{1B}[2J\tb", 6..<7) == ["    1 | a\u{FFFD}[2J b", "      |       ^"])
    }

    @Test func aLongLineIsShownAroundThePlace() {
        let text = String(repeating: "x", count: 5000) + "HERE" + String(repeating: "y", count: 5000)
        for width in [40, 80, 120] {
            let lines = Self.lines(text, 5000..<5004, width: width)
            #expect(lines.allSatisfy { $0.displayWidth <= width })
            let mark = lines[1].prefix { $0 != "^" }.count
            #expect(lines[0].dropFirst(mark).hasPrefix("HERE"))
            #expect(lines[1].hasSuffix("^~~~"))
            #expect(lines[0].hasPrefix("    1 | …") && lines[0].hasSuffix("…"))
        }
    }

    @Test func aMarkEndsWithItsLine() {
        #expect(Self.lines("{\"a\":\n1}", 0..<8) == ["    1 | {\"a\":", "      | ^~~~~"])
    }

    @Test func whatHasNoTextHasNoExcerpt() {
        #expect(Self.lines("abc", 3..<3) == [])
        #expect(Self.lines("", 0..<0) == [])
        #expect(Self.lines("a\n\nb", 2..<2) == [])
    }
}
