import EventModel
import Foundation
import Testing

@testable import Spool

@Suite struct RepliesAndRequestsTests {
    @Test func anAnswerIsFoundByItsSubmitter() throws {
        let scratch = try Scratch()
        let name = try #require(FileName("gala.ics"))
        let box = ReplyBox(spool: scratch.path, user: geteuid())
        #expect(try box.deliveries(of: name) == [])
        #expect(try box.reply(for: name) == nil)
        try scratch.spool.writeReply(
            OwedReply(
                user: geteuid(), name: name, delivery: .test(1), json: Array("{1}".utf8), text: Array("one\n".utf8)))
        let known = try box.deliveries(of: name)
        #expect(known == [.test(1)])
        #expect(try box.reply(for: name, besides: known) == nil)
        try scratch.spool.writeReply(
            OwedReply(user: geteuid(), name: name, delivery: .test(2), json: Array("{2}".utf8), text: []))
        let reply = try #require(try box.reply(for: name, besides: known))
        #expect(reply.delivery == .test(2) && reply.json == Array("{2}".utf8))
        #expect(scratch.text("replies/\(geteuid())/gala.ics.\(DeliveryID.test(1)).txt") == "one\n")
        let other = try #require(FileName("gala"))
        #expect(try box.deliveries(of: other) == [])
    }

    @Test func aLongNameIsCut() throws {
        let scratch = try Scratch()
        let name = FileName(trusted: Array(repeating: UInt8(ascii: "n"), count: 255))
        try scratch.spool.writeReply(
            OwedReply(user: geteuid(), name: name, delivery: .test(1), json: [1], text: []))
        #expect(try ReplyBox(spool: scratch.path, user: geteuid()).reply(for: name)?.json == [1])
    }

    @Test(.enabled(if: isRoot, needsRoot)) func anAnswerIsForItsSubmitterOnly() throws {
        let scratch = try Scratch()
        let name = try #require(FileName("a"))
        #expect(chmod(scratch.path, 0o711) == 0 && chmod("\(scratch.path)/replies", 0o711) == 0)
        for number in [1, 2] as [UInt64] {
            try scratch.spool.writeReply(
                OwedReply(user: 4711, name: name, delivery: .test(number), json: [1], text: []))
        }
        let folder = "\(scratch.path)/replies/4711"
        let file = "\(folder)/a.\(DeliveryID.test(1)).json"
        let box = ReplyBox(spool: scratch.path, user: 4711)
        #expect(try asUser(4711) { try box.reply(for: name) }?.json == [1])
        #expect(try asUser(4711) { try box.deliveries(of: name).count } == 2)
        for (user, group) in [(4712, 4712), (4712, 0)] as [(UInt32, UInt32)] {
            let opened = try asUser(user, group: group) { open(file, O_RDONLY) }
            #expect(opened < 0, "user \(user) of group \(group) may read it")
        }
        #expect(try asUser(4711) { open("\(folder)/mine", O_CREAT | O_WRONLY, 0o600) } < 0)
    }

    @Test(.enabled(if: isRoot, needsRoot)) func aFolderOfAnswersComesWithTheRightsOfItsSubmitter() throws {
        let scratch = try Scratch()
        let inotify = inotify_init1(CInt(IN_NONBLOCK))
        defer { close(inotify) }
        #expect(inotify_add_watch(inotify, "\(scratch.path)/replies", UInt32(IN_MOVED_TO | IN_CREATE | IN_ATTRIB)) >= 0)
        // What a kill has left unready does not stand in the way.
        for (user, left) in [(4711, false), (4712, true)] as [(UInt32, Bool)] {
            if left { #expect(mkdir("\(scratch.path)/replies/.\(user)", 0o700) == 0) }
            try scratch.spool.writeReply(
                OwedReply(user: user, name: try #require(FileName("a")), delivery: .test(1), json: [1], text: []))
        }
        var heard = [UInt8](repeating: 0, count: 4096)
        let count = read(inotify, &heard, heard.count)
        var seen: [String: [UInt32]] = [:]
        var offset = 0
        while offset < count {
            let event = heard[offset...].withUnsafeBytes { $0.loadUnaligned(as: inotify_event.self) }
            let name = heard[(offset + 16)..<(offset + 16 + Int(event.len))].prefix { $0 != 0 }
            seen[String(decoding: name, as: UTF8.self), default: []].append(event.mask & ~UInt32(IN_ISDIR))
            offset += 16 + Int(event.len)
        }
        #expect(seen["4711"] == [UInt32(IN_MOVED_TO)], "it is seen before its rights are set")
        #expect(seen["4712"] == [UInt32(IN_MOVED_TO)], "it is seen before its rights are set")
    }

    @Test func aRequestIsReadWithItsOwnerAndRemoved() throws {
        let scratch = try Scratch()
        let submission = Submission(folder: "\(scratch.path)/requests", group: "tidings-admin")
        let names = try ["one", "two"].map {
            try submission.submit(Array($0.utf8), name: try #require(FileName("retry.json")), wantsReply: false)
        }
        try scratch.write("requests/.half", "x")
        #expect(mkfifo("\(scratch.path)/requests/pipe", 0o644) == 0)
        let (requests, notices) = try scratch.spool.requests(limit: 10)
        #expect(requests.map(\.name) == names)
        #expect(requests.map(\.bytes) == [Array("one".utf8), Array("two".utf8)])
        #expect(requests.allSatisfy { $0.user == geteuid() })
        #expect(
            notices.map(\.description) == [
                "requests/pipe is a FIFO of user \(geteuid()) and is left where it is: only regular files are taken; remove it"
            ])
        for request in requests { try scratch.spool.remove(request) }
        #expect(scratch.names(.requests) == [".half", "pipe"])
    }

    @Test func anotherRequestOfTheSameNameStays() throws {
        let scratch = try Scratch()
        try scratch.write("requests/r", "first")
        let request = try #require(try scratch.spool.requests(limit: 1).requests.first)
        try scratch.write("aside", "second")
        rename("\(scratch.path)/aside", "\(scratch.path)/requests/r")
        try scratch.spool.remove(request)
        #expect(scratch.text("requests/r") == "second")
    }

    @Test func aRequestIsBounded() throws {
        let scratch = try Scratch()
        try scratch.write("requests/r", String(repeating: "x", count: SpoolDirectory.largestRequest + 1))
        #expect(try scratch.spool.requests(limit: 1).requests.first?.bytes == nil)
    }
}
