import EventModel
import Foundation
import Testing

@testable import Spool

@Suite struct WatcherTests {
    private func names(_ hints: Hints) -> [String: Arrival] {
        Dictionary(uniqueKeysWithValues: hints.names.map { ("\($0.name)", $0.arrival) })
    }

    @Test func arrivalsAreNamedWithWhatTheyProve() throws {
        let scratch = try Scratch()
        let watcher = try Watcher.start(scratch.spool)
        #expect(try watcher.wait(timeout: .zero).isEmpty)
        try scratch.drop("closed")
        try scratch.write("aside", "x")
        rename("\(scratch.path)/aside", "\(scratch.path)/incoming/renamed")
        let open = creat("\(scratch.path)/incoming/open", 0o644)
        defer { close(open) }
        try scratch.drop(".hidden")
        let hints = try watcher.wait(timeout: .seconds(10))
        #expect(names(hints) == ["closed": .closed, "renamed": .renamed, "open": .found])
        #expect(!hints.isScanNeeded && !hints.areFoldersInDoubt && !hints.areRequestsWaiting && !hints.isWoken)
        #expect(try watcher.wait(timeout: .zero).isEmpty)
    }

    @Test func ourOwnWorkIsNotHeard() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let watcher = try Watcher.start(scratch.spool)
        let file = try scratch.claimed("a")
        _ = scratch.spool.finish([Ending(file.file, .reject(report: []))])
        #expect(try watcher.wait(timeout: .zero).isEmpty)
    }

    @Test func aChangeOfModeIsHeard() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let watcher = try Watcher.start(scratch.spool)
        chmod("\(scratch.path)/incoming/a", 0o600)
        #expect(names(try watcher.wait(timeout: .seconds(10))) == ["a": .found])
    }

    @Test func manyNamesBecomeAScan() throws {
        let scratch = try Scratch()
        let watcher = try Watcher.start(scratch.spool, capacity: 3)
        for number in 0..<10 { try scratch.drop("\(number)") }
        let hints = try watcher.wait(timeout: .seconds(10))
        #expect(hints.names.count == 3 && hints.isScanNeeded)
    }

    @Test func anOverflowAsksForEverything() {
        var collector = HintCollector(watches: WatchNumbers(incoming: 1, requests: 2, root: 3), capacity: 9)
        let event: [UInt32] = [.max, UInt32(IN_Q_OVERFLOW), 0, 0]
        event.withUnsafeBytes { collector.collect($0) }
        #expect(collector.hints.isScanNeeded && collector.hints.areFoldersInDoubt && collector.hints.areRequestsWaiting)
    }

    @Test func aRequestIsHeard() throws {
        let scratch = try Scratch()
        let watcher = try Watcher.start(scratch.spool)
        try scratch.write("requests/r", "{}")
        let hints = try watcher.wait(timeout: .seconds(10))
        #expect(hints.areRequestsWaiting && hints.names.isEmpty)
    }

    @Test func aReplacedFolderIsHeardAndWatchedAnew() throws {
        let scratch = try Scratch()
        var watcher = try Watcher.start(scratch.spool)
        #expect(rmdir("\(scratch.path)/incoming") == 0 && mkdir("\(scratch.path)/incoming", 0o700) == 0)
        #expect(try watcher.wait(timeout: .seconds(10)).areFoldersInDoubt)
        #expect(try scratch.spool.refresh() == [.incoming])
        try watcher.watchAnew()
        _ = try watcher.wait(timeout: .zero)
        try scratch.drop("a")
        let heard = names(try watcher.wait(timeout: .seconds(10)))
        #expect(heard == ["a": .closed])
    }

    @Test func theWakerEndsAWait() throws {
        let scratch = try Scratch()
        let watcher = try Watcher.start(scratch.spool)
        let waker = watcher.waker
        waker.wake()
        waker.wake()
        #expect(try watcher.wait(timeout: nil).isWoken, "also when it was used before")
        let thread = Thread { waker.wake() }
        thread.start()
        #expect(try watcher.wait(timeout: nil).isWoken)
        #expect(try watcher.wait(timeout: .milliseconds(1)).isEmpty)
    }

    @Test func whatArrivesBeforeTheScanIsTakenOnce() throws {
        let scratch = try Scratch()
        let watcher = try Watcher.start(scratch.spool)
        try scratch.drop("a")
        let held = HeldClock()
        var intake = Intake(scratch.spool, after: nil, clock: held.clock)
        intake.requestScan()
        intake.note(try watcher.wait(timeout: .seconds(10)))
        let isResting = intake.take(files: 10, bytes: .max).files.isEmpty
        #expect(isResting)
        held.advance(.milliseconds(250))
        let taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.count == 1 && taken.notices.isEmpty && taken.lookAgain == nil)
    }
}
