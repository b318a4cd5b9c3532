import Foundation
import Testing

@testable import Spool

/// A spool that is watched and taken in from, with a clock the test holds: what a sender sees of half-written files.
final class DropFolder {
    let scratch: Scratch
    let held = HeldClock()
    private var parts: Parts
    var incoming: String { "\(scratch.path)/incoming" }

    private struct Parts: ~Copyable {
        let watcher: Watcher
        var intake: Intake
    }

    init(usesLeases: Bool = true, settings: IntakeSettings = IntakeSettings()) throws {
        scratch = try Scratch(usesLeases: usesLeases)
        parts = Parts(
            watcher: try Watcher.start(scratch.spool),
            intake: Intake(scratch.spool, settings: settings, after: nil, clock: held.clock))
    }

    /// Lets time pass on the monotonic clock, hears what there is to hear and takes what may be taken.
    ///
    /// - Returns: Name and text of each file taken.
    func takeAfter(_ time: Duration = .zero, isScan: Bool = false) throws -> [String] {
        held.monotonic += time.nanoseconds
        held.realtime = SpoolClock.system.realtime()
        if isScan { parts.intake.requestScan() }
        parts.intake.note(try parts.watcher.wait(timeout: .zero))
        let taken = parts.intake.take(files: 1000, bytes: .max)
        #expect(taken.trouble == nil)
        return taken.files.map { "\($0.file.fileName): \(String(decoding: $0.bytes, as: UTF8.self))" }
    }

    /// Sets the wall clock and leaves the monotonic one, as an administrator does.
    func takeWithWallClock(offBy offset: Duration, after time: Duration) throws -> [String] {
        held.monotonic += time.nanoseconds
        held.realtime = SpoolClock.system.realtime() + offset.nanoseconds
        parts.intake.note(try parts.watcher.wait(timeout: .zero))
        return parts.intake.take(files: 1000, bytes: .max).files.map { "\($0.file.fileName)" }
    }

    /// Opens a file there as a program does that writes in place.
    func writer(_ name: String, flags: Int32 = O_CREAT | O_APPEND) throws -> FileHandle {
        let descriptor = open("\(incoming)/\(name)", O_WRONLY | flags, 0o644)
        try #require(descriptor >= 0)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Runs a program to its end.
    func run(_ program: String, _ arguments: [String], input: String = "") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]
        let said = Pipe()
        let asked = Pipe()
        process.standardInput = asked
        process.standardOutput = said
        process.standardError = said
        try process.run()
        try asked.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try asked.fileHandleForWriting.close()
        let words = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program): \(words)")
    }
}

extension FileHandle {
    func write(_ text: String) throws { try write(contentsOf: Data(text.utf8)) }
}
