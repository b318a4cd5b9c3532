import Foundation
import Testing

@testable import Spool

/// Runs a test on a thread that has mounts of its own: what it mounts nobody else sees, and it goes with the thread.
func inPrivateMounts(_ body: @escaping @Sendable () throws -> Void) throws {
    let failure = Failure()
    let isDone = DispatchSemaphore(value: 0)
    let thread = Thread {
        do {
            try PrivateMounts.enter()
            try body()
        } catch {
            failure.error = error
        }
        isDone.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
    isDone.wait()
    if let error = failure.error { throw error }
}

/// What a thread has to tell the one that waits for it.
private final class Failure: @unchecked Sendable {
    // Invariant: written by one thread before it signals, read by the other after that.
    var error: (any Error)?
}

enum PrivateMounts {
    struct Refused: Error { let words: String }

    fileprivate static func enter() throws {
        typealias Unshare = @convention(c) (Int32) -> Int32
        let unshare = unsafeBitCast(try #require(dlsym(nil, "unshare")), to: Unshare.self)
        // CLONE_NEWNS | CLONE_FS
        if unshare(0x0002_0000 | 0x0000_0200) != 0 { throw Refused(words: String(cString: strerror(errno))) }
        // MS_REC | MS_PRIVATE
        try mount(nil, "/", nil, flags: 0x4000 | 0x40000)
    }

    static func tmpfs(at path: String, _ options: String = "") throws {
        try mount("tmpfs", path, "tmpfs", options: options)
    }

    static func mount(
        _ source: String?, _ target: String, _ kind: String?, flags: UInt = 0, options: String = ""
    ) throws {
        typealias Mount =
            @convention(c) (
                UnsafePointer<CChar>?, UnsafePointer<CChar>, UnsafePointer<CChar>?, UInt, UnsafePointer<CChar>?
            ) -> Int32
        let mount = unsafeBitCast(try #require(dlsym(nil, "mount")), to: Mount.self)
        if mount(source ?? "none", target, kind, flags, options) != 0 {
            throw Refused(words: "mount \(target): \(String(cString: strerror(errno)))")
        }
    }
}
