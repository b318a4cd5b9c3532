import EventFormats
import EventModel
import PluginKit

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
