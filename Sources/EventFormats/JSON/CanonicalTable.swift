import EventModel

/// The fields of a record as the canonical JSON has them, and where to find one by its key.
struct CanonicalTable<Root: Record>: Sendable {
    let members: [(key: StaticString, access: FieldAccess<Root>)]
    let keys: JSONKeys<Int>
    /// Those that must be there, a bit each.
    let required: UInt64
    let requiredNames: [String]

    init() {
        let fields = Root.fields
        precondition(fields.count <= UInt64.bitWidth, "a bit for each field")
        members = fields.map { ($0.key, $0.access) }
        keys = JSONKeys(fields.indices.map { ($0, fields[$0].name) })
        required = fields.indices.filter { fields[$0].isRequired }.reduce(0) { $0 | 1 << UInt64($1) }
        requiredNames = fields.filter(\.isRequired).map(\.name)
    }
}

/// A record that has a canonical JSON.
protocol CanonicalRecord: Record {
    static var canonical: CanonicalTable<Self> { get }
}

extension EventUpdate: CanonicalRecord { static let canonical = CanonicalTable<EventUpdate>() }
extension Event: CanonicalRecord { static let canonical = CanonicalTable<Event>() }
extension Occurrence: CanonicalRecord { static let canonical = CanonicalTable<Occurrence>() }
extension When: CanonicalRecord { static let canonical = CanonicalTable<When>() }
extension Place: CanonicalRecord { static let canonical = CanonicalTable<Place>() }
extension Party: CanonicalRecord { static let canonical = CanonicalTable<Party>() }
extension LanguageText: CanonicalRecord { static let canonical = CanonicalTable<LanguageText>() }
extension Reference: CanonicalRecord { static let canonical = CanonicalTable<Reference>() }
extension Source: CanonicalRecord { static let canonical = CanonicalTable<Source>() }
extension Extension: CanonicalRecord { static let canonical = CanonicalTable<Extension>() }
extension Evidence: CanonicalRecord { static let canonical = CanonicalTable<Evidence>() }
