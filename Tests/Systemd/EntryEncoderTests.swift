import Testing

@testable import Systemd

struct EntryEncoderTests {
    private func fields(_ entry: JournalEntry, identifier: String = "tidingsd") -> [[UInt8]] {
        var encoder = EntryEncoder(identifier: identifier)
        encoder.encode(entry)
        var start = 0
        return encoder.ends.map { end in
            defer { start = end }
            return Array(encoder.bytes[start..<end])
        }
    }

    private func text(_ entry: JournalEntry) -> [String] { fields(entry).map { String(decoding: $0, as: UTF8.self) } }

    @Test func anEntryHasItsOwnFieldsFirst() {
        let entry = JournalEntry(
            .deliveryHeld, "held", fields: [.init("TIDINGS_UID", "a"), .init("TIDINGS_UID", "b")],
            file: "Daemon/Outcome.swift", line: 42, function: "finish()")
        #expect(
            text(entry) == [
                "MESSAGE=held", "MESSAGE_ID=\(MessageID.deliveryHeld.rawValue)", "PRIORITY=4",
                "SYSLOG_IDENTIFIER=tidingsd", "CODE_FILE=Daemon/Outcome.swift", "CODE_LINE=42", "CODE_FUNC=finish()",
                "TIDINGS_UID=a", "TIDINGS_UID=b",
            ])
    }

    @Test func thePlaceInTheCodeIsTheCallers() {
        let written = text(JournalEntry(.serviceReady, "ready"))
        #expect(written.contains("CODE_FILE=SystemdTests/EntryEncoderTests.swift"))
        #expect(written.contains("CODE_FUNC=thePlaceInTheCodeIsTheCallers()"))
    }

    @Test func anyBytesAreKept() {
        let name: [UInt8] = [0x66, 0xFF, 0x0A, 0x00, 0x3D]
        let written = fields(JournalEntry(.fileLeftAlone, "two\nlines", fields: [.init("TIDINGS_FILE", name)]))
        #expect(written[0] == Array("MESSAGE=two\nlines".utf8))
        #expect(written.last == Array("TIDINGS_FILE=".utf8) + name)
    }

    @Test func whatWouldTurnTheMessageAroundIsShownInItAndKeptInItsField() {
        let name = "\u{202E}live\u{1B}"
        let written = text(JournalEntry(.pluginMessage, "\(name) is new", fields: [.init("TIDINGS_UID", name)]))
        #expect(written.first == "MESSAGE=\\u{202e}live\\x1b is new")
        #expect(written.last == "TIDINGS_UID=\(name)")
    }

    @Test(arguments: [
        ("TIDINGS_UID", "TIDINGS_UID"), ("lower", "LOWER"), ("with space", "WITH_SPACE"), ("_TRUSTED", "XTRUSTED"),
        ("9LIVES", "XLIVES"), ("", "X"), ("É", "X_"), ("A=B", "A_B"), ("LINE\nEND", "LINE_END"),
        (String(repeating: "N", count: 70), String(repeating: "N", count: 64)),
    ])
    func namesThatTheJournalWouldDropAreMadeFit(_ name: String, written: String) {
        #expect(text(JournalEntry(.pluginMessage, "m", fields: [.init(name, "v")])).last == "\(written)=v")
    }

    @Test(arguments: [(0, "0"), (-1, "-1"), (1_234_567, "1234567"), (Int.min, "-9223372036854775808")])
    func numbersAreDecimal(_ number: Int, written: String) {
        #expect(text(JournalEntry(.pluginMessage, "m", fields: [.init("N", number)])).last == "N=\(written)")
    }

    @Test func aDeliveryOfAThousandEventsStillHasAnEntry() {
        let many = (0..<1000).map { JournalEntry.Field("TIDINGS_UID", "event-\($0)\n") }
        let written = fields(JournalEntry(.deliveryAccepted, "m", fields: many))
        let vectors = written.reduce(0) { $0 + ($1.contains(0x0A) ? 5 : 2) }
        #expect(vectors <= 1024)
        let kept = written.count - 8
        #expect(kept > 150)
        #expect(written.last == Array("TIDINGS_FIELDS_OMITTED=\(1000 - kept)".utf8))
    }

    @Test func longTextIsCutBetweenCharacters() {
        let long = String(repeating: "é", count: EntryEncoder.maxValueBytes)
        let message = fields(JournalEntry(.pluginMessage, "x" + long))[0].dropFirst("MESSAGE=".utf8.count)
        #expect(message.count == EntryEncoder.maxValueBytes - 1)
        #expect(String(validating: message, as: UTF8.self) != nil)
    }

    @Test func nothingOfAnEarlierEntryRemains() {
        var encoder = EntryEncoder(identifier: "x")
        encoder.encode(JournalEntry(.pluginMessage, "long message", fields: [.init("A", "1"), .init("B", "2")]))
        encoder.encode(JournalEntry(.pluginMessage, "m"))
        #expect(encoder.ends.count == 7)
        #expect(!encoder.bytes.contains(UInt8(ascii: "A") + 25))
        #expect(String(decoding: encoder.bytes, as: UTF8.self).hasPrefix("MESSAGE=mMESSAGE_ID="))
    }
}
