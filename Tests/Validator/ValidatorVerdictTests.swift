import EventFormats
import EventModel
import PluginKit
import Testing

@testable import Validator

@Suite struct ValidatorVerdictTests {
    private func answer(_ text: String, settings: ValidatorSettings = ValidatorSettings()) async throws -> Answer {
        try #require(try await ValidatorCases.answers(text, settings: settings).first)
    }

    private func settings(_ code: String, _ severity: String, format: String? = nil) -> (ValidatorSettings, [String]) {
        let place = SettingPlace(file: "t.toml", line: 3, column: 1)
        func entry(_ key: String, _ value: SettingValue.Content) -> SettingValue.Entry {
            SettingValue.Entry(key: key, place: place, value: SettingValue(value, at: place))
        }
        var entries = [entry("code", .string(code)), entry("severity", .string(severity))]
        if let format { entries.append(entry("format", .string(format))) }
        let table = SettingValue(.table(entries), at: place)
        let list = SettingValue(.table([entry("severity", .array([table]))]), at: place)
        var faults: [SettingFault] = []
        let read = ValidatorSettings.decode(list, name: "plugins.validator", faults: &faults)
        return (read, faults.map(\.description))
    }

    @Test func passesWhatIsSound() async throws {
        let answer = try await answer(ValidatorCases.event(""))
        #expect(answer.verdict == .pass)
        #expect(answer.diagnostics.isEmpty)
    }

    @Test func warningsPassAndAreReported() async throws {
        let answer = try await answer(ValidatorCases.event(#""startDate":"2026-10-30""#))
        #expect(answer.verdict == .pass)
        #expect(answer.diagnostics.map(\.code) == [.eventInPast])
    }

    @Test func errorsRejectWithThePlaceOfTheFirst() async throws {
        let one = try await answer(ValidatorCases.event(#""tidings:timeZone":"CET+1""#))
        #expect(one.verdict == .reject)
        #expect(
            one.reason == "line 2, column 20: 'CET+1' is no time zone of the IANA database; write a name such as "
                + "Europe/Zurich")
        let two = try await answer(ValidatorCases.event(#""tidings:timeZone":"CET+1","identifier":" e1""#))
        #expect(two.reason.hasSuffix(" (and 1 more problem)"))
        let three = try await answer(
            ValidatorCases.event(#""tidings:timeZone":"CET+1","identifier":" e1","name":"""#))
        #expect(three.reason.hasPrefix("line 2, column 20: "))
        #expect(three.reason.hasSuffix(" (and 2 more problems)"))
        #expect(three.diagnostics.count == 3)
    }

    @Test(
        arguments: [
            ("missing-location", "warning", nil, Verdict.pass, 1), ("missing-location", "ignored", nil, .pass, 0),
            ("missing-location", "held", "jsonld", .hold, 1), ("missing-location", "warning", "text", .reject, 1),
            ("missing-location", "warning", "any", .pass, 1),
        ] as [(String, String, String?, Verdict, Int)])
    func severitiesAreSettings(code: String, severity: String, format: String?, verdict: Verdict, count: Int)
        async throws
    {
        let (settings, faults) = settings(code, severity, format: format)
        #expect(faults.isEmpty)
        let answer = try await answer(ValidatorCases.event(#""location":[]"#), settings: settings)
        #expect(answer.verdict == verdict)
        #expect(answer.diagnostics.count == count)
    }

    @Test func readersFindingsHaveTheSameSettings() async throws {
        let (settings, _) = settings("unknown-status", "warning")
        let answer = try await answer(ValidatorCases.event(#""eventStatus":"Sold out""#), settings: settings)
        #expect(answer.verdict == .pass)
        #expect(answer.diagnostics.map(\.severity) == [.warning])
    }

    @Test(arguments: [
        (
            "missing-locations", "warning",
            "t.toml:3:1: plugins.validator.severity.code is the string \"missing-locations\"; expected a diagnostic "
                + "code; did you mean \"missing-location\"?"
        ),
        (
            "invalid-identifier", "warning",
            "t.toml:3:1: plugins.validator.severity.severity of invalid-identifier is always error, for nothing can be done with "
                + "such an update; remove this"
        ),
        (
            "", "error",
            "t.toml:3:1: plugins.validator.severity.code is missing; name a diagnostic such as missing-location"
        ),
        (
            "private", "error!",
            "t.toml:3:1: plugins.validator.severity.severity is the string \"error!\"; expected one of \"ignored\", "
                + "\"warning\", \"held\", \"error\"; did you mean \"error\"?"
        ),
    ])
    func refusesSettingsThatCannotWork(code: String, severity: String, fault: String) {
        #expect(settings(code, severity).1.contains(fault))
    }

    @Test(arguments: [1, 2, 3]) func findingsAreKeptUpToTheLimit(_ limit: Int) {
        var settings = ValidatorSettings()
        settings.maxDiagnostics = limit
        let members = #""description":"<b>x</b>","url":"no uri","inLanguage":"no language""#
        let all = ValidatorCases.printed(ValidatorCases.event(members))
        #expect(all.count >= 3)
        let kept = ValidatorCases.printed(ValidatorCases.event(members), settings: settings)
        #expect(kept.count == limit)
    }

    /// Else a faulty update would be accepted as soon as others before it are faulty enough.
    @Test func thatForWhichAnUpdateIsRefusedIsAlwaysKept() {
        var settings = ValidatorSettings()
        settings.maxDiagnostics = 2
        let events = (0..<6).map {
            #"{"@type":"Event","identifier":"\#($0)","name":"<b>Gala</b>","startDate":"2026-12-01","inLanguage":"?","#
                + ($0 % 2 == 0 ? #""location":"X"}"# : #""eventStatus":"Sold out"}"#)
        }
        let (decoded, bytes) = ValidatorCases.decoded("[\(events.joined(separator: ","))]")
        let found = Validator.examine(decoded, bytes: bytes, settings: settings, now: ValidatorCases.now)
        let grave = found.filter { $0.severity >= .held }
        #expect(grave.map(\.update) == [1, 1, 3, 3, 5, 5])
        #expect(Set(grave.map(\.code)) == [.unknownStatus, .missingLocation])
        #expect(found.count <= 2 * events.count + grave.count, "two of each, and what is grave")
    }

    /// A reader does not know what settings make of its warnings, and keeps the first of each kind for them.
    @Test func aWarningThatSettingsMakeAnErrorIsNotLostAtTheLimit() {
        let (settings, _) = settings("invalid-uri", "error")
        let events = (0..<400).map {
            #"{"@type":"Event","identifier":"\#($0)","name":"Gala","startDate":"2026-12-01","location":"X","url":"x"}"#
        }
        let (decoded, bytes) = ValidatorCases.decoded("[\(events.joined(separator: ","))]")
        let found = Validator.examine(decoded, bytes: bytes, settings: settings, now: ValidatorCases.now)
        #expect(found.filter { $0.severity == .error }.map(\.update) == (0..<400).map { $0 })
    }
}
