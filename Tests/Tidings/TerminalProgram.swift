import Foundation
import TestKit
import Testing

/// The program with a terminal of a test's own (pty(7)) on standard output and standard error.
struct TerminalProgram {
    private let process = Process()
    private let terminal: CInt
    private let folder = TemporaryDirectory()

    /// Starts it on a terminal of so many columns. `output` sends standard output to a file instead.
    init(
        _ arguments: [String], columns: Int = 80, environment: [String: String] = ["TERM": "xterm"],
        directory: String? = nil, output: String? = nil
    ) throws {
        var (first, second): (CInt, CInt) = (-1, -1)
        var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        try #require(openpty(&first, &second, nil, nil, &size) == 0)
        terminal = first
        _ = fcntl(first, F_SETFD, FD_CLOEXEC)
        var modes = termios()
        tcgetattr(second, &modes)
        // Line ends stay as they are written.
        modes.c_oflag &= ~tcflag_t(OPOST)
        tcsetattr(second, TCSANOW, &modes)
        let other = FileHandle(fileDescriptor: second, closeOnDealloc: false)
        defer { close(second) }
        process.executableURL = URL(fileURLWithPath: try TidingsProgram.built())
        process.arguments = arguments
        process.environment = ["PATH": "/nonexistent"].merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try output.map { try #require(FileHandle(forWritingAtPath: $0)) } ?? other
        process.standardError = other
        try process.run()
    }

    /// Types ^C, as far as the program can tell.
    func interrupt() { kill(process.processIdentifier, SIGINT) }

    /// Reads until the text comes.
    func read(until text: String) throws -> String {
        var all = ""
        while !all.contains(text) { all += try #require(piece(), "only \(all) came") }
        return all
    }

    /// All that the terminal has got, and the exit status.
    func end() -> (screen: String, status: Int32) {
        var all = ""
        while let piece = piece() { all += piece }
        close(terminal)
        process.waitUntilExit()
        return (all, process.terminationStatus)
    }

    private func piece() -> String? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Foundation.read(terminal, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
