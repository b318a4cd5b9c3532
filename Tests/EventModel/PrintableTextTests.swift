import EventModel
import Testing

/// What people are shown cannot turn around or hide what stands beside it.
@Suite struct PrintableTextTests {
    static let turning: [Unicode.Scalar] = [
        "\u{61C}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}",
        "\u{2067}", "\u{2068}", "\u{2069}",
    ]

    @Test(arguments: turning) func whatTurnsTheDirectionIsShown(_ scalar: Unicode.Scalar) {
        let shown = "a\\u{\(String(scalar.value, radix: 16))}b"
        #expect(PrintableText.escape("a\(scalar)b") == shown)
        #expect(PrintableText.escape(Array("a\(scalar)b".utf8)) == shown)
    }

    @Test(arguments: ["عاشوراء", "ערב שירה", "می\u{200C}خواهم", "क्\u{200D}ष", "Zürich 東京 👩\u{200D}🎤", "a\\b"])
    func lettersAndJoinersStay(_ text: String) {
        #expect(PrintableText.escape(text) == text)
        #expect(PrintableText.escape(Array(text.utf8)) == text.replacing("\\", with: "\\\\"))
    }

    @Test(
        arguments: [
            ([0x61, 0x0A, 0x09, 0x0D], "a\\n\\t\\r"), ([0x1B, 0x07, 0x7F], "\\x1b\\x07\\x7f"),
            ([0xC2, 0x9B], "\\u{9b}"),
            ([0xFF, 0x61, 0xC3], "\\xffa\\xc3"), ([0xE2, 0x80, 0x61, 0xC3, 0xA9], "\\xe2\\x80aé"), ([], ""),
            ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xF5, 0x80], "\\xf5\\x80"),
        ] as [([UInt8], String)])
    func whatIsNoTextIsShown(_ bytes: [UInt8], _ shown: String) {
        #expect(PrintableText.escape(bytes) == shown)
    }

    @Test func lineEndsMayStay() {
        #expect(PrintableText.escape("a\nb\r\u{2028}", keepingLineEnds: true) == "a\nb\\r\\u{2028}")
        #expect(PrintableText.escape("a\nb") == "a\\nb")
    }

    @Test func whatIsShownIsShownAsItIs() {
        let once = PrintableText.escape("\u{202E}\u{1B}\n")
        #expect(PrintableText.escape(once) == once)
    }
}
