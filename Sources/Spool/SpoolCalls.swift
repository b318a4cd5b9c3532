public import Primitives

extension SystemCall {
    /// Makes a call and adds what was tried where, with the remedy that belongs to it.
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

extension Descriptor {
    /// Opens by whatever `call` does.
    static func open(
        _ operation: SpoolError.Operation, _ path: @autoclosure () -> String, _ call: () -> CInt
    ) throws(SpoolError) -> Descriptor {
        Descriptor(try SystemCall.run(operation, path(), call))
    }
}

extension SHA256 {
    /// The algorithm for a spool; `path` is what a failure names.
    public init(for path: String) throws(SpoolError) {
        do throws(Unavailable) {
            try self.init()
        } catch {
            throw SpoolError(.check, path, nil, remedy: "\(error)")
        }
    }
}
