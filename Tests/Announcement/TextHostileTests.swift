import Announcement
import EventModel
import Glibc
import Reading
import Testing

/// Texts that nobody writes for people.
struct TextHostileTests {
    @Test(arguments: [
        ("", "no-event"), ("....", "no-event"), ("the and of", "no-event"),
        ("We are happy that it is Monday.", "no-event"),
    ])
    func whatIsNoEventIsNotRead(text: String, code: String) {
        let decoded = TextReading.read(text)
        #expect(decoded.updates.isEmpty)
        #expect(decoded.codes == [code])
        #expect(decoded.diagnostics.contains { $0.severity >= .held })
    }

    @Test(
        arguments: [
            ([0x48, 0x69, 0xFF], 2), ([0x61, 0xC0, 0x80], 1), ([0xED, 0xA0, 0x80], 0), ([0x61, 0x62, 0xE2, 0x82], 2),
            ([0x61, 0xF4, 0x90, 0x80, 0x80], 1),
        ] as [([UInt8], Int)])
    func whatIsNotUTF8IsRejectedAtItsByte(bytes: [UInt8], offset: Int) {
        let decoded = TextReading.read(bytes)
        #expect(decoded.updates.isEmpty)
        #expect(decoded.codes == ["invalid-utf8"])
        #expect(decoded.diagnostics.first?.position?.bytes.lowerBound == offset)
    }

    @Test func controlCharactersAreSpacesJoinersAreText() {
        let read = TextReading.read("Spring\u{B}concert\n\nThe concert will be held on 5 March 2027 in Oslo.")
        #expect(read.update?.name.text == "Spring concert")
        let found = read.diagnostics.filter { $0.code == .controlCharacter }
        #expect(found.map(\.severity) == [.warning])
        #expect(found.map(\.update) == [0])
        let joined = TextReading.read(
            "Concert\n\nThe con\u{AD}cert will be held on 5 March 2027 in O\u{200D}slo.\u{200F}")
        #expect(joined.update?.occurrences.first?.place?.country == "NO")
    }

    /// Each is repeated to 24 KiB: what took time in the square of the length would not end within the limit.
    @Test(
        .serialized,
        arguments: [
            "(", "a ", "January 1, ", "Monday ", "in Paris ", "in ", "1, 2, ", "(ABC) ", "the Union of Of (UO, ", "\n",
            "Where:\n",
            "- 5 May: Oslo\n", "will be held in London, Paris, ", "7-8 ", "\"", "x@", "@", "http://", "Supporters of ",
            "by the ",
            "is cancelled. ", "Concert moved from 5 May to ", "Title: ", "é", "\u{301}", "\u{202E}",
            "When: 5 May 2027. ", "at the Hall ",
            "Leeds, 5 May 2027\n", "12:00 - ", "postponed ", "A. B. C. ", "embargoed until ", "- - - ", "Hall, ",
        ])
    func repetitionsEndSoon(unit: String) {
        let text =
            "Concert in Oslo\n\nThe concert will be held on 5 March 2027 in Oslo. "
            + String(repeating: unit, count: 24_576 / unit.utf8.count)
        // This thread's own time: others may keep the machine busy.
        let begin = Self.computed()
        let decoded = TextReading.read(text)
        let elapsed = Self.computed() - begin
        #expect(decoded.format == .text)
        #expect(elapsed < .seconds(4), "\(unit): \(elapsed)")
    }

    private static func computed() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    @Test func pseudoRandomTextsDoNoHarm() {
        let parts = [
            "Concert", "will be held", "in", "at", "Paris", ",", ".", "\n", "\n\n", "5 May", "2027", "May", "(", ")",
            "PMOI", "of the",
            "Where:", "When:", "is cancelled", "postponed", "to", "-", "–", "7 pm", "19:30", "\"", "’", "and",
            "Town Hall", "by", "supporters",
            "Saturday", "31", "February", "until", "Speaker:", "Dr.", "Name", "UID:", "Year:", "Language: en",
            "Washington, DC", "http://a.b", "c@d.e",
        ]
        var state: UInt64 = 42
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<24 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += parts[Int(state >> 33) % parts.count] + (state & 0x8000 == 0 ? " " : "")
            }
            let decoded = TextReading.read(text)
            #expect(!decoded.updates.isEmpty || decoded.diagnostics.contains { $0.severity >= .held })
            for update in decoded.updates.map(\.update) {
                #expect(!update.occurrences.isEmpty)
                #expect(!update.uid.isEmpty && !update.name.text.isEmpty)
                let count = text.utf8.count
                #expect(update.evidence.allSatisfy { $0.byteRanges.allSatisfy { $0.upperBound <= count } })
                #expect(Set(update.occurrences.map(\.id)).count == update.occurrences.count)
            }
        }
    }

    @Test func moreOccurrencesThanTheLimitAreAnError() {
        var context = ReadingContext(receivedAt: TextReading.receivedAt, sha256: "")
        context.limits.occurrences = 3
        let text = "Concert tour\n\nConcerts will be held on 5 March 2027 in Oslo, Paris, Rome, Madrid and Lisbon."
        let decoded = TextReader.read(Array(text.utf8), context: context)
        #expect(decoded.update?.occurrences.count == 3)
        #expect(decoded.codes == ["too-large", "uid-derived"])
    }
}
