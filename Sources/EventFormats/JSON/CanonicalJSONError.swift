/// Why bytes are no canonical JSON of an update, where and at which field.
public struct CanonicalJSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field, `occurrences[0].when.start`; empty for the whole text.
    public var field: String
    /// Bytes from the start of the text.
    public var offset: Int
    /// What is wrong and what to do: a sentence without the place.
    public var message: String

    /// `occurrences[0].when.start at byte 120: expected a date`.
    public var description: String {
        field.isEmpty ? "byte \(offset): \(message)" : "\(field) at byte \(offset): \(message)"
    }
}
