import EventModel
import Foundation
import Testing

@testable import Spool
import Primitives

@Suite struct IntakeTests {
    @Test func aScanFindsAllThroughASmallWindow() throws {
        let scratch = try Scratch(usesLeases: false)
        for number in 0..<100 { try scratch.drop("file-\(number)", "\(number)") }
        var settings = IntakeSettings()
        settings.window = 8
        var intake = scratch.laterIntake(settings)
        intake.requestScan()
        var ids: [DeliveryID] = []
        var contents: Set<String> = []
        var last: Duration? = .zero
        while last == .zero {
            let taken = intake.take(files: 7, bytes: .max)
            #expect(taken.files.count <= 7 && taken.trouble == nil && taken.notices.isEmpty)
            #expect(intake.waiting <= 16)
            ids += taken.files.map(\.file.id)
            contents.formUnion(taken.files.map { String(decoding: $0.bytes, as: UTF8.self) })
            last = taken.lookAgain
        }
        #expect(last == nil)
        #expect(contents.count == 100)
        #expect(ids == ids.sorted() && Set(ids).count == 100)
        #expect(scratch.names(.incoming) == [])
    }

    @Test func filesComeInTheOrderTheyWereDropped() throws {
        let scratch = try Scratch()
        let names = (0..<20).map { "n\($0 * 7919 % 1000)" }
        for name in names { try scratch.drop(name) }
        let held = HeldClock()
        var intake = Intake(scratch.spool, after: nil, clock: held.clock)
        // Names from hints keep their order though their ctimes may be the same.
        intake.note(Hints(names: names.map { Hint(name: FileName(trusted: Array($0.utf8)), arrival: .closed) }))
        let early = intake.take(files: 20, bytes: .max)
        #expect(early.files.isEmpty && early.lookAgain == .milliseconds(250))
        held.advance(.milliseconds(250))
        let taken1 = intake.take(files: 20, bytes: .max)
        #expect(taken1.files.map(\.file.fileName.description) == names)
    }

    @Test func bytesBoundWhatIsTakenAtOnce() throws {
        let scratch = try Scratch(usesLeases: false)
        for number in 0..<5 { try scratch.drop("\(number)", String(repeating: "x", count: 100)) }
        var intake = scratch.laterIntake()
        intake.requestScan()
        let taken = intake.take(files: 10, bytes: 150)
        #expect(taken.files.count == 2)
        #expect(taken.lookAgain == .zero)
    }

    @Test func eachFileLeftAloneIsToldOfOnceAndAgainWhenItCameBack() throws {
        let scratch = try Scratch()
        #expect(mkfifo("\(scratch.path)/incoming/pipe", 0o644) == 0)
        var intake = Intake(scratch.spool, after: nil)
        let words =
            "incoming/pipe is a FIFO of user \(geteuid()) and is left where it is: only regular files are taken; remove it"
        for step in 0..<4 {
            if step == 2 { #expect(unlink("\(scratch.path)/incoming/pipe") == 0) }
            if step == 3 { #expect(mkfifo("\(scratch.path)/incoming/pipe", 0o644) == 0) }
            intake.requestScan()
            let told = intake.take(files: 10, bytes: .max).notices.map(\.description)
            #expect(told == (step == 0 || step == 3 ? [words] : []))
        }
    }

    @Test func noticesAreBounded() throws {
        let scratch = try Scratch()
        for number in 0..<5 { #expect(mkdir("\(scratch.path)/incoming/\(number)", 0o755) == 0) }
        var settings = IntakeSettings()
        settings.rememberedNotices = 3
        var intake = Intake(scratch.spool, settings: settings, after: nil)
        for round in 0..<2 {
            intake.requestScan()
            let codes = intake.take(files: 1, bytes: .max).notices.map(\.reason.code).sorted()
            let first = Array(repeating: "not-a-regular-file", count: 3) + ["too-many-left-alone"]
            #expect(codes == (round == 0 ? first : []))
        }
    }

    @Test func temporariesAreLeftAloneAndToldOfAfterADay() throws {
        let scratch = try Scratch()
        let names = [
            ".hidden", "a.tmp", "b.part", "c~", ".tmp", "~$plan.ics", "Thumbs.db", "desktop.ini", "d.crdownload",
            "e.filepart",
        ]
        for name in names { try scratch.drop(name) }
        let held = HeldClock()
        var intake = Intake(scratch.spool, after: nil, clock: held.clock)
        intake.requestScan()
        var taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.isEmpty && taken.notices.isEmpty && taken.lookAgain == nil)
        held.advance(.seconds(86_400 + 10))
        intake.requestScan()
        taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.isEmpty)
        #expect(taken.notices.map(\.reason) == Array(repeating: .forgottenTemporary(days: 1), count: names.count))
        held.advance(.seconds(86_400))
        intake.requestScan()
        let taken2 = intake.take(files: 10, bytes: .max)
        #expect(taken2.notices.isEmpty)
        #expect(scratch.names(.incoming).count == names.count)
    }

    @Test(arguments: [4, 5]) func soManyTemporariesAreAskedForTheirAge(_ limit: Int) throws {
        let scratch = try Scratch()
        for number in 0..<5 { try scratch.drop("\(number).tmp") }
        let held = HeldClock()
        held.advance(.seconds(86_400 + 10))
        var settings = IntakeSettings()
        settings.temporariesAsked = limit
        var intake = Intake(scratch.spool, settings: settings, after: nil, clock: held.clock)
        intake.requestScan()
        let count = intake.take(files: 10, bytes: .max).notices.count
        #expect(count == limit)
    }

    @Test func aFileSettlesWithoutLeases() throws {
        let scratch = try Scratch(usesLeases: false)
        let held = HeldClock()
        var intake = Intake(scratch.spool, after: nil, clock: held.clock)
        try scratch.drop("a", "one")
        held.realtime = SpoolClock.system.realtime()
        intake.requestScan()
        var taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.isEmpty)
        #expect(taken.lookAgain == .seconds(2))
        // It is written to while we wait: the time begins anew.
        held.advance(.milliseconds(1500))
        try FileHandle(forWritingAtPath: "\(scratch.path)/incoming/a")?.seekToEnd()
        try append("two", to: "\(scratch.path)/incoming/a")
        held.realtime = SpoolClock.system.realtime()
        held.monotonic += Duration.milliseconds(600).nanoseconds
        taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.isEmpty)
        #expect(taken.lookAgain == .milliseconds(250))
        held.monotonic += Duration.milliseconds(250).nanoseconds
        taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.isEmpty)
        #expect(taken.lookAgain == .milliseconds(1750))
        held.monotonic += Duration.milliseconds(1751).nanoseconds
        taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["onetwo"])
    }

    private func append(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    @Test func anOldFileNeedsNoWaitingWithoutLeases() throws {
        let scratch = try Scratch(usesLeases: false)
        try scratch.drop("a")
        let held = HeldClock(realtime: SpoolClock.system.realtime() + Duration.seconds(3).nanoseconds)
        var intake = Intake(scratch.spool, after: nil, clock: held.clock)
        intake.requestScan()
        let taken3 = intake.take(files: 10, bytes: .max)
        #expect(taken3.files.count == 1)
    }

    @Test func aFileWithAWriterIsLookedAtMoreRarelyAndTakenWhenItIsClosed() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let writer = open("\(scratch.path)/incoming/a", O_WRONLY)
        let held = HeldClock()
        var intake = Intake(scratch.spool, after: nil, clock: held.clock)
        intake.requestScan()
        var pauses: [Duration?] = []
        for _ in 0..<7 {
            let taken = intake.take(files: 10, bytes: .max)
            #expect(taken.files.isEmpty)
            pauses.append(taken.lookAgain)
            held.advance(taken.lookAgain ?? .zero)
        }
        #expect(pauses == [2, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
        close(writer)
        intake.note(Hints(names: [Hint(name: try #require(FileName("a")), arrival: .closed)]))
        let isResting = intake.take(files: 10, bytes: .max).files.isEmpty
        #expect(isResting)
        held.advance(.milliseconds(250))
        let taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.count == 1 && taken.lookAgain == nil)
    }

    @Test func whoLinksInAndUnlinksIsTakenAndALastingLinkIsToldOf() throws {
        let scratch = try Scratch()
        let held = HeldClock()
        var intake = Intake(scratch.spool, after: nil, clock: held.clock)
        for name in ["moment", "lasting"] {
            try scratch.write("outside-\(name)", name)
            #expect(link("\(scratch.path)/outside-\(name)", "\(scratch.path)/incoming/\(name)") == 0)
        }
        intake.requestScan()
        var taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.isEmpty && taken.notices.isEmpty)
        #expect(unlink("\(scratch.path)/outside-moment") == 0)
        held.advance(.seconds(2))
        taken = intake.take(files: 10, bytes: .max)
        #expect(taken.files.map(\.file.fileName.description) == ["moment"])
        #expect(
            taken.notices.map(\.description) == [
                "incoming/lasting of user \(geteuid()) has 2 names (hard links) and is left where it is: "
                    + "remove the other names, or drop a copy"
            ])
    }

    @Test func aSwappedFileIsTakenNext() throws {
        let scratch = try Scratch(usesLeases: false)
        try scratch.drop("a", "first")
        let path = scratch.path
        let once = Flag()
        var intake = scratch.laterIntake()
        intake.hooks = ClaimHooks(afterOpen: {
            if once.isSet { return }
            once.set()
            try? Data("second".utf8).write(to: URL(fileURLWithPath: "\(path)/b"))
            rename("\(path)/b", "\(path)/incoming/a")
        })
        intake.requestScan()
        let taken5 = intake.take(files: 10, bytes: .max)
        #expect(taken5.files.map(\.bytes) == [Array("second".utf8)])
    }

    @Test(.enabled(if: isRoot, needsRoot)) func troubleKeepsWhatWasTakenAndLosesNothing() throws {
        let scratch = try Scratch()
        scratch.letEverybody(into: Folder.allCases)
        for number in 0..<3 { try scratch.drop("\(number)") }
        let path = scratch.path
        let isSecond = Flag()
        var intake = Intake(scratch.spool, after: nil)
        intake.hooks = ClaimHooks(afterOpen: {
            if isSecond.isSet { _ = try? asUser(0) { chmod("\(path)/active", 0o755) } }
            isSecond.set()
        })
        intake.requestScan()
        var taken = try asUser(4711) { intake.take(files: 10, bytes: .max) }
        #expect(taken.files.count == 1)
        #expect(taken.trouble?.operation == .rename && taken.trouble?.errno == Errno(EACCES))
        #expect(chmod("\(path)/active", 0o777) == 0)
        intake.hooks = .none
        taken = try asUser(4711) { intake.take(files: 10, bytes: .max) }
        #expect(taken.files.count == 2 && taken.trouble == nil)
    }

    @Test func theFileThatWasPutBackHasToSettleThoughItWasRenamedIn() throws {
        let scratch = try Scratch(usesLeases: false)
        try scratch.drop("a", "one")
        let file = try scratch.claimed("a")
        try scratch.write("active/\(file.file.storedName)", "onetwo")
        guard case .changedAfterReading(let name)? = scratch.spool.finish([Ending(file.file, .remove)]).first else {
            return #expect(Bool(false))
        }
        let held = HeldClock()
        var intake = Intake(scratch.spool, after: .test(1), clock: held.clock)
        intake.note(Hints(names: [Hint(name: name, arrival: .renamed)]))
        let taken6 = intake.take(files: 1, bytes: .max)
        #expect(taken6.files.isEmpty)
        held.advance(.seconds(3))
        let taken = intake.take(files: 1, bytes: .max)
        #expect(taken.files.map(\.bytes) == [Array("onetwo".utf8)])
        #expect(taken.files.allSatisfy { $0.file.id > .test(1) })
    }

    @Test(.enabled(if: isRoot, needsRoot)) func anUnreadableFileIsTakenWhenItsModeChanges() throws {
        let scratch = try Scratch()
        scratch.letEverybody(into: Folder.allCases)
        try scratch.drop("a")
        #expect(chmod("\(scratch.path)/incoming/a", 0o600) == 0)
        try asUser(4711) {
            var watcher = try Watcher.start(scratch.spool)
            let held = HeldClock()
            var intake = Intake(scratch.spool, after: nil, clock: held.clock)
            intake.requestScan()
            let taken7 = intake.take(files: 1, bytes: .max)
            #expect(taken7.notices.map(\.reason.code) == ["unreadable"])
            #expect(chmod("\(scratch.path)/incoming/a", 0o644) != 0, "only its owner may")
            _ = try watcher.wait(timeout: .zero)
            try asUser(0) { #expect(chmod("\(scratch.path)/incoming/a", 0o644) == 0) }
            intake.note(try watcher.wait(timeout: .seconds(10)))
            try watcher.watchAnew()
            let isTaken = !intake.take(files: 1, bytes: .max).files.isEmpty
            #expect(!isTaken, "it has to rest first: its mode may be changed by who goes on writing")
            held.advance(.seconds(1))
            let taken8 = intake.take(files: 1, bytes: .max)
            #expect(taken8.files.count == 1)
        }
    }
}
