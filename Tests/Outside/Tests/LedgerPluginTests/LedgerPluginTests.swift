import Foundation
import PluginKit
import TestKit
import Testing

@testable import LedgerPlugin

@Suite struct LedgerPluginTests {
    @Test func thePluginKeepsTheContract() async {
        var suite = PluginConformance(LedgerPlugin.self)
        suite.effects = { try Self.lines(in: $0) }
        let violations = await suite.violations()
        #expect(violations == [])
    }

    @Test func aSlashInTheNameIsRefused() {
        var settings = LedgerSettings()
        settings.file = "../ledger"
        #expect(settings.faults() == ["file is \"../ledger\"; write a name without slashes"])
    }

    private static func lines(in directory: String) throws -> [String] {
        try String(contentsOfFile: "\(directory)/ledger.txt", encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
