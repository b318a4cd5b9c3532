import EventModel
import Foundation
import Testing

@testable import Spool

/// Nobody's flood keeps another's file waiting, however the folder is sorted, and memory stays a window.
@Suite(.enabled(if: isRoot, needsRoot)) struct FairnessTests {
    private func drop(_ scratch: Scratch, _ count: Int, by user: UInt32, as name: String) throws {
        for number in 0..<count {
            let place = "\(scratch.path)/incoming/\(name)-\(number)"
            let file = open(place, O_CREAT | O_WRONLY, 0o644)
            try #require(file >= 0)
            fchown(file, user, user)
            close(file)
        }
    }

    private func settings(window: Int, share: Int) -> IntakeSettings {
        var settings = IntakeSettings()
        settings.window = window
        settings.filesOfOneSubmitter = share
        return settings
    }

    /// Takes everything, a few at a time, and gives the submitters in the order of their files.
    private func takeAll(_ intake: inout Intake, files: Int, most: Int) -> [UInt32] {
        var submitters: [UInt32] = []
        while true {
            let taken = intake.take(files: files, bytes: .max)
            #expect(taken.trouble == nil)
            #expect(intake.waiting <= most)
            submitters += taken.files.map(\.file.submitter)
            if taken.lookAgain == nil { return submitters }
        }
    }

    @Test(arguments: [(16, 16), (64, 16), (16, 64), (64, 1)])
    func oneFileThatLiesAnywhereInAFloodIsAmongTheFirst(window: Int, share: Int) throws {
        let scratch = try Scratch(usesLeases: false)
        // Before, amid and after the flood, in whatever order the folder gives them.
        try drop(scratch, 1, by: 4712, as: "first")
        try drop(scratch, 1000, by: 4711, as: "flood")
        try drop(scratch, 1, by: 4713, as: "amid")
        try drop(scratch, 1000, by: 4711, as: "more")
        try drop(scratch, 1, by: 4714, as: "last")
        var intake = scratch.laterIntake(settings(window: window, share: share))
        intake.requestScan()
        let submitters = takeAll(&intake, files: 8, most: 2 * window)
        #expect(submitters.count == 2003)
        // A lookout passes four windows of names while eight files are taken.
        let passes = 2003 / (4 * window) + 2
        for lone in [4712, 4713, 4714] as [UInt32] {
            #expect(try #require(submitters.firstIndex(of: lone)) < 8 * passes)
        }
        #expect(scratch.names(.incoming) == [])
    }

    @Test func whoHasLessThanAFloodIsThroughInTurns() throws {
        let scratch = try Scratch(usesLeases: false)
        try drop(scratch, 2000, by: 4711, as: "flood")
        try drop(scratch, 200, by: 4712, as: "some")
        var intake = scratch.laterIntake(settings(window: 64, share: 32))
        intake.requestScan()
        let submitters = takeAll(&intake, files: 16, most: 128)
        #expect(submitters.count == 2200)
        let last = try #require(submitters.lastIndex(of: 4712))
        #expect(last < 600, "of \(last) files before the last of 200 more than half are the flood's")
    }

    @Test func aSubmitterHasNoMoreThanTheShareInMemory() throws {
        let scratch = try Scratch(usesLeases: false)
        try drop(scratch, 500, by: 4711, as: "flood")
        for share in [40, 41] {
            var intake = scratch.laterIntake(settings(window: 256, share: share))
            intake.requestScan()
            let none = intake.take(files: 0, bytes: .max)
            #expect(none.lookAgain == .zero)
            #expect(intake.waiting == share)
        }
    }

    @Test func oneThatIsHeardOfAmidAFloodIsTakenNext() throws {
        let scratch = try Scratch(usesLeases: false)
        try drop(scratch, 500, by: 4711, as: "flood")
        var intake = scratch.laterIntake(settings(window: 64, share: 64))
        intake.requestScan()
        let before = intake.take(files: 10, bytes: .max).files.count
        #expect(before == 10)
        try drop(scratch, 1, by: 4712, as: "lone")
        intake.note(Hints(names: [Hint(name: try #require(FileName("lone-0")), arrival: .renamed)]))
        let next = intake.take(files: 2, bytes: .max).files.map(\.file.submitter)
        #expect(next.contains(4712))
    }
}

/// Order, and what inotify could not keep.
@Suite struct OrderAndOverflowTests {
    @Test func filesOfAWindowAreTakenInTheOrderOfTheirCtime() throws {
        let scratch = try Scratch(usesLeases: false)
        var last: Int64 = 0
        for number in 0..<300 {
            try scratch.drop("n\(number * 7919 % 1000)", "\(number)")
            // The kernel's clock for files is coarse: only a ctime of its own has a place of its own.
            while true {
                let now = try FileStatus.of(path: "\(scratch.path)/incoming/n\(number * 7919 % 1000)").changedAt
                if now > last {
                    last = now
                    break
                }
                chmod("\(scratch.path)/incoming/n\(number * 7919 % 1000)", 0o644)
            }
        }
        var intake = scratch.laterIntake()
        intake.requestScan()
        let taken = intake.take(files: 300, bytes: .max)
        #expect(taken.files.map { String(decoding: $0.bytes, as: UTF8.self) } == (0..<300).map { "\($0)" })
        #expect(taken.files.map(\.file.id) == taken.files.map(\.file.id).sorted())
    }

    @Test func anOverflowOfTheKernelsQueueLosesNothing() throws {
        let queue = try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
        let limit = try #require(Int(queue.trimmingCharacters(in: .whitespacesAndNewlines)))
        let scratch = try Scratch()
        let watcher = try Watcher.start(scratch.spool)
        // Making and closing each one are two events.
        let count = limit / 2 + 100
        for number in 0..<count { close(creat("\(scratch.path)/incoming/\(number)", 0o644)) }
        let later = HeldClock(realtime: SpoolClock.system.realtime() + Duration.seconds(60).nanoseconds)
        var intake = Intake(scratch.spool, after: nil, clock: later.clock)
        var hints = try watcher.wait(timeout: .seconds(10))
        var isScanNeeded = false
        while !hints.isEmpty {
            isScanNeeded = isScanNeeded || hints.isScanNeeded
            intake.note(hints)
            hints = try watcher.wait(timeout: .zero)
        }
        #expect(isScanNeeded)
        var taken = 0
        var again: Duration? = .zero
        while let wait = again {
            later.advance(wait)
            let round = intake.take(files: 1000, bytes: .max)
            taken += round.files.count
            again = round.lookAgain
        }
        #expect(taken == count)
        #expect(scratch.names(.incoming) == [])
    }
}
