import Foundation
import Spool
import TestKit
import Testing

/// How a run of the program ended, and what it wrote.
struct Ended {
    let status: Int32
    let output: String
    let complaints: String

    /// The objects of JSON output, one a line.
    func objects() throws -> [[String: Any]] {
        try output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }
}

/// The program as it was built beside the tests, run as a process of its own.
struct TidingsProgram {
    private let process = Process()
    private let folder = TemporaryDirectory()

    /// Starts the program. Without a configuration of its own it must not find that of the machine.
    init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], directory: String? = nil,
        program: String? = nil, outputPath: String? = nil, output: FileHandle? = nil
    ) throws {
        process.executableURL = URL(fileURLWithPath: try program ?? Self.built())
        process.arguments = arguments
        process.environment = ["PATH": "/nonexistent"].merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        for name in ["input", "output", "complaints"] {
            let text = name == "input" ? input : ""
            try text.write(toFile: "\(folder.path)/\(name)", atomically: false, encoding: .utf8)
        }
        process.standardInput = FileHandle(forReadingAtPath: "\(folder.path)/input")
        process.standardOutput = output ?? FileHandle(forWritingAtPath: outputPath ?? "\(folder.path)/output")
        process.standardError = FileHandle(forWritingAtPath: "\(folder.path)/complaints")
        try process.run()
    }

    /// The program beside the tests.
    static func built() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("tidings").path
    }

    /// Copies a program by another process. While this one had the copy open to write, a child of another test that has
    /// not come to its exec yet would have it open too, and nobody could start it (ETXTBSY).
    static func copy(_ program: String, to path: String) throws {
        let copying = Process()
        copying.executableURL = URL(fileURLWithPath: "/bin/cp")
        copying.arguments = ["-p", program, path]
        copying.environment = [:]
        try copying.run()
        copying.waitUntilExit()
        guard copying.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Sends a signal.
    func interrupt(_ signal: CInt = SIGINT) { kill(process.processIdentifier, signal) }

    /// Waits for the end.
    func end() throws -> Ended {
        process.waitUntilExit()
        return Ended(
            status: process.terminationStatus,
            output: try String(contentsOfFile: "\(folder.path)/output", encoding: .utf8),
            complaints: try String(contentsOfFile: "\(folder.path)/complaints", encoding: .utf8))
    }

    static func run(_ arguments: String..., input: String = "", directory: String? = nil) throws -> Ended {
        try TidingsProgram(arguments, input: input, directory: directory).end()
    }
}

/// A spool and a state directory of a test's own, with a configuration that names them.
struct PrivateService {
    let folder = TemporaryDirectory()
    var spool: String { "\(folder.path)/spool" }
    var state: String { "\(folder.path)/state" }
    var configuration: String { "\(folder.path)/tidingsd.toml" }

    init(settings: String = "") throws {
        try """
        [service]
        state_directory = "\(state)"
        [spool]
        directory = "\(spool)"
        \(settings)
        """.write(toFile: configuration, atomically: false, encoding: .utf8)
        // The daemon makes it, and lets go of it when it ends.
        _ = try SpoolDirectory.open(spool, create: true)
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
    }

    /// A file outside the spool.
    func file(_ name: String, _ text: String = Samples.concert) throws -> String {
        let path = "\(folder.path)/\(name)"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    func start(_ arguments: [String]) throws -> TidingsProgram {
        try TidingsProgram(arguments + ["--config", configuration])
    }

    func run(_ arguments: String...) throws -> Ended { try start(arguments).end() }
}

/// Updates for tests.
enum Samples {
    /// The project's own examples.
    static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Config/examples/updates").path

    static let concert = """
        {"@context":"https://schema.org","@type":"MusicEvent","identifier":"harbour-choir-2028",
        "name":"Harbour Choir","startDate":"2028-06-02T20:00:00+02:00",
        "location":{"@type":"Place","name":"Old Crane","address":"Quay 3, Oostmeer"}}
        """

    /// 30 February, on the second line.
    static let impossible = """
        {"@context":"https://schema.org","@type":"Event","identifier":"x","name":"Walk",
        "startDate":"2027-02-30","location":{"@type":"Place","name":"North Gate","address":"Oostmeer"}}
        """
}
