import Foundation
import Testing

/// A file of several events of which one is bad and one waits for a person: from the drop to the decision.
@Suite(.timeLimit(.minutes(10))) struct SeveralUpdatesTests {
    private let season: Season
    private var service: PrivateService { season.service }

    init() throws { season = try Season() }

    // MARK: Dropped

    @Test func whoWaitsHearsOfEachThatDoesNotCount() throws {
        let daemon = try season.daemon()
        defer { daemon.interrupt(SIGTERM) }
        let file = try season.file([.good, .bad, .placeless])
        let ended = try service.run("submit", "--wait", "--timeout", "5min", file)
        let line = Season.startLine(ofItem: 2)
        #expect(
            ended.output.hasPrefix(
                "\(file): partial: 1 of 3 events count, 1 is rejected, 1 is held: item 2, line \(line), column "))
        #expect(ended.output.contains("    item 2, season-2: rejected\n      \(file):\(line):"))
        #expect(ended.output.contains("    item 3, season-3: held\n      \(file)"))
        #expect(ended.output.contains(": held: the event does not say where it is"))
        #expect(!ended.output.contains("item 1,"))
        #expect(ended.status == 65, "\(ended.complaints)")
        #expect(try season.events() == ["season-1"])
    }

    @Test func theSenderOfWhatWaitsIsToldToWait() throws {
        let daemon = try season.daemon()
        defer { daemon.interrupt(SIGTERM) }
        let file = try season.file([.good, .placeless])
        let ended = try service.run("submit", "--wait", "--timeout", "5min", "--json", file)
        let report = try #require(try ended.objects().first)
        #expect(report["schema"] as? String == "tidings-report/2" && report["outcome"] as? String == "partial")
        let updates = try #require(report["updates"] as? [[String: Any]])
        #expect(updates.map { $0["item"] as? Int } == [1, 2])
        #expect(updates.map { $0["outcome"] as? String } == ["accepted", "held"])
        #expect(ended.status == 75)
    }

    @Test func theCheckFindsTheSame() throws {
        let bad = try service.run("check", "--json", try season.file([.good, .bad, .placeless]))
        let found = try bad.objects().filter { $0["severity"] as? String != "warning" }
        #expect(found.map { $0["item"] as? Int } == [2, 3])
        #expect(found.map { $0["code"] as? String } == ["invalid-date", "missing-location"])
        #expect(bad.status == 65)
        #expect(try service.run("check", try season.file([.good, .placeless])).status == 75)
        #expect(try service.run("check", try season.file([.good, .good])).status == 0)
    }

    // MARK: Waiting

    @Test func whatWaitsIsListedWithTheWordsForADecision() throws {
        try season.drop(.good, .bad, .placeless)
        let row = try #require(try season.waiting().first)
        #expect(try season.waiting().count == 1, "what is rejected beside it waits for nobody")
        #expect(row["item"] as? Int == 3 && row["folder"] as? String == "held")
        #expect(row["file"] as? String == "season.ics" && row["submitter"] as? Int == Int(geteuid()))
        #expect(row["code"] as? String == "missing-location")
        #expect((row["reason"] as? String)?.hasPrefix("the event does not say where it is") == true)
        let id = try season.delivery()
        let lines = try service.run("queue", "--list").output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.last?.hasPrefix("\(id)/3  held    season.ics  ") == true)
        #expect(lines.last?.contains("  missing-location  the event does not say where it is") == true)
    }

    @Test func whatIsRejectedAsAWholeIsListedUpdateByUpdate() throws {
        try season.drop(.bad, .bad)
        let rows = try season.waiting()
        #expect(rows.map { $0["folder"] as? String } == ["rejected", "rejected"])
        #expect(rows.map { $0["item"] as? Int } == [1, 2])
        #expect(rows.map { $0["code"] as? String } == ["invalid-date", "invalid-date"])
    }

    // MARK: Decided

    @Test func oneIsReleasedAndTheOtherWaits() throws {
        try season.drop(.good, .placeless, .placeless)
        let id = try season.delivery()
        #expect(try season.held() == [2, 3])
        #expect(try service.run("release", "\(id)/2").status == 0)
        try season.work()
        #expect(try season.held() == [3])
        #expect(try season.events() == ["season-1", "season-2"])
    }

    @Test func oneIsDiscardedAndTheOtherWaits() throws {
        try season.drop(.good, .placeless, .placeless)
        let id = try season.delivery()
        #expect(try service.run("discard", "\(id)/2", "-m", "the hall is closed").status == 0)
        try season.work()
        #expect(try season.held() == [3])
        #expect(try season.events() == ["season-1"])
        let story = try service.run("why", "\(id)/2").output
        #expect(story.contains("  held  season.ics, item 2\n"))
        #expect(story.contains("the hall is closed"))
        #expect(!story.contains("season-3") && !story.contains("item 3"))
        #expect(try !service.run("why", "\(id)/3").output.contains("the hall is closed"))
    }

    @Test func theLastDecisionLetsTheFileGo() throws {
        try season.drop(.placeless, .placeless)
        let id = try season.delivery()
        for words in [["release", "\(id)/2"], ["discard", "\(id)/1"]] {
            #expect(try service.start(words).end().status == 0)
            try season.work()
        }
        let ended = try service.run("queue", "--list")
        #expect(ended.output == "")
        #expect(ended.complaints == "tidings queue: nothing waits for another try or for a person\n")
        #expect(ended.status == 0)
        #expect(try season.events() == ["season-2"])
    }

    @Test func whoAsksAboutWhatIsNotHeldIsToldSo() throws {
        let daemon = try season.daemon()
        defer { daemon.interrupt(SIGTERM) }
        _ = try service.run("submit", "--wait", "--timeout", "5min", try season.file([.good, .placeless]))
        let id = try season.delivery()
        let ended = try service.run("release", "--wait", "--timeout", "5min", "\(id)/1")
        #expect(ended.output.hasPrefix("\(id)/1: gone: item 1 of \(id) is not held; 'tidings why \(id)' tells"))
        #expect(ended.status == 65)
        #expect(try season.held() == [2])
    }

    @Test func aHundredAreReleasedAtOnce() throws {
        let daemon = try season.daemon()
        defer { daemon.interrupt(SIGTERM) }
        let file = try season.file(Array(repeating: .placeless, count: 101))
        #expect(try service.run("submit", "--wait", "--timeout", "5min", file).status == 75)
        let id = try season.delivery()
        #expect(try season.held() == Array(1...101))
        let words = ["release", "--wait", "--timeout", "5min"] + (1...100).map { "\(id)/\($0)" }
        let ended = try service.start(words).end()
        #expect(
            ended.output.hasPrefix(
                "\(id), items 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 90 more: accepted: 100 of 100 count; "))
        #expect(ended.status == 0, "\(ended.complaints)")
        #expect(try season.held() == [101])
        #expect(try season.events() == Set((1...100).map { "season-\($0)" }))
    }
}
