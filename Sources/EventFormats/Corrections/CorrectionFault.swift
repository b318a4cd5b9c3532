/// Why a correction cannot be made: the path and the remedy.
public struct CorrectionFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path as written.
    public let path: String
    /// What is wrong and what to do: a sentence without the path.
    public let message: String
    /// The paths that there are, where the path is none of them.
    public let known: [String]

    /// Makes a fault.
    public init(_ path: String, _ message: String, known: [String] = []) {
        self.path = path
        self.message = message
        self.known = known
    }

    /// `occurrences[0].when.end: is "soon"; expected a date such as 2027-03-05`.
    public var description: String { "\(path): \(message)" }
}
