import EventModel
import PluginKit
import Testing

@testable import Validator

/// Each update of a file is judged by itself.
@Suite struct ValidatorItemTests {
    /// The second has no date that there is, the third a status that nobody knows; the others are sound.
    private let file =
        "["
        + [
            ValidatorCases.event(#""identifier":"one""#),
            ValidatorCases.event(#""identifier":"two","startDate":"2026-02-30""#),
            ValidatorCases.event(#""identifier":"three","eventStatus":"Sold out""#),
            ValidatorCases.event(#""identifier":"four""#),
        ].joined(separator: ",\n") + "]"

    @Test func aBadOneDoesNotSinkTheOthers() async throws {
        let answers = try await ValidatorCases.answers(file)
        #expect(answers.map(\.verdict) == [.pass, .reject, .hold, .pass])
        #expect(answers.map { $0.diagnostics.isEmpty } == [true, false, false, true])
        #expect(answers[1].reason.hasPrefix("line 4, column 32: "))
        #expect(answers[1].diagnostics.allSatisfy { $0.update == 1 })
        #expect(answers[2].diagnostics.map(\.code) == [.unknownStatus])
        #expect(answers[2].diagnostics.map(\.update) == [2])
    }

    @Test func aSliceIsJudgedAsTheWholeWouldBe() async throws {
        let whole = try await ValidatorCases.answers(file)
        for place in 0..<4 {
            let slice = try await ValidatorCases.answers(file) { $0.items = [$0.items[place]] }
            #expect(slice.map(\.reason) == [whole[place].reason])
            #expect(slice.map(\.diagnostics) == [whole[place].diagnostics])
        }
    }

    @Test func whatAPersonReleasedIsNotHeldAgainAndTheOthersAre() async throws {
        let both =
            "["
            + ["one", "two"].map { ValidatorCases.event(#""identifier":"\#($0)","eventStatus":"Sold out""#) }
            .joined(separator: ",\n") + "]"
        let release = Release(.accept, decidedBy: 1000, decidedAt: ValidatorCases.now)
        let answers = try await ValidatorCases.answers(both) { $0.items[1].facts = Facts([release]) }
        #expect(answers.map(\.verdict) == [.hold, .pass])
        #expect(answers[1].diagnostics.map(\.severity) == [.warning])
    }

    @Test func whatIsWrongStaysWrongWhoeverReleasesIt() async throws {
        let release = Release(.accept, decidedBy: 1000, decidedAt: ValidatorCases.now)
        let answers = try await ValidatorCases.answers(file) { delivery in
            for index in delivery.items.indices { delivery.items[index].facts = Facts([release]) }
        }
        #expect(answers.map(\.verdict) == [.pass, .reject, .pass, .pass])
    }

    @Test func theLimitOfFindingsIsThatOfEach() async throws {
        var settings = ValidatorSettings()
        settings.maxDiagnostics = 1
        let events = (1...3).map {
            ValidatorCases.event(#""identifier":"\#($0)","startDate":"2026-10-30","description":"<b>x</b>""#)
        }
        let answers = try await ValidatorCases.answers("[\(events.joined(separator: ","))]", settings: settings)
        #expect(answers.map(\.diagnostics.count) == [1, 1, 1])
    }
}
