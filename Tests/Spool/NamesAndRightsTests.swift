import EventModel
import Foundation
import Testing

@testable import Spool
import Primitives

@Suite struct NamesAndRightsTests {
    @Test(arguments: ["", ".", "..", "a/b", "a\0b", String(repeating: "x", count: 256)])
    func whatCannotBeANameIsNone(_ text: String) {
        #expect(FileName(text) == nil)
    }

    static let escapes: [([UInt8], String)] = [
        (Array("Gala – été 祭.ics".utf8), "Gala – été 祭.ics"), ([0x61, 0x0A, 0x62], "a\\nb"),
        ([0x1B, 0x5B, 0x41], "\\x1b[A"), ([0xFF, 0x61, 0xC3], "\\xffa\\xc3"), ([0xE2, 0x80, 0xAE, 0x78], "\\u{202e}x"),
        ([0x5C], "\\\\"), ([0xC2, 0x85], "\\u{85}"), ([0xE7, 0xA5, 0x61], "\\xe7\\xa5a"),
    ]

    @Test(arguments: escapes) func namesAreHarmlessInMessages(_ bytes: [UInt8], _ text: String) throws {
        #expect(try #require(FileName(bytes)).description == text)
    }

    @Test func storedNamesAreToldFromReportsAndStrangers() throws {
        let id = DeliveryID.test(9)
        let file = StoredFile(id: id, name: try #require(FileName("report.json")))
        #expect("\(file.storedName)" == "\(id)-report.json")
        #expect(StoredFile(storedName: file.storedName) == file)
        #expect(StoredFile.reportedID(file.storedName) == nil)
        #expect(StoredFile.reportedID(try #require(FileName("\(id).report.json"))) == id)
        for stranger in ["\(id)", "\(id)-", "\(id).report.json", "x\(id)-a", "README"] {
            #expect(StoredFile(storedName: try #require(FileName(stranger))) == nil)
        }
        #expect(StoredFile.isTemporaryName(StoredFile.temporaryName(id, ".report.json")))
        #expect(!StoredFile.isTemporaryName(try #require(FileName(".lock"))))
    }

    @Test func errorsNameThePlaceTheCauseAndTheRemedy() {
        let full = SpoolError(.rename, "incoming/a", Errno(ENOSPC))
        #expect(
            full.description
                == "cannot rename incoming/a: No space left on device (ENOSPC). Free space or inodes on this filesystem (df, df -i)."
        )
        #expect(full.isFull && !full.isDurabilityLost)
        let quota = SpoolError(.write, "held/a", Errno(EDQUOT))
        #expect(quota.isFull && quota.description.contains("Raise the quota of the service's user"))
        let lost = SpoolError(.sync, "held", Errno(EIO))
        #expect(lost.isDurabilityLost)
        #expect(lost.description.hasPrefix("cannot sync held: Input/output error (EIO). The disk may have lost"))
        #expect(Errno(99_999).description == "errno 99999")
    }

    @Test func accessListsAreWhatTheKernelAndGetfaclSay() throws {
        let scratch = try Scratch()
        let list = AccessControlList.folder(for: 4711)
        #expect(AccessControlList(encoded: list.encoded) == list)
        #expect(AccessControlList(encoded: [2, 0, 0, 0, 1]) == nil)
        #expect(AccessControlList(encoded: [1, 0, 0, 0]) == nil)
        let folder = scratch.spool[.replies]
        #expect(try AccessControlList.of(folder, .inherited) == nil)
        try list.set(on: folder, .access)
        try AccessControlList.files(for: 4711).set(on: folder, .inherited)
        #expect(try AccessControlList.of(folder, .access) == list)
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/getfacl") else { return }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/getfacl")
        process.arguments = ["-cpn", "\(scratch.path)/replies"]
        process.environment = [:]
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(
            said.split(separator: "\n") == [
                "user::rwx", "user:4711:r-x", "group::---", "mask::r-x", "other::---", "default:user::rw-",
                "default:user:4711:r--", "default:group::---", "default:mask::r--", "default:other::---",
            ])
    }

    @Test func theMaskCounts() {
        let entries: [AccessControlList.Entry] = [
            .init(subject: .group(1), rights: 4), .init(subject: .group(2), rights: 1),
            .init(subject: .user(3), rights: 7),
        ]
        #expect(AccessControlList(entries).readingGroups == [1])
        #expect(AccessControlList(entries + [.init(subject: .mask, rights: 3)]).readingGroups == [])
    }

    @Test func aCensusTellsHowManyAndHowOld() throws {
        let scratch = try Scratch()
        let now = Instant(microseconds: 2_000_000_000_000_000)
        for seconds in [5, 50, 500, 5000] {
            let id = DeliveryID(at: now.adding(.seconds(-seconds)), random: (0, UInt64(seconds)))
            try scratch.write("held/\(id)-a", "")
            try scratch.write("held/\(id).report.json", "")
        }
        let view = SpoolView(path: scratch.path)
        let census = try view.census(.held, ages: [.seconds(10), .seconds(100), .seconds(1000)], now: now)
        #expect(census.files == 4 && census.byAge == [1, 1, 1, 1] && census.isComplete)
        #expect(census.oldest == now.adding(.seconds(-5000)))
        #expect(try view.census(.held, now: now, limit: 3).isComplete == false)
        try scratch.drop("a")
        try scratch.drop(".tmp")
        #expect(try view.census(.incoming, now: now).files == 1)
        #expect(try view.census(.active, now: now).oldest == nil)
        #expect(try view.list(.held, limit: 2).files.count == 2)
        #expect(throws: SpoolError.self) { try SpoolView(path: "/nonexistent").census(.held, now: now) }
    }
}
