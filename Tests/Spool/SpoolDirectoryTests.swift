import EventModel
import Foundation
import Testing

@testable import Spool
import Primitives

@Suite struct SpoolDirectoryTests {
    private func message(_ path: String) -> String {
        do {
            _ = try SpoolDirectory.open(path)
            return "opened"
        } catch {
            return error.description
        }
    }

    @Test func aMissingSpoolSaysSo() {
        #expect(
            message("/nonexistent/spool")
                == "cannot open /nonexistent/spool: No such file or directory (ENOENT). It is missing: make it "
                + "(systemd-tmpfiles --create makes the spool's folders).")
    }

    @Test func everyFaultIsNamedAtOnce() throws {
        let path = NSTemporaryDirectory() + "spool-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        for folder in ["", "/incoming", "/active", "/rejected", "/deferred", "/accepted", "/requests"] {
            mkdir(path + folder, 0o700)
        }
        symlink("/tmp", path + "/replies")
        #expect(
            message(path)
                == "cannot check the spool \(path). held/ is missing: make it (systemd-tmpfiles --create); "
                + "replies is not a directory: move it away and make one")
    }

    @Test func aPrivateSpoolIsForItsOwnerAlone() throws {
        let scratch = try Scratch()
        for folder in Folder.allCases {
            let status = try FileStatus.of(scratch.spool[folder])
            #expect(status.mode == 0o700)
        }
        #expect(try scratch.spool.concerns() == [])
    }

    @Test func aSecondDaemonIsToldOfTheFirst() throws {
        let scratch = try Scratch()
        #expect(
            message(scratch.path)
                == "cannot lock the spool \(scratch.path). It is in use by process \(getpid()): stop that one first "
                + "(systemctl stop tidingsd), or give this one a directory of its own")
    }

    @Test func theLockEndsWithItsOwner() throws {
        let path = NSTemporaryDirectory() + "spool-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        do { _ = try SpoolDirectory.open(path, create: true) }
        #expect(message(path) == "opened")
    }

    @Test(.enabled(if: isRoot, needsRoot)) func rightsAreNamedWithTheirRemedy() throws {
        let status = try FileStatus.of(path: "/proc/self")
        let facts = FolderFacts(
            folder: .active, status: status, failure: nil,
            refused: [("write to", .accessDenied), ("search", .readOnly)])
        #expect(
            facts.faults(user: 990, rootDevice: status.identity.device) == [
                "user 990 may not write to active/ (owner 0, mode 0555): chown 990 it, with mode u+rwx",
                "active/ is read-only for this process: mount it writable, or add it to ReadWritePaths= of the unit",
            ])
        #expect(
            facts.faults(user: 990, rootDevice: 1).first
                == "active/ lies on another filesystem than the spool: files cannot be renamed into it; unmount it")
        let scratch = try Scratch()
        chmod("\(scratch.path)/incoming", 0o1777)
        let sticky = try FolderFacts.of(.incoming, scratch.spool[.incoming])
        #expect(
            sticky.faults(user: 990, rootDevice: sticky.status?.identity.device ?? 0) == [
                "incoming/ is sticky and belongs to user 0: user 990 cannot take other users' files out of it; chown 990 it"
            ])
    }

    @Test func aDropFolderWithoutStickyBitIsAConcern() throws {
        let scratch = try Scratch()
        chmod("\(scratch.path)/incoming", 0o777)
        #expect(
            try scratch.spool.concerns() == [
                "incoming/ can be written by others than its owner and is not sticky (mode 0777): "
                    + "users can remove and replace what others dropped; chmod +t it"
            ])
    }

    @Test func aReplacedFolderIsNoticedAndOpenedAnew() throws {
        let scratch = try Scratch()
        #expect(try scratch.spool.refresh() == [])
        #expect(rmdir("\(scratch.path)/incoming") == 0 && mkdir("\(scratch.path)/incoming", 0o700) == 0)
        try scratch.drop("a")
        guard case .gone = try scratch.claim("a") else { return #expect(Bool(false), "the old folder is held") }
        #expect(try scratch.spool.refresh() == [.incoming])
        #expect(try scratch.claimed("a").bytes == Array("hello".utf8))
    }

    @Test func aRemovedFolderIsAnErrorUntilItIsBack() throws {
        let scratch = try Scratch()
        rmdir("\(scratch.path)/held")
        #expect(throws: SpoolError.self) { try scratch.spool.refresh() }
        mkdir("\(scratch.path)/held", 0o700)
        #expect(try scratch.spool.refresh() == [.held])
    }

    @Test func aReplacedRootIsLockedAgain() throws {
        let scratch = try Scratch()
        rename(scratch.path, scratch.path + "-old")
        defer { try? FileManager.default.removeItem(atPath: scratch.path + "-old") }
        do { _ = try SpoolDirectory.open(scratch.path, create: true) }
        #expect(try scratch.spool.refresh() == Set(Folder.allCases))
        #expect(message(scratch.path).hasPrefix("cannot lock the spool"))
        try scratch.drop("a")
        #expect(try scratch.claimed("a").bytes == Array("hello".utf8))
    }

    @Test func aSpoolInThePlaceOfAnotherIsNotWorkedOnWhileAnotherDaemonHasIt() throws {
        let scratch = try Scratch()
        rename(scratch.path, scratch.path + "-old")
        defer { try? FileManager.default.removeItem(atPath: scratch.path + "-old") }
        do {
            let other = try SpoolDirectory.open(scratch.path, create: true)
            for _ in 0..<2 {
                let error = #expect(throws: SpoolError.self) { try scratch.spool.refresh() }
                #expect(error?.description.contains("It is in use by process \(getpid())") == true)
            }
            try scratch.drop("a")
            guard case .gone = try scratch.claim("a") else { return #expect(Bool(false), "it is the other one's") }
            withExtendedLifetime(other) {}
        }
        #expect(try scratch.spool.refresh() == Set(Folder.allCases))
        #expect(try scratch.claimed("a").bytes == Array("hello".utf8))
    }

    @Test func theFreeSpaceIsAsked() throws {
        let scratch = try Scratch()
        let space = try scratch.spool.freeSpace()
        #expect(space.bytes > 0 && space.inodes != 0)
        #expect("\(space)".contains("MiB") && !"\(space)".contains("("))
        #expect(try FreeSpace.at(scratch.path).bytes > 0)
        #expect(throws: SpoolError.self) { try FreeSpace.at("/nonexistent") }
    }
}
