import EventModel
import Testing

@Suite("Codes of diagnostics")
struct DiagnosticCodeTests {
    @Test("are read back, those of other plugins too")
    func names() {
        for code in DiagnosticCode.all { #expect(DiagnosticCode(rawValue: code.rawValue) == code) }
        let own = DiagnosticCode("unknown-account", of: "ledger", .held)
        #expect(own.rawValue == "ledger.unknown-account")
        #expect(own.defaultSeverity(in: .text) == .held)
        #expect(DiagnosticCode(rawValue: own.rawValue) == own)
        #expect(DiagnosticCode(rawValue: "unknown-account") == nil)
    }

    @Test("weigh by format where the formats differ in what they must say")
    func severities() {
        #expect(DiagnosticCode.missingName.defaultSeverity(in: .icalendar) == .warning)
        #expect(DiagnosticCode.missingName.defaultSeverity(in: .jsonld) == .error)
        #expect(DiagnosticCode.missingLocation.defaultSeverity(in: .jsonld) == .error)
        #expect(DiagnosticCode.missingLocation.defaultSeverity(in: nil) == .warning)
    }
}
