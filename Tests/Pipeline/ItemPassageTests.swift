import EventModel
import PluginKit
import Testing

@testable import Pipeline

/// What is known of one item: who decided, why, and what was found.
@Suite struct ItemPassageTests {
    private let check = PluginManifest(name: "check", summary: "")
    private let decide = PluginManifest(name: "decide", summary: "", decides: true)
    private let tell = PluginManifest(name: "tell", summary: "")

    private func finding(_ severity: Severity, _ message: String) -> Diagnostic {
        Diagnostic(.invalidDate, severity: severity, message: message)
    }

    @Test func whereAllPassTheStageThatDecidesIsNamed() {
        var item = ItemPassage(EarlierItem())
        #expect(item.stage == nil && item.outcome == .accepted)
        for manifest in [check, decide, tell] { item.take(.pass, of: manifest) }
        #expect(item.stage == "decide" && !item.isDecided)
        var undecided = ItemPassage(EarlierItem())
        for manifest in [check, tell] { undecided.take(.pass, of: manifest) }
        #expect(undecided.stage == "tell", "no stage decides: the last is named")
    }

    @Test func itStandsInTheLogWhereTheStageThatDecidesHasTheLastWord() {
        var item = ItemPassage(EarlierItem())
        item.take(.pass, of: check)
        #expect(!item.isInLog, "it has not seen it")
        item.take(.pass, of: decide)
        item.take(.pass, of: tell)
        #expect(item.isInLog)
        item.take(.hold(), of: tell)
        #expect(!item.isInLog, "a later stage said otherwise")
        var refused = ItemPassage(EarlierItem())
        refused.take(.reject(), of: decide)
        #expect(refused.isInLog)
        var deferred = ItemPassage(EarlierItem())
        deferred.take(.pass, of: decide)
        deferred.decide(.retry(5), by: "decide")
        #expect(!deferred.isInLog, "another of its file is to be tried again")
    }

    @Test func whatDecidedStandsFirstAmongTheFindings() {
        var item = ItemPassage(EarlierItem())
        let (doubt, question) = (finding(.warning, "no zone"), finding(.held, "which year?"))
        item.take(Answer(.pass, diagnostics: [doubt]), of: check)
        item.take(
            Answer(.hold, reason: "which year?", diagnostics: [finding(.warning, "no end"), question]), of: decide)
        #expect(item.diagnostics.map(\.message) == ["which year?", "no zone", "no end"])
        #expect(item.decisive == question)
    }

    @Test func aStageThatIsAskedAgainIsHeardOnce() {
        let found = finding(.warning, "no zone")
        let earlier = EarlierItem(
            answers: [StageAnswer(stage: "check", verdict: .retry(after: .seconds(5)), reason: "busy")],
            diagnostics: [found])
        var item = ItemPassage(earlier)
        item.take(Answer(.pass, diagnostics: [found, finding(.warning, "no end")]), of: check)
        #expect(item.answers == [StageAnswer(stage: "check", verdict: .pass)])
        #expect(item.diagnostics.map(\.message) == ["no zone", "no end"])
    }

    @Test func oneThatIsSettledSaysWhoDecidedThen() {
        let item = ItemPassage(
            EarlierItem(
                outcome: .held,
                answers: [
                    StageAnswer(stage: "check", verdict: .pass),
                    StageAnswer(stage: "decide", verdict: .hold, reason: "which year?"),
                ], diagnostics: [finding(.held, "which year?")]))
        #expect(item.isDecided && item.outcome == .held)
        #expect(item.stage == "decide" && item.reason == "which year?")
        #expect(item.decisive?.message == "which year?")
    }
}
