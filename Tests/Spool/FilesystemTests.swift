import Foundation
import Testing

@testable import Spool
import Primitives

@Suite struct FilesystemTests {
    @Test(
        arguments: [
            (0x6969, "NFS"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "SMB 2"), (0x0102_1997, "9p"),
            (0x6573_5546, "FUSE"), (0x00C3_6400, "Ceph"),
        ] as [(UInt32, String)])
    func aNetworkFilesystemIsWarnedAboutOnce(_ type: UInt32, _ name: String) throws {
        let path = NSTemporaryDirectory() + "spool-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let spool = try SpoolDirectory(path, create: true, filesystem: Filesystem(type: type))
        let concerns = try spool.concerns()
        #expect(concerns.count == 1)
        #expect(concerns.first?.hasPrefix("\(path) lies on \(name): ") == true)
        #expect(concerns.first?.contains("put the spool on a local disk") == true)
    }

    @Test(arguments: [0xEF53, 0x0102_1994, 0x9123_683E, 0x5846_5342, 0x794C_7630] as [UInt32])
    func aLocalOneIsNot(_ type: UInt32) { #expect(Filesystem(type: type).concern(path: "/s") == nil) }

    @Test func theKernelIsAsked() throws {
        let descriptor = open("/proc/self", O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        #expect(try Filesystem.of(descriptor).type == 0x9FA0)
        #expect(throws: Errno.self) { try Filesystem.of(-1) }
    }

    @Test func noLeaseIsAskedForOnANetworkFilesystem() throws {
        // NFS answers "somebody writes" for every file that it has no delegation of: such files would wait for ever.
        let path = NSTemporaryDirectory() + "spool-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let spool = try SpoolDirectory(path, create: true, filesystem: Filesystem(type: 0x6969))
        try Data("half".utf8).write(to: URL(fileURLWithPath: "\(path)/incoming/a"))
        let writer = open("\(path)/incoming/a", O_WRONLY)
        defer { close(writer) }
        let held = HeldClock()
        var intake = Intake(spool, after: nil, clock: held.clock)
        intake.requestScan()
        let early = intake.take(files: 9, bytes: .max).files.count
        #expect(early == 0)
        held.advance(.seconds(3))
        let late = intake.take(files: 9, bytes: .max).files.count
        #expect(late == 1, "size and ctime have stood still, which is all that can be known")
    }
}
