import Foundation
import PluginKit
import TestKit
import Testing

/// A faulty plugin: what is wrong with it, and the rule that it breaks.
struct FaultyCase: Sendable, CustomTestStringConvertible {
    let fault: String
    let rule: ContractRule
    let violations: @Sendable () async -> [ContractViolation]

    init<P: Plugin>(
        _ type: P.Type, _ rule: ContractRule, _ fault: String,
        change: @escaping @Sendable (inout PluginConformance<P>) -> Void = { _ in }
    ) {
        self.fault = fault
        self.rule = rule
        violations = {
            var suite = PluginConformance(type)
            change(&suite)
            return await suite.violations()
        }
    }

    var testDescription: String { "\(rule): \(fault)" }
}

@Suite struct FaultyPluginTests {
    @Test(arguments: FaultyCase.all) func aFaultyPluginIsToldWhichRuleItBreaksAndHow(_ faulty: FaultyCase) async throws
    {
        let violations = await faulty.violations()
        #expect(violations.map(\.rule) == [faulty.rule])
        let row = violations.first.map { "| \(faulty.fault) | \($0.rule) | \(Self.withoutFigures($0)) |" }
        #expect(try Self.documented().contains(#require(row)), "the page FaultyPlugins.md lacks: \(row ?? "")")
    }

    @Test func thePageShowsTheseFaultsInThisOrder() throws {
        let rows = try Self.documented()
        #expect(rows.count == FaultyCase.all.count)
        for (row, faulty) in zip(rows, FaultyCase.all) {
            #expect(row.hasPrefix("| \(faulty.fault) | \(faulty.rule) | "))
        }
    }

    @Test func thereIsAFaultyPluginForEachRule() {
        #expect(Set(ContractRule.allCases).subtracting(FaultyCase.all.map(\.rule)) == [])
    }

    /// The rows of the page's table.
    private static func documented() throws -> [String] {
        let page = try Documentation.page("FaultyPlugins")
        return page.split(separator: "\n").map(String.init).filter { $0.hasPrefix("| ") && $0.contains(" | C-") }
    }

    /// Times that were measured say something else each time.
    private static func withoutFigures(_ violation: ContractViolation) -> String {
        violation.message.replacing(#/took \d+m?s/#, with: "took …")
    }
}

/// The pages of PluginKit's documentation.
enum Documentation {
    static func page(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Sources/PluginKit/PluginKit.docc/\(name).md"), encoding: .utf8)
    }
}
