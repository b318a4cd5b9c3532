import Reading
import Testing

struct DerivedUIDTests {
    @Test(
        arguments: [
            ("Jazz Night at the Pier", 2027, "derived:jazz-night-at-the-pier-2027"),
            ("  JAZZ\u{00A0}night, at the “Pier”!", 2027, "derived:jazz-night-at-the-pier-2027"),
            ("Fête de la Musique", nil, "derived:fete-de-la-musique"),
            ("Łódź Četvrtek Straße", 2030, "derived:lodz-cetvrtek-strasse-2030"),
        ] as [(String, Int?, String)])
    func shortLatinHeadlinesAreReadable(name: String, year: Int?, expected: String) {
        #expect(deriveUID(name: name, year: year) == expected)
    }

    @Test func aCutHeadlineEndsInAHashOfTheWhole() {
        let stem = String(repeating: "very long headline ", count: 8)
        let first = deriveUID(name: stem + "one", year: 2027)
        let second = deriveUID(name: stem + "two", year: 2027)
        #expect(first != second)
        #expect(first.utf8.count <= 8 + derivedUIDSlugBytes + 5 + 17)
        #expect(first.hasPrefix("derived:very-long-headline-"))
        #expect(first == deriveUID(name: stem + "ONE", year: 2027))
    }

    @Test func otherScriptsAreToldApartByTheHash() {
        let tokyo = deriveUID(name: "東京音楽祭", year: 2027)
        let kyoto = deriveUID(name: "京都音楽祭", year: 2027)
        #expect(tokyo != kyoto)
        #expect(tokyo.hasPrefix("derived:event-2027-"))
        #expect(tokyo.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func yearAndPublisherCount() {
        #expect(deriveUID(name: "Jazz Night", year: 2027) != deriveUID(name: "Jazz Night", year: 2028))
        #expect(deriveUID(name: "Jazz Night", year: 2027, publisher: "The Pier") == "derived:the-pier-jazz-night-2027")
    }
}
