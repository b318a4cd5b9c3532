import Foundation
import TestKit
import Testing

/// What `tidings` has said to be in the spool survives a power cut: every call that touches the spool is traced by the
/// library that Deploy/kill-points uses.
@Suite(.enabled(if: Shim.canBeMade, "there is no C compiler to make the library of Tests/Kill with"))
struct DurableSubmissionTests {
    private let service: PrivateService
    private let shim: Shim

    init() throws {
        service = try PrivateService()
        shim = try Shim(service)
    }

    @Test func aFileIsFlushedThenNamedThenItsFolderIsFlushed() throws {
        let file = try service.file("choir.jsonld")
        #expect(try shim.run(["submit", file]).status == 0)
        #expect(try shim.story("incoming") == ["made", "written", "flushed", "named choir.jsonld", "folder flushed"])
    }

    @Test func aRequestIsFlushedThenNamedThenItsFolderIsFlushed() throws {
        #expect(try shim.run(["forget", "c1"]).status == 0)
        let story = try shim.story("requests")
        #expect(story.count == 5 && story.prefix(3) == ["made", "written", "flushed"])
        #expect(story.suffix(2).first?.hasPrefix("named forget-") == true && story.last == "folder flushed")
    }

    @Test(.enabled(if: geteuid() == 0 && Shim.canChangeUser, "acting as another user needs root and setpriv"))
    func whoMayNotListTheFolderFlushesItsFilesystem() throws {
        let file = try service.file("choir.jsonld")
        let incoming = "\(service.spool)/incoming"
        for path in [service.folder.path, service.spool, file] { #expect(chmod(path, 0o755) == 0) }
        #expect(chown(incoming, 0, 4242) == 0 && chmod(incoming, 0o3730) == 0)
        #expect(try shim.run(["submit", file], user: 4711, group: 4242).status == 0)
        // The filesystem is flushed by way of the file, which has its name by then.
        #expect(try shim.story("incoming") == ["made", "written", "flushed", "named choir.jsonld", "flushed"])
    }

    @Test(arguments: [1, 2]) func aFlushThatFailsIsNoSuccess(_ flush: Int) throws {
        let file = try service.file("choir.jsonld")
        let ended = try shim.run(["submit", file], failingFlush: flush)
        #expect(ended.status != 0)
        #expect(ended.output == "" && ended.complaints.contains("Input/output error (EIO)"))
    }
}

/// The library of Tests/Kill, made for a test and loaded into the program.
private struct Shim {
    static let compiler = "/usr/bin/cc"
    static let setpriv = "/usr/bin/setpriv"
    static var canBeMade: Bool { FileManager.default.isExecutableFile(atPath: compiler) }
    static var canChangeUser: Bool { FileManager.default.isExecutableFile(atPath: setpriv) }

    private let service: PrivateService
    private let folder = TemporaryDirectory()
    private var trace: String { "\(folder.path)/trace" }

    init(_ service: PrivateService) throws {
        self.service = service
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Kill").path
        let made = try TidingsProgram(
            [
                "-O1", "-shared", "-fPIC", "-o", "\(folder.path)/shim.so", "\(sources)/shim.c",
                "\(sources)/shim-calls.c",
            ],
            environment: ["PATH": "/usr/bin:/bin"], program: Self.compiler
        ).end()
        try #require(made.status == 0, "\(made.complaints)")
        #expect(chmod(folder.path, 0o777) == 0)
    }

    /// Runs the program with the library, perhaps as another user.
    func run(
        _ arguments: [String], user: UInt32? = nil, group: UInt32 = 0, failingFlush: Int = 0
    ) throws -> Ended {
        var environment = [
            "LD_PRELOAD": "\(folder.path)/shim.so", "SHIM_UNDER": "\(service.spool)/incoming:\(service.spool)/requests",
            "SHIM_KINDS": failingFlush == 0 ? "kwsn" : "s", "SHIM_TRACE": trace,
        ]
        if failingFlush > 0 {
            environment.merge(["SHIM_AT": "\(failingFlush)", "SHIM_HARM": "fail", "SHIM_ERRNO": "\(EIO)"]) { $1 }
        }
        let command = arguments + ["--config", service.configuration]
        guard let user else { return try TidingsProgram(command, environment: environment).end() }
        let copy = "\(folder.path)/tidings"
        try TidingsProgram.copy(try TidingsProgram.built(), to: copy)
        // The library is for the program alone: the trace is to be that user's file.
        let settings = environment.map { "\($0)=\($1)" }
        return try TidingsProgram(
            ["--reuid=\(user)", "--regid=\(group)", "--clear-groups", "/usr/bin/env"] + settings + [copy] + command,
            program: Self.setpriv
        ).end()
    }

    /// What happened to a folder of the spool, in the order of the calls.
    func story(_ folder: String) throws -> [String] {
        let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        let place = "\(service.spool)/\(folder)"
        var story: [String] = []
        for line in lines {
            let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard words.count > 4, words[4] == place || words[4].hasPrefix(place + "/"), words[2].first != "-" else {
                continue
            }
            let what =
                switch words[1] {
                case "k": "made"
                case "w": "written"
                case "s": words[4] == place ? "folder flushed" : "flushed"
                default: "named \(words.last?.split(separator: "/").last ?? "")"
                }
            if story.last != what || what != "written" { story.append(what) }
        }
        return story
    }
}
