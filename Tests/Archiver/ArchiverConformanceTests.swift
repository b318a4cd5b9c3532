import Archive
import Archiver
import EventModel
import TestKit
import Testing

@Suite struct ArchiverConformanceTests {
    @Test func theArchiverKeepsTheContract() async {
        var suite = PluginConformance(Archiver.self)
        suite.effects = Self.revisions
        let violations = await suite.violations()
        #expect(violations == [])
    }

    /// Each event with the intents of its revisions; receipts of what changed nothing are no effect.
    @Sendable static func revisions(stateDirectory: String) throws -> [String] {
        let archive = try ArchiveReader(path: "\(stateDirectory)/\(ArchiveReader.fileName)")
        return try archive.events().map { event in
            let history = try archive.event(uid: event.uid)?.history ?? []
            let intents = history.filter { $0.state != nil }.map(\.intent.rawValue)
            return "\(event.uid): \(intents.joined(separator: ", "))"
        }
    }
}
