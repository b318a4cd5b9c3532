import EventModel
import Foundation
import Testing

@testable import Spool

/// Where the kernel, or the filter of an old container, refuses openat2(2).
@Suite struct OldKernelTests {
    @Test func withoutOpenat2LinksAndPipesStayWhereTheyAre() async {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            try scratch.write("secret", "secret")
            try scratch.drop("file", "bytes")
            let incoming = "\(scratch.path)/incoming"
            guard symlink("\(scratch.path)/secret", "\(incoming)/link") == 0, mkfifo("\(incoming)/pipe", 0o644) == 0
            else {
                exit(1)
            }
            guard Filter.refuseOpenat2() else {
                print("skipped: this process may set no filter for its calls")
                exit(0)
            }
            guard case .stays(.kind(.symbolicLink), _) = try scratch.claim("link", .renamed) else { exit(2) }
            guard case .stays(.kind(.fifo), _) = try scratch.claim("pipe", .renamed) else { exit(3) }
            exit(try scratch.claimed("file").bytes == Array("bytes".utf8) ? 0 : 4)
        }
    }
}

/// A filter for the calls of this thread (seccomp(2)).
private enum Filter {
    /// Lets openat2 fail with EPERM from now on; false where that may not be.
    static func refuseOpenat2() -> Bool {
        typealias Control = @convention(c) (CInt, UInt, UInt, UInt, UInt) -> CInt
        guard let symbol = dlsym(nil, "prctl") else { return false }
        let control = unsafeBitCast(symbol, to: Control.self)
        // Load the number of the call; if it is 437, EPERM; else go on (linux/filter.h: code, jumps, value).
        let program: [UInt64] = [0x20, 0x15 | 1 << 24 | 437 << 32, 0x06 | 0x0005_0001 << 32, 0x06 | 0x7FFF_0000 << 32]
        return program.withUnsafeBufferPointer { instructions in
            var filter: (UInt, UnsafePointer<UInt64>?) = (UInt(program.count), instructions.baseAddress)
            return withUnsafeMutablePointer(to: &filter) { filter in
                // PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP with SECCOMP_MODE_FILTER
                control(38, 1, 0, 0, 0) == 0 && control(22, 2, UInt(bitPattern: filter), 0, 0) == 0
            }
        }
    }
}
