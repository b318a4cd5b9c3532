import Foundation
import Notifier
import TestKit
import Testing

@Suite struct NotifierConformanceTests {
    @Test func theNotifierKeepsTheContract() async {
        var suite = PluginConformance(Notifier.self)
        suite.effects = Self.tidings
        let violations = await suite.violations()
        #expect(violations == [])
    }

    /// What subscribers see: the entries of the feed.
    @Sendable static func tidings(stateDirectory: String) throws -> [String] {
        let folder = URL(fileURLWithPath: stateDirectory).deletingLastPathComponent().appending(path: "site")
        return try Feed(Data(contentsOf: folder.appending(path: "feed.atom"))).entries.map {
            "\($0.title): \($0.content)"
        }
    }
}
