import EventModel
import Foundation
import PluginKit
import Testing

/// Measures, and asserts nothing about time. Run with
/// `TIDINGS_ARCHIVER_SPEED=100000 swift test -c release --filter ArchiverSpeed`.
@Suite("ArchiverSpeed", .serialized)
struct ArchiverSpeedTests {
    private static let count = ProcessInfo.processInfo.environment["TIDINGS_ARCHIVER_SPEED"].flatMap(Int.init) ?? 0

    private static let rounds = ["new", "rescheduled", "rescheduled again"].prefix(
        ProcessInfo.processInfo.environment["TIDINGS_ARCHIVER_ROUNDS"].flatMap(Int.init) ?? 3)

    private static let vocabulary = """
        the evening programme brings music from three centuries played by young ensembles of our region doors open half an \
        hour before tickets at desk or online children under twelve are free wheelchair access through garden entrance \
        workshop exhibition lecture reading dance theatre market tour museum library square hall church school with and for
        """.split(separator: " ")

    /// Words that differ from event to event, as those of real announcements do.
    private static func prose(_ number: Int, words: Int) -> String {
        var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<words).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return String(vocabulary[Int(state >> 33) % vocabulary.count])
        }.joined(separator: " ")
    }

    /// About 2.2 KB, as of a calendar program.
    private static func bytes(_ number: Int, round: Int) -> [UInt8] {
        let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Calendar 4.2//EN\r\nBEGIN:VEVENT\r\n"
        let body =
            "UID:event-\(number)@example.org\r\nSEQUENCE:\(round)\r\nDTSTART;TZID=Europe/Zurich:2027050\(round)T190000"
        let more = "URL:https://example.org/events/\(number)\r\nX-NOTE:\(prose(number + 7, words: 160))"
        let end = "END:VEVENT\r\nEND:VCALENDAR\r\n"
        return Array(
            [head + body, "DESCRIPTION:\(prose(number, words: 110))", more, end].joined(separator: "\r\n").utf8)
    }

    private static func update(_ number: Int, day: Int, sequence: Int) throws -> EventUpdate {
        try party("event-\(number)@example.org", day: day, sequence: sequence) {
            $0.description = LanguageText(prose(number, words: 110))
            $0.parties = [Party(name: "City of Bern", kind: .organization, role: .organizer)]
            $0.links = ["https://example.org/events/\(number)"]
            $0.categories = ["music", "dance"]
            $0.occurrences[0].when.timeZone = "Europe/Zurich"
            $0.extensions = [Extension(vocabulary: "icalendar", name: "X-MORE", content: "X-MORE:yes")]
        }
    }

    private static func deliveries(_ numbers: Range<Int>, round: Int) throws -> [Delivery] {
        return try numbers.map { number in
            Delivery(
                id: DeliveryID(high: UInt64(round) << 40 | UInt64(number) << 8, low: UInt64(number)),
                file: Array("event-\(number).ics".utf8), bytes: bytes(number, round: round),
                sha256: String(repeating: "a", count: 64),
                submitter: 1000, receivedAt: Instant(microseconds: 1_790_000_000_000_000),
                decoded: Decoded(
                    format: .icalendar,
                    updates: [DecodedUpdate(try update(number, day: 1 + round, sequence: round))]))
        }
    }

    /// What the process has computed, in user and system mode.
    private static var processorMicroseconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }

    @Test("Microseconds an update, in batches of 1024", .enabled(if: count > 0))
    func measure() async throws {
        let bench = try await Bench()
        for (round, what) in Self.rounds.enumerated() {
            var spent = Duration.zero
            var processor = 0.0
            var slowest = Duration.zero
            for start in stride(from: 0, to: Self.count, by: 1024) {
                let batch = try Self.deliveries(start..<min(start + 1024, Self.count), round: round)
                let before = Self.processorMicroseconds
                let took = try await ContinuousClock().measure { _ = try await bench.offer(batch) }
                processor += Self.processorMicroseconds - before
                spent += took
                slowest = max(slowest, took)
            }
            let perUpdate = Double(spent.components.attoseconds) / 1e12 + Double(spent.components.seconds) * 1e6
            let count = Double(Self.count)
            print(what, perUpdate / count, "µs an update,", processor / count, "of them computing; slowest", slowest)
        }
        let size = try FileManager.default.attributesOfItem(atPath: bench.archivePath)[.size] as? Int ?? 0
        print("bytes in the archive an event", size / Self.count)
    }
}
