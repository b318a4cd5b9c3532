import Foundation
import Testing

@testable import Systemd

struct CatalogRecord {
    var id: String
    var headers: [String: String]
    var body: String
}

struct CatalogTests {
    /// The shipped catalog, read by the rules of systemd's catalog files.
    let records: [CatalogRecord]

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Deploy/tidingsd.catalog"), encoding: .utf8)
        records = text.components(separatedBy: "\n-- ").dropFirst().map { record in
            var lines = record.components(separatedBy: "\n")[...]
            let id = lines.removeFirst()
            var headers: [String: String] = [:]
            while let line = lines.first, !line.isEmpty {
                lines = lines.dropFirst()
                let parts = line.split(separator: ":", maxSplits: 1)
                headers[String(parts[0])] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            }
            let body = lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
            return CatalogRecord(id: id, headers: headers, body: body)
        }
    }

    @Test(arguments: MessageID.allCases) func everyMessageIsExplained(_ message: MessageID) throws {
        let record = try #require(
            records.first { $0.id == message.rawValue }, "\(message) has no entry in Deploy/tidingsd.catalog")
        #expect(record.headers["Subject"]?.isEmpty == false)
        #expect(record.headers["Defined-By"] == "tidingsd")
        #expect(
            record.body.components(separatedBy: "\n\n").count > 1, "\(message) is explained without saying what to do")
    }

    @Test func theCatalogExplainsNothingElse() {
        let known = Set(MessageID.allCases.map(\.rawValue))
        #expect(records.map(\.id).filter { !known.contains($0) } == [])
        #expect(Set(records.map(\.id)).count == records.count)
    }

    @Test func theCatalogNamesOnlyFieldsThatEntriesHave() {
        let written: Set = [
            "TIDINGS_DELIVERY", "TIDINGS_FILE", "TIDINGS_SUBMITTER", "TIDINGS_UID", "TIDINGS_STAGE", "TIDINGS_CODE",
            "TIDINGS_DECIDED_BY",
        ]
        for record in records {
            let named = record.body.components(separatedBy: "@").enumerated().filter { $0.offset % 2 == 1 }
                .map(\.element)
            #expect(Set(named).subtracting(written) == [], "in \(record.headers["Subject"] ?? record.id)")
        }
    }

    @Test func idsAreDistinctAndWellFormed() {
        for message in MessageID.allCases {
            #expect(message.rawValue.count == 32)
            #expect(message.rawValue.allSatisfy { "0123456789abcdef".contains($0) })
        }
        #expect(Set(MessageID.allCases.map(\.rawValue)).count == MessageID.allCases.count)
    }

    @Test(arguments: [
        (MessageID.deliveryAccepted, 6), (.deliveryUnchanged, 6), (.deliveryStale, 5), (.deliveryDeferred, 5),
        (.deliveryRejected, 4), (.deliveryHeld, 4), (.intakePaused, 3), (.stageFailed, 3), (.stageAnswered, 7),
    ])
    func prioritiesFollowTheOutcome(_ message: MessageID, priority: Int) {
        #expect(message.priority.rawValue == priority)
    }
}
