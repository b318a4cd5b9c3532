import Foundation
import Testing

@testable import Spool

/// A half-written file is not taken, by whatever route it comes.
@Suite(.serialized) struct HalfWrittenTests {
    @Test(arguments: [true, false]) func aRenamedFileIsTakenAtOnce(_ usesLeases: Bool) throws {
        let folder = try DropFolder(usesLeases: usesLeases)
        try folder.scratch.write("aside", "whole")
        rename("\(folder.scratch.path)/aside", "\(folder.incoming)/a")
        #expect(try folder.takeAfter() == ["a: whole"])
    }

    @Test(arguments: [true, false]) func aFileWrittenInPlaceIsTakenAfterItsWriterClosedIt(_ usesLeases: Bool) throws {
        let folder = try DropFolder(usesLeases: usesLeases)
        let writer = try folder.writer("a")
        try writer.write("one ")
        #expect(try folder.takeAfter() == [])
        #expect(try folder.takeAfter(.milliseconds(300)) == [])
        try writer.write("two")
        try writer.close()
        #expect(try folder.takeAfter(.milliseconds(10)) == [], "it may be opened again")
        #expect(try folder.takeAfter(.milliseconds(260)) == ["a: one two"])
    }

    @Test func aFileThatSeveralWriteToIsTakenAfterTheLastClosedIt() throws {
        let folder = try DropFolder()
        let (first, second) = (try folder.writer("a"), try folder.writer("a"))
        try first.write("one ")
        try first.close()
        #expect(try folder.takeAfter() == [])
        #expect(try folder.takeAfter(.seconds(40)) == [])
        try second.write("two")
        try second.close()
        #expect(try folder.takeAfter() == [])
        #expect(try folder.takeAfter(.milliseconds(260)) == ["a: one two"])
    }

    @Test func aSecondWriterIsWaitedForWithoutLeasesWhileItWrites() throws {
        let folder = try DropFolder(usesLeases: false)
        let (first, second) = (try folder.writer("a"), try folder.writer("a"))
        try first.write("one ")
        try first.close()
        #expect(try folder.takeAfter() == [])
        for _ in 0..<5 {
            try second.write("two ")
            #expect(try folder.takeAfter(.milliseconds(260)) == [])
        }
        try second.close()
        #expect(try folder.takeAfter(.milliseconds(260)) == [])
        #expect(try folder.takeAfter(.seconds(2)) == ["a: one two two two two two "])
    }

    @Test func aWriterThatStopsForAMinuteIsWaitedFor() throws {
        let folder = try DropFolder()
        let writer = try folder.writer("a")
        try writer.write("one ")
        for _ in 0..<60 { #expect(try folder.takeAfter(.seconds(1)) == []) }
        #expect(try folder.takeAfter(isScan: true) == [], "found by a scan, it has a writer too")
        try writer.write("two")
        for _ in 0..<60 { #expect(try folder.takeAfter(.seconds(1)) == []) }
        try writer.close()
        #expect(try folder.takeAfter() == [])
        #expect(try folder.takeAfter(.milliseconds(260)) == ["a: one two"])
    }

    @Test(arguments: [true, false]) func aFileClosedAndOpenedAgainIsTakenWhole(_ usesLeases: Bool) throws {
        // As Samba and some editors do: made and closed empty, written in goes, its times set at the end.
        let folder = try DropFolder(usesLeases: usesLeases)
        for part in ["", "one ", "two ", "three"] {
            let writer = try folder.writer("a")
            try writer.write(part)
            try writer.close()
            #expect(try folder.takeAfter(.milliseconds(100)) == [])
            #expect(try folder.takeAfter(.milliseconds(100), isScan: true) == [], "nor by a scan in between")
        }
        utimes("\(folder.incoming)/a", nil)
        #expect(try folder.takeAfter(.milliseconds(240)) == [])
        // Without leases a change that no close followed is taken for a writer's.
        #expect(try folder.takeAfter(usesLeases ? .milliseconds(260) : .milliseconds(2010)) == ["a: one two three"])
    }

    @Test func theTimeAFileRestsIsASetting() throws {
        var settings = IntakeSettings()
        settings.restAfterClose = .zero
        let folder = try DropFolder(settings: settings)
        try folder.scratch.drop("a", "whole")
        #expect(try folder.takeAfter() == ["a: whole"])
    }

    @Test func cpWithOldTimesIsNotTakenForOld() throws {
        // cp -p and rsync -t bring an old mtime with them: only the ctime tells.
        let folder = try DropFolder(usesLeases: false)
        try folder.scratch.write("old", "whole")
        let old = [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)]
        #expect(utimes("\(folder.scratch.path)/old", old) == 0)
        try folder.run("/bin/cp", ["-p", "\(folder.scratch.path)/old", "\(folder.incoming)/a"])
        #expect(try FileStatus.of(path: "\(folder.incoming)/a").modifiedAt == 1_000_000_000)
        #expect(try folder.takeAfter() == [])
        #expect(try folder.takeAfter(.milliseconds(260)) == ["a: whole"])
        // Found by a scan alone, which is all a network filesystem offers.
        try folder.run("/bin/cp", ["-p", "\(folder.scratch.path)/old", "\(folder.scratch.path)/incoming/b"])
        let held = HeldClock()
        var intake = Intake(folder.scratch.spool, after: nil, clock: held.clock)
        intake.requestScan()
        let early = intake.take(files: 9, bytes: .max).files.count
        #expect(early == 0)
        held.advance(.seconds(2))
        let late = intake.take(files: 9, bytes: .max).files.count
        #expect(late == 1)
    }

    @Test func aWallClockThatIsSetMakesNoFileOldAndNoneYoungForEver() throws {
        let folder = try DropFolder(usesLeases: false)
        let writer = try folder.writer("a")
        try writer.write("half")
        #expect(try folder.takeWithWallClock(offBy: .zero, after: .zero) == [])
        // An hour ahead, so that the file looks an hour old; then a day back, so that it is of tomorrow.
        #expect(try folder.takeWithWallClock(offBy: .seconds(3600), after: .milliseconds(500)) == [])
        #expect(try folder.takeWithWallClock(offBy: .seconds(-86_400), after: .milliseconds(500)) == [])
        #expect(try folder.takeWithWallClock(offBy: .seconds(-86_400), after: .milliseconds(1100)) == ["a"])
        try writer.close()
    }

    static let rsync = "/usr/bin/rsync"

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: rsync), "rsync is not installed (Deploy/packages)"),
        arguments: [[], ["--inplace"], ["--inplace", "--whole-file"]])
    func rsyncIsTakenOnceAndEndsWell(_ options: [String]) throws {
        let folder = try DropFolder()
        try folder.scratch.write("a", "whole")
        try folder.run(HalfWrittenTests.rsync, ["-a"] + options + ["\(folder.scratch.path)/a", "\(folder.incoming)/"])
        let taken = try folder.takeAfter() + folder.takeAfter(.milliseconds(260)) + folder.takeAfter(.seconds(3))
        #expect(taken == ["a: whole"])
        #expect(folder.scratch.names(.incoming) == [], "neither a temporary nor a second copy is left")
    }

    static let sftpServer = "/usr/lib/openssh/sftp-server"

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: sftpServer)
                && FileManager.default.isExecutableFile(atPath: "/usr/bin/sftp"),
            "sftp and its server are not installed (Deploy/packages)"),
        arguments: ["put", "put -p", "reput"])
    func sftpIsTakenOnceAndEndsWell(_ command: String) throws {
        let folder = try DropFolder()
        try folder.scratch.write("a", "whole")
        // An upload that broke off, to be gone on with.
        if command == "reput" { try folder.scratch.drop("a", "who") }
        try folder.run(
            "/usr/bin/sftp", ["-D", HalfWrittenTests.sftpServer, "-b", "-"],
            input: "\(command) \(folder.scratch.path)/a \(folder.incoming)/a\n")
        let taken = try folder.takeAfter() + folder.takeAfter(.milliseconds(260)) + folder.takeAfter(.seconds(3))
        #expect(taken == ["a: whole"])
        #expect(folder.scratch.names(.incoming) == [])
    }
}
