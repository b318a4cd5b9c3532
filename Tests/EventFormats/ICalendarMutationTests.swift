import EventFormats
import EventModel
import Testing

/// Files that somebody broke at random: whatever they hold, reading ends, and what was read can be written.
@Suite struct ICalendarMutationTests {
    private static let sample = calendar(
        "DTSTART;TZID=Pacific Standard Time:20261128T100000", "DTEND;TZID=\"Pacific Standard Time\":20261128T120000",
        "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101T000000Z",
        "RDATE;VALUE=PERIOD:20261201T100000Z/PT2H,20261202T100000Z/20261202T110000Z",
        "EXDATE:20261130", "SUMMARY;LANGUAGE=de:Zürich\\, liest", "DURATION:P1DT2H", "GEO:47.3;8.5",
        "CATEGORIES:a\\,b,c",
        "ORGANIZER;CN=\"A^'B\":mailto:a@b", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261128T100000",
        "X-TIDINGS-PARTY;KIND=person;ROLE=performer:Ann",
        "X-TIDINGS-PLACE;KIND=city;LATITUDE=1e5:Rome", "X-TIDINGS-PREVIOUS-START:2026-11-27T10:00:00+01:00",
        around: [
            "METHOD:REQUEST", "BEGIN:VTIMEZONE", "TZID:Pacific Standard Time", "BEGIN:STANDARD",
            "DTSTART:16010101T020000",
            "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "TZOFFSETFROM:-0700", "TZOFFSETTO:-0800", "END:STANDARD",
            "END:VTIMEZONE",
        ])

    @Test(.timeLimit(.minutes(10)), arguments: 0..<40)
    func brokenFiles(_ seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        let tokens = [
            "\r\n", "\n ", ";", ":", ",", "\"", "\\", "=", "T", "Z", "-", "9", "0", "BEGIN:VEVENT\n", "END:VEVENT\n",
            "ü", "/",
        ]
        for _ in 0..<50 {
            var bytes = Array(Self.sample.utf8)
            for _ in 0..<(1 + random(12)) {
                let at = random(bytes.count)
                switch random(4) {
                case 0: bytes.remove(at: at)
                case 1: bytes[at] = UInt8(random(256))
                case 2: bytes.insert(contentsOf: tokens[random(tokens.count)].utf8, at: at)
                default: bytes.removeSubrange(at..<min(bytes.count, at + random(30)))
                }
            }
            let updates = decode(bytes).updates.map(\.update)
            let again = decode(ICalendarWriter.write(updates))
            #expect(again.updates.count == Set(updates.map(\.uid)).count)
        }
    }
}
