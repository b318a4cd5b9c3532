import TestKit
import Testing
import Validator

@Suite struct ValidatorConformanceTests {
    @Test func theValidatorKeepsTheContract() async {
        let violations = await PluginConformance(Validator.self).violations()
        #expect(violations == [])
    }
}
