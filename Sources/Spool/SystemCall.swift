import Glibc

/// The one door to the kernel: a call that a signal interrupted is made again, any other failure is its `Errno`.
enum SystemCall {
    /// Makes a call that answers -1 and errno for a failure.
    @inline(__always)
    static func run<Result: FixedWidthInteger>(_ call: () -> Result) throws(Errno) -> Result {
        while true {
            let result = call()
            if result >= 0 { return result }
            let errno = Errno.current
            if errno != .interrupted { throw errno }
        }
    }

    /// Makes such a call and adds what was tried where, with the remedy that belongs to it.
    @inline(__always)
    @discardableResult
    static func run<Result: FixedWidthInteger>(
        _ operation: SpoolError.Operation, _ path: @autoclosure () -> String, _ call: () -> Result
    ) throws(SpoolError) -> Result {
        do {
            return try run(call)
        } catch {
            throw SpoolError(operation, path(), error)
        }
    }
}
