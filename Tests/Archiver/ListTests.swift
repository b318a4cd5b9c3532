import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// Whole lists: what stood in the last one is expected in the next.
@Suite("A complete list")
struct ListTests: ListSuite {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    @Test("that lacks the same again asks once, and counts")
    func repeated() async throws {
        _ = try await compare(shows([1, 2, 3]))
        let lacking = try shows([1, 3])
        _ = try await compare(lacking)
        for count in 2...3 {
            let answer = try await compare(shows([1, 3]))
            #expect(answer.missing.isEmpty && answer.answered.isEmpty)
            #expect(answer.diagnostics.map(\.severity) == [.warning])
            #expect(answer.diagnostics[0].message.contains("\(lacking.id)/0, and was missing \(count) times"))
        }
        #expect(try await judge(lacking, ["show-2"]).map(\.intent) == ["cancelled"])
    }

    @Test("that lacks others too asks anew in the place of the question before")
    func replaced() async throws {
        _ = try await compare(shows([1, 2, 3, 4, 5]))
        let first = try shows([1, 2, 5])
        #expect(try await compare(first).missing == ["show-3", "show-4"])
        let second = try shows([1, 3, 5])
        let answer = try await compare(second)
        #expect(answer.missing == ["show-2", "show-4"])
        #expect(answer.answered == [first.id])
        let old = try await judge(first, ["show-3", "show-4"], false)
        #expect(
            old.map(\.reason) == [
                "“Show 3” is in the list again (\(second.id)) and stays as it is",
                "“Show 4” is missing still, and the newer question \(second.id)/0 asks about it",
            ])
        #expect(old.allSatisfy { $0.verdict == .absorb })
        #expect(try await judge(second, ["show-2", "show-4"]).map(\.intent) == ["cancelled", "cancelled"])
    }

    @Test("misses nothing that is over, cancelled, or begins after all that it has")
    func notMissing() async throws {
        let past = try show(9) {
            $0.occurrences[0].when.start = LocalDate(year: 2026, month: 5, day: 9).map(Moment.date)
        }
        _ = try await compare(list([past] + (1...5).map { try show($0) }))
        _ = try await bench.drop(cancellation("show-2", sequence: 1), facts: Self.venue)
        #expect(try await compare(shows([1, 3])).missing.isEmpty)
        // They are expected as soon as a list reaches as far.
        #expect(try await compare(shows([1, 3, 5])).missing == ["show-4"])
    }

    @Test("misses a series until its last date, and not after that")
    func series() async throws {
        func series(_ number: Int, until year: Int) throws -> EventUpdate {
            try show(number) {
                $0.occurrences[0].when.start = LocalDate(year: 2026, month: 5, day: 1).map(Moment.date)
                $0.occurrences[0].when.recurrenceRule = "FREQ=YEARLY;UNTIL=\(year)0501"
                let days = (2026...year).compactMap { LocalDate(year: $0, month: 5, day: 1)?.daysSinceEpoch }
                $0.occurrences[0].when.recurrenceSet = RecurrenceSet(days.map { $0 * 86_400 }, isDate: true)
            }
        }
        _ = try await compare(list([try show(1), try series(2, until: 2026), try series(3, until: 2028)]))
        let answer = try await compare(shows([1]))
        #expect(answer.missing == ["show-3"])
        #expect(answer.listWords.contains("\"Show 3\" (2027-05-01)"))
    }

    @Test("has what is held or rejected of it, and what an earlier slice of it had")
    func present() async throws {
        _ = try await compare(list((1...4).map { try show($0, sequence: 1) }))
        let second = list([try show(1), try show(2, sequence: 1) { $0.name.text = "Other" }, try show(3), try show(4)])
        // The first is another stage's to refuse; the second contradicts what is known; the third came before.
        var slice = second.only(2...2)
        slice.list = second.list
        let answers = try await bench.answers(slice)
        #expect(answers[0].verdict == .hold)
        #expect(answers[1].missing.isEmpty)
    }

    @Test("is compared by those of its publisher and its pattern alone")
    func ofOthers() async throws {
        _ = try await bench.drop(show(7), facts: Facts([Publisher("choir")]))
        #expect(try await compare(shows([1, 7])).missing.isEmpty)
        _ = try await compare(shows([2, 3], "hall-*.ics"))
        #expect(try await compare(shows([1])).missing.isEmpty, "the other's event is nobody's to miss")
        #expect(try await compare(shows([3], "hall-*.ics")).missing == ["show-2"])
        var other = try shows([4, 5])
        other.facts = Facts([Publisher("choir")])
        #expect(try await compare(other).missing.isEmpty)
    }

    @Test("without events is one question, which closes when they return")
    func empty() async throws {
        _ = try await compare(shows([1, 2, 3, 4, 5, 6, 7, 8]))
        let none = list([])
        let answer = try await compare(none)
        #expect(answer.missing.count == 8)
        #expect(
            answer.listWords.hasPrefix("the list is empty, and 8 coming events that the list before this one ("),
            "\(answer.listWords)")
        #expect(
            answer.listWords.contains(
                "\"Show 1\" (2027-05-01), \"Show 2\" (2027-05-02), \"Show 3\" (2027-05-03) and 5 more"))
        #expect(try await compare(list([])).diagnostics.map(\.severity) == [.warning])
        #expect(try await compare(shows([1, 2, 3, 4, 5, 6, 7, 8])).answered == [none.id])
        #expect(try await compare(list([], "hall-*.ics")).missing.isEmpty, "nobody expected anything")
    }

    @Test("is compared once, also after a kill, and asks the same then")
    func twice() async throws {
        _ = try await compare(shows([1, 2, 3, 4]))
        let before = try shows([1, 2, 4])
        _ = try await compare(before)
        let lacking = try shows([2, 4])
        let answer = try await compare(lacking)
        let log = try bench.reader().logPosition().number
        try await bench.kill()
        let again = try await compare(lacking)
        #expect(again.missing == answer.missing && again.listWords == answer.listWords)
        #expect(again.answered == [before.id])
        #expect(try bench.reader().logPosition().number == log)
        // So is what a person decides.
        let released = try await judge(lacking, ["show-1", "show-3"])
        let end = try bench.reader().logPosition().number
        try await bench.kill()
        #expect(try await judge(lacking, ["show-1", "show-3"]).map(\.intent) == released.map(\.intent))
        #expect(try bench.reader().logPosition().number == end)
        #expect(try await compare(lacking).missing.isEmpty, "it is decided")
    }

    @Test("says nothing once a later one was read, and is asked anew where its file is gone")
    func order() async throws {
        _ = try await compare(shows([1, 2, 3]))
        let late = try shows([1])
        let lacking = try shows([1, 3])
        #expect(try await compare(lacking).missing == ["show-2"])
        #expect(try await compare(late).missing.isEmpty)
        try await bench.archiver.reconcile(waiting: [lacking.id])
        #expect(try await compare(shows([1, 3])).missing.isEmpty)
        try await bench.archiver.reconcile(waiting: [])
        #expect(try await compare(shows([1, 3])).missing == ["show-2"])
    }

    @Test("does not name what is private or under an embargo")
    func hidden() async throws {
        let secret = try show(2) { $0.visibility = .private }
        let later = try show(3) { $0.embargoUntil = Instant(microseconds: 1_900_000_000_000_000) }
        _ = try await compare(list([try show(1), secret, later, try show(4), try show(5)]))
        let answer = try await compare(shows([1, 5]))
        let proposals = try #require(answer.facts[ListComparison.self]?.missing)
        #expect(proposals.map(\.update.uid) == ["show-2", "show-3", "show-4"])
        #expect(
            proposals.allSatisfy { !$0.finding.message.contains("Show 2") && !$0.finding.message.contains("Show 3") })
        #expect(answer.listWords.contains(": \"Show 4\" (2027-05-04) and 2 more;"))
        #expect(proposals[0].update.visibility == .private && proposals[1].update.embargoUntil != nil)
    }

    @Test("that is held or rejected together says nothing")
    func together() async throws {
        let facts = Facts([Publisher("venue"), PartialPolicy.hold])
        _ = try await compare(list((1...4).map { try show($0, sequence: 1) }, facts: facts))
        let held = list([try show(1), try show(2, sequence: 1) { $0.name.text = "Other" }], facts: facts)
        #expect(try await bench.answers(held).map(\.verdict) == [.pass, .hold], "and no word about the list")
        #expect(try await compare(list((1...3).map { try show($0, sequence: 1) }, facts: facts)).missing.isEmpty)
        #expect(
            try await compare(list([1, 2, 4].map { try show($0, sequence: 1) }, facts: facts)).missing == ["show-3"])
    }

    @Test("is none where anything was found about the file itself")
    func notWhole() throws {
        let updates = [DecodedUpdate(try show(1))]
        let odd = Decoded(
            format: .icalendar, updates: updates,
            diagnostics: [Diagnostic(.malformedLine, severity: .warning, message: "odd")])
        #expect(CompleteList("*", of: odd) == nil)
        #expect(CompleteList("*", of: Decoded(format: .icalendar)) == nil, "it holds no event for another reason")
        let ofItem = Decoded(
            format: .icalendar, updates: updates,
            diagnostics: [Diagnostic(.uidDerived, severity: .warning, update: 0, message: "made")])
        #expect(CompleteList("*", of: ofItem)?.uids == ["show-1"])
    }
}
