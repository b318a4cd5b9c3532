import Foundation
import TestKit
import Testing

/// The library of Tests/Kill, made for a test and loaded into the program.
struct Shim {
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

    /// Runs `tidings`, or another program that is built with it, with the library, perhaps as another user. Calls in the
    /// spool are counted, or flushes of other places.
    func run(
        _ arguments: [String], program: String = "tidings", user: UInt32? = nil, group: UInt32 = 0,
        flushesOf places: [String] = [], failingFlush: Int = 0
    ) throws -> Ended {
        var environment = [
            "LD_PRELOAD": "\(folder.path)/shim.so", "SHIM_TRACE": trace,
            "SHIM_UNDER": places.isEmpty ? service.spool : places.joined(separator: ":"),
            "SHIM_KINDS": places.isEmpty && failingFlush == 0 ? "kwsn" : "s",
        ]
        if failingFlush > 0 {
            environment.merge(["SHIM_AT": "\(failingFlush)", "SHIM_HARM": "fail", "SHIM_ERRNO": "\(EIO)"]) { $1 }
        }
        let command = arguments + ["--config", service.configuration]
        let built = URL(fileURLWithPath: try TidingsProgram.built()).deletingLastPathComponent()
            .appendingPathComponent(program).path
        guard let user else { return try TidingsProgram(command, environment: environment, program: built).end() }
        let copy = "\(folder.path)/\(program)"
        try TidingsProgram.copy(built, to: copy)
        // The library is for the program alone: the trace is to be that user's file.
        let settings = environment.map { "\($0)=\($1)" }
        return try TidingsProgram(
            ["--reuid=\(user)", "--regid=\(group)", "--clear-groups", "/usr/bin/env"] + settings + [copy] + command,
            program: Self.setpriv
        ).end()
    }

    /// The paths that were flushed, or were to be, in the order of the calls.
    func flushes() throws -> [String] {
        try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map { line in
            String(line.split(separator: "\t", omittingEmptySubsequences: false)[4])
        }
    }

    /// What happened to folders of the spool, in the order of the calls.
    func story(_ folders: String...) throws -> [String] {
        var story: [String] = []
        for line in try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard words.count > 4, words[2].first != "-", let path = inSpool(words[4]),
                let folder = path.split(separator: "/").first.map(String.init), folders.contains(folder)
            else { continue }
            let what =
                switch words[1] {
                case "k": "made in \(folder)"
                case "w": "written in \(folder)"
                case "s": path == folder ? "flushed \(folder)" : "flushed a file in \(folder)"
                default: "named \(inSpool(words[5]) ?? words[5])"
                }
            if story.last != what { story.append(what) }
        }
        return story
    }

    private func inSpool(_ path: String) -> String? {
        path.hasPrefix(service.spool + "/") ? String(path.dropFirst(service.spool.count + 1)) : nil
    }
}
