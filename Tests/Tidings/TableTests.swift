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
}
