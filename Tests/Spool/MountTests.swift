import EventModel
import Foundation
import Testing

@testable import Spool

/// What needs a filesystem of its own: full ones, and mounts in the wrong place.
@Suite(.enabled(if: isRoot, needsRoot)) struct MountTests {
    private func directory() -> String {
        let path = NSTemporaryDirectory() + "spool-\(UUID().uuidString)"
        mkdir(path, 0o700)
        return path
    }

    private func spool(_ path: String, _ options: String) throws -> SpoolDirectory {
        try PrivateMounts.tmpfs(at: path, options)
        return try SpoolDirectory.open(path, create: true)
    }

    private func drop(_ path: String, _ name: String, bytes: Int = 5) -> Bool {
        let file = creat("\(path)/incoming/\(name)", 0o644)
        if file < 0 { return false }
        defer { close(file) }
        let text = [UInt8](repeating: UInt8(ascii: "x"), count: bytes)
        return write(file, text, bytes) == bytes
    }

    @Test func aFullDiskKeepsWhatIsInWorkThereUntilItHasRoom() throws {
        let path = directory()
        defer { rmdir(path) }
        try inPrivateMounts {
            let spool = try spool(path, "size=256k")
            #expect(drop(path, "a"))
            var number = 0
            while drop(path, ".fill\(number)", bytes: 4096) { number += 1 }
            #expect(try spool.freeSpace().bytes == 0)
            var intake = Intake(spool, after: nil)
            intake.requestScan()
            // Claiming needs no room, filing a report does.
            let file = try #require(intake.take(files: 1, bytes: .max).files.first)
            guard case .failed(let error)? = spool.finish([Ending(file.file, .reject(report: [1, 2, 3]))]).first else {
                return #expect(Bool(false))
            }
            #expect(error.isFull && error.description.contains("Free space or inodes"))
            #expect(try spool.list(.active).files.count == 1)
            unlink("\(path)/incoming/.fill0")
            guard case .done? = spool.finish([Ending(file.file, .reject(report: [1, 2, 3]))]).first else {
                return #expect(Bool(false))
            }
            #expect(try spool.list(.rejected).files.count == 1 && spool.list(.active).files.isEmpty)
        }
    }

    @Test func fullInodesAreNoticed() throws {
        let path = directory()
        defer { rmdir(path) }
        try inPrivateMounts {
            let spool = try spool(path, "nr_inodes=30")
            var number = 0
            while drop(path, "\(number)", bytes: 0) { number += 1 }
            #expect(try spool.freeSpace().inodes == 0)
            var intake = Intake(spool, after: nil)
            intake.requestScan()
            let file = try #require(intake.take(files: 1, bytes: .max).files.first)
            guard case .failed(let error)? = spool.finish([Ending(file.file, .hold(report: []))]).first else {
                return #expect(Bool(false))
            }
            #expect(error.isFull)
            guard case .done? = spool.finish([Ending(file.file, .remove)]).first else { return #expect(Bool(false)) }
            #expect(try spool.freeSpace().inodes == 1)
        }
    }

    @Test func aMountOnADroppedNameIsLeftAlone() throws {
        let path = directory()
        defer { rmdir(path) }
        try inPrivateMounts {
            let spool = try spool(path, "")
            #expect(drop(path, "a") && drop(path, "b"))
            // MS_BIND
            try PrivateMounts.mount("\(path)/incoming/b", "\(path)/incoming/a", nil, flags: 0x1000)
            var intake = Intake(spool, after: nil)
            intake.requestScan()
            let taken = intake.take(files: 9, bytes: .max)
            #expect(taken.files.map { "\($0.file.fileName)" } == ["b"])
            let words = "has another filesystem mounted on it and is left where it is: unmount it"
            #expect(taken.notices.count == 1 && taken.notices.allSatisfy { "\($0)".contains(words) })
        }
    }

    @Test func aFolderOnAnotherMountIsAFault() throws {
        let path = directory()
        defer { rmdir(path) }
        try inPrivateMounts {
            do { _ = try spool(path, "") }
            try PrivateMounts.tmpfs(at: "\(path)/held")
            let error = #expect(throws: SpoolError.self) { try SpoolDirectory.open(path) }
            #expect(
                error?.description.contains(
                    "held/ lies on another filesystem than the spool: files cannot be renamed into it; unmount it")
                    == true)
        }
    }

    @Test func aMountOverAFolderInUseIsNoticedAtTheRescanAndItsEndToo() throws {
        let path = directory()
        defer { rmdir(path) }
        try inPrivateMounts {
            let spool = try spool(path, "")
            try PrivateMounts.tmpfs(at: "\(path)/incoming")
            #expect(throws: SpoolError.self) { try spool.refresh() }
            #expect(umount("\(path)/incoming") == 0)
            #expect(try spool.refresh() == [])
            #expect(drop(path, "a"))
            var intake = Intake(spool, after: nil)
            intake.requestScan()
            let count = intake.take(files: 9, bytes: .max).files.count
            #expect(count == 1)
        }
    }

    private func umount(_ path: String) -> Int32 {
        typealias Unmount = @convention(c) (UnsafePointer<CChar>) -> Int32
        return dlsym(nil, "umount").map { unsafeBitCast($0, to: Unmount.self)(path) } ?? -1
    }

    @Test func aReadOnlySpoolSaysWhatToDo() throws {
        let path = directory()
        defer { rmdir(path) }
        try inPrivateMounts {
            do { _ = try spool(path, "") }
            // MS_REMOUNT | MS_RDONLY
            try PrivateMounts.mount("tmpfs", path, "tmpfs", flags: 32 | 1)
            let error = #expect(throws: SpoolError.self) { try SpoolDirectory.open(path) }
            #expect(error?.description.contains("is read-only for this process: mount it writable") == true)
        }
    }
}
