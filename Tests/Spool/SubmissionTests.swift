import EventModel
import Foundation
import Testing

@testable import Spool
import Primitives

@Suite struct SubmissionTests {
    private func submission(_ scratch: Scratch) -> Submission { Submission(folder: "\(scratch.path)/incoming") }

    @Test func aFileArrivesWholeUnderItsName() throws {
        let scratch = try Scratch()
        let watcher = try Watcher.start(scratch.spool)
        try scratch.write("gala.ics", "BEGIN")
        let name = try submission(scratch).submit(file: "\(scratch.path)/gala.ics", wantsReply: false)
        #expect(name == FileName("gala.ics"))
        #expect(scratch.text("incoming/gala.ics") == "BEGIN")
        #expect(try watcher.wait(timeout: .seconds(10)).names == [Hint(name: name, arrival: .renamed)])
        #expect(try !scratch.claimed("gala.ics").wantsReply)
    }

    @Test func aTakenNameGetsAMark() throws {
        let scratch = try Scratch()
        let names = try (0..<3).map { number in
            try submission(scratch).submit(
                Array("\(number)".utf8), name: try #require(FileName("gala.ics")), wantsReply: true)
        }
        #expect(names.first == FileName("gala.ics") && Set(names).count == 3)
        for (number, name) in names.enumerated() {
            #expect("\(name)".hasPrefix("gala") && "\(name)".hasSuffix(".ics"))
            #expect(scratch.text("incoming/\(name)") == "\(number)")
        }
        #expect(try scratch.claimed("gala.ics").wantsReply)
    }

    @Test(arguments: [
        ("a.tmp", "a.tmp.update"), (".profile", "profile"), ("draft~", "draft~.update"), ("x.part", "x.part.update"),
        ("~$agenda.ics", "agenda.ics"), ("Thumbs.db", "Thumbs.db.update"), ("~$", "update"),
        ("agenda.ics.crdownload", "agenda.ics.crdownload.update"), ("My desktop.ini", "My desktop.ini"),
        ("..tmp", "tmp"), ("...", "update"), ("plain", "plain"), ("..x.tmp", "x.tmp.update"),
    ]) func aTemporarysNameIsMadeAnother(_ before: String, _ after: String) throws {
        #expect(Submission.complete(try #require(FileName(before))) == FileName(after))
    }

    @Test func variantsFitAndKeepTheirSuffix() throws {
        let long = try #require(FileName(String(repeating: "n", count: 251) + ".ics"))
        let variant = Submission.variant(long, "abc123")
        #expect(variant.count == 255 && "\(variant)".hasSuffix("n-abc123.ics"))
        #expect("\(Submission.variant(try #require(FileName("noext")), "m"))" == "noext-m")
    }

    @Test func aPipeIsReadToItsEnd() throws {
        let scratch = try Scratch()
        let pipe = Pipe()
        pipe.fileHandleForWriting.write(Data("through a pipe".utf8))
        try pipe.fileHandleForWriting.close()
        let path = "/proc/self/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        let name = try submission(scratch).submit(file: path, wantsReply: false)
        #expect(scratch.text("incoming/\(name)") == "through a pipe")
    }

    @Test func whatCannotBeSubmittedSaysWhy() throws {
        let scratch = try Scratch()
        func message(_ file: String, limit: Int = 100) -> String {
            do {
                _ = try submission(scratch).submit(file: file, wantsReply: false, limit: limit)
                return "submitted"
            } catch {
                return error.description
            }
        }
        #expect(message("/nonexistent").hasPrefix("cannot open /nonexistent: No such file or directory (ENOENT)"))
        #expect(message("/tmp").hasPrefix("cannot read /tmp: Is a directory (EISDIR)"))
        try scratch.write("big", "12345")
        #expect(
            message("\(scratch.path)/big", limit: 4)
                == "cannot read \(scratch.path)/big. It has more than the 4 bytes that are taken: split it, or raise max_file_bytes"
        )
        let nowhere = Submission(folder: "/nonexistent/incoming")
        do {
            _ = try nowhere.submit([1], name: try #require(FileName("a")), wantsReply: false)
        } catch let error as SpoolError {
            #expect(
                error.description
                    == "cannot open /nonexistent/incoming: No such file or directory (ENOENT). "
                    + "There is no spool here: is tidingsd installed, and is [spool] directory right?")
        }
        #expect(scratch.names(.incoming) == [])
    }

    @Test(.enabled(if: isRoot, needsRoot)) func aMemberWhoMayNotListIsServed() throws {
        let scratch = try Scratch()
        let incoming = "\(scratch.path)/incoming"
        #expect(chmod(scratch.path, 0o755) == 0 && chown(incoming, 0, 4242) == 0 && chmod(incoming, 0o3730) == 0)
        let name = try asUser(4711, group: 4242) {
            try submission(scratch).submit(
                [UInt8](repeating: 120, count: 9), name: try #require(FileName("a")), wantsReply: false)
        }
        let status = try #require(try scratch.spool.statusIfAny(.incoming, name))
        #expect(status.owner == 4711 && status.mode & 0o040 != 0)
        #expect(try scratch.claimed("a").file.submitter == 4711)
    }

    @Test(.enabled(if: isRoot, needsRoot)) func aStrangerIsToldAboutTheGroup() throws {
        let scratch = try Scratch()
        #expect(chmod(scratch.path, 0o755) == 0 && chmod("\(scratch.path)/incoming", 0o3730) == 0)
        let submission = Submission(folder: "\(scratch.path)/incoming", group: "no-such-group")
        let error = #expect(throws: SpoolError.self) {
            try asUser(4711) { try submission.submit([1], name: FileName(trusted: [97]), wantsReply: false) }
        }
        #expect(error?.errno == Errno(EACCES))
        #expect(error?.remedy == "There is no group no-such-group: is tidingsd installed (systemd-sysusers makes it)?")
    }

    @Test(arguments: [
        (false, false, "User anna is not in group tidings: an administrator can run adduser anna tidings"),
        (true, false, "User anna is in group tidings, but was not yet when this session began: log in anew"),
        (true, true, "User anna is in group tidings, so the rights of /x are not as they should be"),
    ]) func theAdviceTellsMembershipFromLogin(_ isMember: Bool, _ isInForce: Bool, _ words: String) {
        let membership = Membership(
            group: "tidings", user: "anna", isGroupKnown: true, isMember: isMember, isInForce: isInForce)
        #expect(membership.advice("/x").hasPrefix(words))
    }

    @Test func thisProcessIsInItsOwnGroup() throws {
        guard let group = getgrgid(getegid()) else { return }
        let membership = Membership.ofThisProcess(String(cString: group.pointee.gr_name))
        #expect(membership.isGroupKnown && membership.isInForce)
    }
}
