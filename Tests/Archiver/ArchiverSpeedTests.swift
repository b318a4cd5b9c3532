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

    private static func update(_ number: Int, day: Int, sequence: Int) throws -> EventUpdate {
        try party("event-\(number)@example.org", day: day, sequence: sequence) {
            $0.description = LanguageText(String(repeating: "A description of what is to come. ", count: 20))
            $0.parties = [Party(name: "City of Bern", kind: .organization, role: .organizer)]
            $0.links = ["https://example.org/events/\(number)"]
            $0.categories = ["music", "dance"]
            $0.occurrences[0].when.timeZone = "Europe/Zurich"
            $0.extensions = [Extension(vocabulary: "icalendar", name: "X-MORE", content: "X-MORE:yes")]
        }
    }

    private static func deliveries(_ numbers: Range<Int>, round: Int) throws -> [Delivery] {
        let bytes = [UInt8](repeating: 0x41, count: 2200)
        return try numbers.map { number in
            Delivery(
                id: DeliveryID(high: UInt64(round) << 40 | UInt64(number) << 8, low: UInt64(number)),
                file: Array("event-\(number).ics".utf8), bytes: bytes, sha256: String(repeating: "a", count: 64),
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
