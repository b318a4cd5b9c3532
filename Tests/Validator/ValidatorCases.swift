import EventFormats
import EventModel
import PluginKit
import Reading

@testable import Validator

/// A file and what is said of it, as a compiler prints: `line:column: severity code: message`.
struct ValidatorCases {
    /// 1 November 2026, noon in UTC.
    static let now = Instant(microseconds: 1_793_534_400_000_000)

    static func decoded(_ text: String) -> (Decoded, [UInt8]) {
        let bytes = Array(text.utf8)
        return (readUpdates(bytes, context: ReadingContext(receivedAt: now, sha256: "00")), bytes)
    }

    static func printed(_ text: String, settings: ValidatorSettings = ValidatorSettings()) -> [String] {
        let (decoded, bytes) = decoded(text)
        return Validator.examine(decoded, bytes: bytes, settings: settings, now: now).map(line)
    }

    private struct StillClock: ServiceClock {
        var now: Instant { ValidatorCases.now }
        var uptime: Duration { .zero }
        func wait(_ duration: Duration) async throws(CancellationError) {}
    }

    /// The validator's answer to each update of a file.
    static func answers(
        _ text: String, settings: ValidatorSettings = ValidatorSettings(),
        changing change: (inout Delivery) -> Void = { _ in }
    ) async throws(PluginFailure) -> [Answer] {
        let context = PluginContext(
            manifest: Validator.manifest, journal: PluginJournal { _, _, _, _, _ in }, clock: StillClock(),
            stateDirectory: "/nonexistent")
        let validator = try await Validator(settings: settings, context: context)
        let (decoded, bytes) = decoded(text)
        var delivery = Delivery(
            id: DeliveryID(high: 1, low: 1), file: Array("e.json".utf8), bytes: bytes, sha256: "00", submitter: 1000,
            receivedAt: now, decoded: decoded)
        change(&delivery)
        return try await validator.process(DeliveryBatch([delivery])).answers.first ?? []
    }

    static func line(_ item: Diagnostic) -> String {
        let place = item.position.map { "\($0.line):\($0.column)" } ?? "-"
        return "\(place): \(item.severity.word) \(item.code.rawValue): \(item.message)"
    }

    /// A sound event; members given come on the second line and replace those of the same name.
    static func event(_ members: String) -> String {
        #"{"@context":"https://schema.org","@type":"Event","identifier":"e1","name":"Gala","#
            + #""startDate":"2026-11-28T19:30:00+01:00","location":{"@type":"Place","name":"Hall"}"#
            + (members.isEmpty ? "" : ",\n") + members + "}"
    }
}
