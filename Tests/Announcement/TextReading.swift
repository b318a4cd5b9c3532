import Announcement
import EventModel
import Foundation
import Reading

/// Reads texts, dropped on a fixed day.
enum TextReading {
    /// 23 November 2026, 20:00 UTC, well after the year of the press release.
    static let receivedAt = Instant(microseconds: 1_795_464_000_000_000)

    static func read(_ text: String) -> Decoded { read(Array(text.utf8)) }

    static func read(_ bytes: [UInt8]) -> Decoded {
        TextReader.read(
            bytes, context: ReadingContext(receivedAt: receivedAt, sha256: String(repeating: "0", count: 64)))
    }

    /// A folder of cases beside the project; nil where it is absent.
    static func corpus(_ name: String) -> URL? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.deletingLastPathComponent().appending(path: "shared/corpora/\(name)")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }
}

extension Decoded {
    /// The only update.
    var update: EventUpdate? { updates.count == 1 ? updates[0].update : nil }
    var codes: [String] { diagnostics.map(\.code.rawValue).sorted() }
    func diagnostic(_ code: DiagnosticCode) -> Diagnostic? { diagnostics.first { $0.code == code } }
}

extension EventContent {
    /// One line an occurrence: `lyon 2027-05-14..2027-05-16 Lyon FR Europe/Paris`.
    var stops: [String] {
        occurrences.map { occurrence in
            let start = occurrence.when.start?.description ?? "?"
            let span = occurrence.when.end.map { "\(start)..\($0)" } ?? start
            let place = occurrence.place
            return [occurrence.id, span, place?.city ?? place?.name, place?.country, occurrence.when.timeZone]
                .compactMap { $0 }.joined(separator: " ")
        }
    }

    var partyNames: [String] { parties.map { "\($0.role) \($0.kind.rawValue) \($0.name)" } }
}

extension EventUpdate {
    func evidence(_ path: String) -> Evidence? { evidence.first { $0.fieldPath == path } }
}
