/// An entry read back from the journal.
public struct RecordedEntry: Sendable {
    /// When journald received it, in microseconds since 1970, UTC.
    public let microseconds: Int64
    /// Its place in the journal, for reading on from there.
    public let cursor: String
    /// All its fields, in the journal's order; the trusted ones begin with an underscore.
    public let fields: [(name: String, value: [UInt8])]

    /// Makes an entry.
    public init(microseconds: Int64, cursor: String, fields: [(name: String, value: [UInt8])]) {
        self.microseconds = microseconds
        self.cursor = cursor
        self.fields = fields
    }

    /// The first value of a name, as text; bytes that are not UTF-8 are replaced.
    public subscript(_ name: String) -> String? {
        fields.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// All values of a name, as they are.
    public func values(of name: String) -> [[UInt8]] { fields.filter { $0.name == name }.map(\.value) }
}
