import EventModel
import Foundation
import Testing

@testable import Spool

@Suite struct ClaimTests {
    @Test func aFileIsMovedReadAndHashed() throws {
        let scratch = try Scratch()
        try scratch.drop("gala.ics", "abc")
        let file = try scratch.claimed("gala.ics")
        #expect(file.bytes == Array("abc".utf8))
        #expect(file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(file.file.fileName == FileName("gala.ics"))
        #expect(file.file.submitter == geteuid())
        #expect(file.receivedAt == DeliveryID.test(1).instant)
        #expect(!file.isTooLarge && !file.wantsReply)
        #expect(scratch.names(.incoming) == [])
        #expect(scratch.names(.active) == ["\(DeliveryID.test(1))-gala.ics"])
    }

    @Test func anEmptyFileIsAFile() throws {
        let scratch = try Scratch()
        try scratch.drop("empty", "")
        let file = try scratch.claimed("empty")
        #expect(file.bytes.isEmpty && file.size == 0)
        #expect(file.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    static let strangeNames: [[UInt8]] = [
        Array("two\nlines".utf8), [0x1B, 0x5B, 0x33, 0x31, 0x6D], [0xFF, 0xFE, 0x80], Array("-rf".utf8),
        Array("report.json".utf8), Array(repeating: UInt8(ascii: "a"), count: 255), Array("e\u{301}té – 祭.ics".utf8),
        Array(repeating: 0xBF, count: 255), Array(String(repeating: "祭", count: 85).utf8),
    ]

    @Test(arguments: strangeNames) func anyNameIsTaken(_ bytes: [UInt8]) throws {
        let scratch = try Scratch()
        let name = try #require(FileName(bytes))
        let descriptor = openat(scratch.spool[.incoming], name.cString, O_CREAT | O_WRONLY, 0o644)
        #expect(descriptor >= 0)
        close(descriptor)
        guard
            case .claimed(let file) = try scratch.spool.claim(
                name, .renamed, as: .test(7), limit: 10, isStill: { _ in true })
        else { return #expect(Bool(false), "not claimed") }
        #expect(file.file.fileName.bytes == bytes)
        #expect(file.file.storedName.count <= 255)
        #expect(StoredFile(storedName: file.file.storedName)?.id == .test(7))
        // It can be filed and found again under that name.
        let answers = scratch.spool.finish([Ending(file.file, .reject(report: Array("{}".utf8)))])
        guard case .done = try #require(answers.first) else { return #expect(Bool(false), "\(answers)") }
        let page = try scratch.spool.list(.rejected)
        #expect(page.files.map(\.storedName) == [file.file.storedName])
        #expect(page.strangers.isEmpty)
        #expect(try scratch.spool.report(.test(7), in: .rejected) == Array("{}".utf8))
    }

    @Test func aNameIsCutBetweenCharacters() throws {
        let name = try #require(FileName(String(repeating: "祭", count: 85)))
        #expect(String(validating: StoredFile(id: .test(1), name: name).name.bytes, as: UTF8.self)?.count == 76)
    }

    enum Oddity: String, CaseIterable { case directory, fifo, socket, device, symbolicLink, dangling, hardLink }

    @Test(arguments: Oddity.allCases) func whatIsNoPlainFileStays(_ oddity: Oddity) throws {
        let scratch = try Scratch()
        let place = "\(scratch.path)/incoming/x"
        try scratch.write("secret", "secret")
        var reason = Notice.Reason.kind(.directory)
        switch oddity {
        case .directory: #expect(mkdir(place, 0o755) == 0)
        case .fifo:
            #expect(mkfifo(place, 0o644) == 0)
            reason = .kind(.fifo)
        case .socket:
            try makeSocket(place)
            reason = .kind(.socket)
        case .device:
            guard mknod(place, S_IFCHR | 0o666, dev_t(1 << 8 | 3)) == 0 else { return }
            reason = .kind(.device)
        case .symbolicLink:
            #expect(symlink("\(scratch.path)/secret", place) == 0)
            reason = .kind(.symbolicLink)
        case .dangling:
            #expect(symlink("nowhere", place) == 0)
            reason = .kind(.symbolicLink)
        case .hardLink:
            #expect(link("\(scratch.path)/secret", place) == 0)
            reason = .hardLinked(2)
        }
        guard case .stays(let given, _) = try scratch.claim("x") else {
            return #expect(Bool(false), "it was taken")
        }
        #expect(given == reason)
        #expect(scratch.names(.incoming) == ["x"])
        #expect(scratch.names(.active) == [])
    }

    private func makeSocket(_ path: String) throws {
        // A socket's address is short: make it beside and move it.
        let short = "/tmp/s\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(short.utf8)) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(status == 0)
        #expect(rename(short, path) == 0)
    }

    @Test func aNameThatIsGoneIsGone() throws {
        guard case .gone = try Scratch().claim("nothing") else { return #expect(Bool(false)) }
    }

    @Test func aFileOverTheLimitIsTakenUnread() throws {
        let scratch = try Scratch()
        try scratch.drop("big", String(repeating: "x", count: 11))
        guard case .claimed(let file) = try scratch.claim("big", .renamed, limit: 10) else {
            return #expect(Bool(false))
        }
        #expect(file.isTooLarge && file.bytes.isEmpty && file.size == 11)
        try scratch.drop("fits", String(repeating: "x", count: 10))
        guard case .claimed(let other) = try scratch.claim("fits", .renamed, as: .test(2), limit: 10) else {
            return #expect(Bool(false))
        }
        #expect(!other.isTooLarge && other.bytes.count == 10)
    }

    @Test func aFileThatGrowsWhileItIsReadIsStillBounded() throws {
        let scratch = try Scratch()
        try scratch.drop("grows", "1234")
        let place = "\(scratch.path)/active/\(DeliveryID.test(1))-grows"
        let hooks = ClaimHooks(afterRename: { truncate(place, 100) })
        guard case .claimed(let file) = try scratch.claim("grows", limit: 10, hooks: hooks) else {
            return #expect(Bool(false))
        }
        #expect(file.isTooLarge)
    }

    @Test func aFileSwappedBetweenOpeningAndRenamingIsNotTakenForTheFirst() throws {
        let scratch = try Scratch()
        try scratch.drop("a", "first")
        let path = scratch.path
        let hooks = ClaimHooks(afterOpen: {
            try? Data("second".utf8).write(to: URL(fileURLWithPath: "\(path)/b"))
            rename("\(path)/b", "\(path)/incoming/a")
        })
        guard case .swapped(let name) = try scratch.claim("a", hooks: hooks) else { return #expect(Bool(false)) }
        #expect(name == FileName("a"))
        #expect(scratch.text("incoming/a") == "second")
        #expect(scratch.names(.active) == [])
    }

    @Test func aSwappedFileWhoseNameIsTakenAgainIsNotLost() throws {
        let scratch = try Scratch()
        try scratch.drop("a", "first")
        let path = scratch.path
        let hooks = ClaimHooks(
            afterOpen: {
                try? Data("second".utf8).write(to: URL(fileURLWithPath: "\(path)/b"))
                rename("\(path)/b", "\(path)/incoming/a")
            },
            afterRename: { try? Data("third".utf8).write(to: URL(fileURLWithPath: "\(path)/incoming/a")) })
        guard case .swapped(let name) = try scratch.claim("a", hooks: hooks) else { return #expect(Bool(false)) }
        #expect(scratch.text("incoming/\(name)") == "second")
        #expect(scratch.text("incoming/a") == "third")
        #expect(scratch.names(.active) == [])
    }

    @Test func aFileIsReadAfterItWasMoved() throws {
        let scratch = try Scratch()
        try scratch.drop("a", "half")
        let place = "\(scratch.path)/incoming/a"
        let hooks = ClaimHooks(afterOpen: { try? Data("the whole".utf8).write(to: URL(fileURLWithPath: place)) })
        guard case .claimed(let file) = try scratch.claim("a", .renamed, hooks: hooks) else {
            return #expect(Bool(false))
        }
        #expect(file.bytes == Array("the whole".utf8))
    }

    @Test func aLinkMadeMeanwhileIsSeen() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let path = scratch.path
        let hooks = ClaimHooks(afterOpen: { link("\(path)/incoming/a", "\(path)/other") })
        guard case .stays(.hardLinked(2), _) = try scratch.claim("a", hooks: hooks) else {
            return #expect(Bool(false))
        }
        #expect(scratch.names(.incoming) == ["a"])
    }

    @Test func aSymbolicLinkPutThereMeanwhileIsPutBackUnread() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let path = scratch.path
        let hooks = ClaimHooks(afterOpen: {
            unlink("\(path)/incoming/a")
            symlink("/etc/passwd", "\(path)/incoming/a")
        })
        guard case .swapped = try scratch.claim("a", hooks: hooks) else { return #expect(Bool(false)) }
        #expect(scratch.names(.active) == [])
        guard case .stays(.kind(.symbolicLink), _) = try scratch.claim("a") else { return #expect(Bool(false)) }
    }

    @Test func aSecondFileOfTheSameNameIsADeliveryOfItsOwn() throws {
        let scratch = try Scratch()
        try scratch.drop("a", "one")
        let first = try scratch.claimed("a", as: .test(1))
        try scratch.drop("a", "two")
        _ = scratch.spool.finish([Ending(first.file, .remove)])
        #expect(scratch.text("incoming/a") == "two")
        #expect(try scratch.claimed("a", as: .test(2)).bytes == Array("two".utf8))
    }

    @Test func aFileWithAWriterIsLeftUnlessItWasRenamedIn() throws {
        let scratch = try Scratch()
        try scratch.drop("a", "half")
        let writer = open("\(scratch.path)/incoming/a", O_WRONLY)
        defer { close(writer) }
        for arrival in [Arrival.found, .closed] {
            guard case .notReady = try scratch.claim("a", arrival) else { return #expect(Bool(false)) }
        }
        #expect(scratch.names(.incoming) == ["a"])
        guard case .claimed = try scratch.claim("a", .renamed) else { return #expect(Bool(false)) }
    }

    @Test func withoutLeasesStandingStillDecidesForWhatWasOnlyFound() throws {
        let scratch = try Scratch(usesLeases: false)
        try scratch.drop("a")
        guard case .notReady = try scratch.claim("a", .found, isStill: false) else { return #expect(Bool(false)) }
        guard case .claimed = try scratch.claim("a", .closed, isStill: false) else { return #expect(Bool(false)) }
    }

    @Test(.enabled(if: isRoot, needsRoot)) func anUnreadableFileSaysWhichPermissionIsMissing() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        #expect(chmod("\(scratch.path)/incoming/a", 0o600) == 0)
        #expect(chmod("\(scratch.path)", 0o755) == 0 && chmod("\(scratch.path)/incoming", 0o777) == 0)
        let result = try asUser(4711) { try scratch.claim("a") }
        guard case .stays(let reason, _) = result else { return #expect(Bool(false)) }
        #expect(reason == .unreadable(mode: 0o600, group: 0, isOurs: true))
        let notice = Notice(folder: .incoming, name: try #require(FileName("a")), owner: 0, reason: reason)
        #expect(
            notice.description
                == "incoming/a of user 0 may not be read by the daemon (mode 0600, group 0) and stays until it may: "
                + "its group has no right to read: chmod g+r it, or drop it with tidings submit")
    }

    @Test(arguments: [
        (0o600, false, "the daemon is not in its group, and others have no right to read: chmod o+r it"),
        (0o640, false, "the daemon is not in its group, and others have no right to read: chmod o+r it"),
        (0o644, false, "its mode would allow it: look at its access list (getfacl) and at AppArmor's log"),
        (0o600, true, "its group has no right to read: chmod g+r it"),
    ]) func theMissingPermissionIsNamed(_ mode: UInt32, _ isOurs: Bool, _ words: String) throws {
        let reason = Notice.Reason.unreadable(mode: mode, group: 7, isOurs: isOurs)
        let notice = Notice(folder: .incoming, name: try #require(FileName("a")), owner: 9, reason: reason)
        #expect(notice.description.contains(words))
    }

    @Test func theStickyBitAsksForAReply() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        #expect(chmod("\(scratch.path)/incoming/a", 0o1644) == 0)
        #expect(try scratch.claimed("a").wantsReply)
    }

    @Test func askingForWritersSurvivesOnesThatComeAtThatMoment() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        let place = "\(scratch.path)/incoming/a"
        let isDone = Flag()
        let thread = Thread {
            while !isDone.isSet { close(open(place, O_WRONLY | O_NONBLOCK)) }
        }
        thread.start()
        for _ in 0..<20_000 {
            guard
                case .open = try scratch.spool.openChecked(
                    .incoming, try #require(FileName("a")), .closed, isStill: { _ in true })
            else { continue }
        }
        isDone.set()
    }
}

/// A flag between two threads.
final class Flag: @unchecked Sendable {
    // Invariant: `value` is touched with `lock` held.
    private let lock = NSLock()
    private var value = false
    var isSet: Bool { lock.withLock { value } }
    func set() { lock.withLock { value = true } }
}
