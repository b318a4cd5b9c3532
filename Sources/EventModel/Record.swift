/// A value that is told field by field. Its table is the one place where its fields are listed: the canonical JSON, the
/// difference of two revisions, what a person may correct and what everybody may see are all made from it.
public protocol Record: Hashable, Sendable {
    /// A value that says nothing.
    static var blank: Self { get }
    /// The fields, in the order of the canonical JSON.
    static var fields: [Field<Self>] { get }
}
