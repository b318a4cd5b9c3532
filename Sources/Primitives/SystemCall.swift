import Glibc

/// The one door to the kernel: a call that a signal interrupted is made again, any other failure is its ``Errno``.
public enum SystemCall {
    /// Makes a call that answers -1 and errno for a failure.
    @inlinable @inline(__always)
    public static func run<Result: FixedWidthInteger>(_ call: () -> Result) throws(Errno) -> Result {
        while true {
            let result = call()
            if result >= 0 { return result }
            let errno = Errno.current
            if errno != .interrupted { throw errno }
        }
    }

    /// Makes the bytes of a file, or the names of a folder, durable (fsync(2)). After a failure what was written may be
    /// lost, and a second try would say that all is well: promise nothing more, and recover at the next start.
    public static func flush(_ descriptor: CInt) throws(Errno) { _ = try run { fsync(descriptor) } }

    /// Writes all bytes.
    public static func writeAll(_ bytes: [UInt8], to descriptor: CInt) throws(Errno) {
        var done = 0
        while done < bytes.count {
            let from = done
            done += try run {
                bytes.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: from), bytes.count - from) }
            }
        }
    }
}
