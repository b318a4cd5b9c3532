import PluginKit
import Testing

@Suite struct ContractPageTests {
    @Test func everyRuleHasItsSectionWhichSaysHowItIsChecked() throws {
        let sections = try Documentation.page("Contract").split(separator: "\n### ").dropFirst()
        let rules = sections.filter { $0.hasPrefix("C-") }
        #expect(Set(rules.map { String($0.prefix { $0 != "\n" }) }) == Set(ContractRule.allCases.map(\.rawValue)))
        for rule in rules { #expect(rule.contains("\n*Checked*: "), "\(rule)") }
        #expect(rules.count == ContractRule.allCases.count)
    }
}
