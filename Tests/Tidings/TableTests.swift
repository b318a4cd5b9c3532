import Testing

@testable import tidings

/// What makes tables stand straight.
@Suite struct TableTests {
    @Test(
        arguments: [
            ("", 0), ("abc", 3), ("Café", 4), ("Cafe\u{301}", 4), ("東京", 4), ("서울", 4), ("ﾊﾝｶｸ", 4), ("🎷", 2),
            ("👩‍👩‍👧", 2), ("❤\u{FE0F}", 2), ("a\u{200D}b", 2), ("تهران", 5), ("🇨🇭", 2),
        ])
    func theWidthOfText(_ text: String, _ columns: Int) { #expect(text.displayWidth == columns) }

    @Test func textIsCutAtItsWidth() {
        #expect("Late Quartets".cut(toWidth: 8) == "Late Qu…")
        #expect("東京音楽祭".cut(toWidth: 6) == "東京…")
        #expect("short".cut(toWidth: 8) == "short")
        for width in 2...12 { #expect("東京音楽祭 2028".cut(toWidth: width).displayWidth <= width) }
    }

    @Test func textIsBrokenBetweenWords() {
        #expect("one two three".broken(toWidth: 7) == ["one two", "three"])
        #expect("  東京 音楽 祭".broken(toWidth: 9, indent: 4) == ["  東京", "    音楽", "    祭"])
        #expect("immeasurably long".broken(toWidth: 4) == ["immeasurably", "long"])
        #expect("short".broken(toWidth: 9) == ["short"])
    }

    static let sample: Table = {
        var table = Table(
            [("NAME", .left), ("N", .right), ("WORDS", .left)], yielding: [Table.Yield(column: 0, least: 5)],
            wrapping: 2)
        table.add(["Harbour Choir", "7", "sings songs of many shores at the quay"])
        table.add(["東京音楽祭", "12", "夏"])
        return table
    }()

    @Test func whatHasRoomIsWhole() {
        #expect(
            Self.sample.lines() == [
                "NAME            N  WORDS", "Harbour Choir   7  sings songs of many shores at the quay",
                "東京音楽祭     12  夏",
            ])
    }

    @Test func whatHasNoRoomIsWrappedAndThenCut() {
        #expect(
            Self.sample.lines(width: 48) == [
                "NAME            N  WORDS", "Harbour Choir   7  sings songs of many shores at",
                "                   the quay", "東京音楽祭     12  夏",
            ])
        let narrow = Self.sample.lines(width: 36)
        #expect(
            narrow.contains { $0.hasPrefix("Harb…   7  sings songs") } || narrow.contains { $0.contains("…   7  ") })
        #expect(narrow.allSatisfy { $0.displayWidth <= 36 })
    }
}
