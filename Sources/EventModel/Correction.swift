/// A field that a person corrected when releasing a held delivery: `the year is 2027`.
public struct Correction: Hashable, Sendable {
    /// The rule that evidence of a correction names.
    public static let rule = "released-by"

    /// The field, as in the canonical JSON: `occurrences[0].when.start`, `name.text`.
    public let path: String
    /// The value as written; empty takes an optional field away.
    public let value: String

    /// Makes a correction.
    public init(_ path: String, _ value: String) {
        self.path = path
        self.value = value
    }
}
