/// On what a value rests.
public enum Basis: String, Sendable, CaseIterable {
    /// The source says so.
    case stated
    /// It follows from what the source says.
    case inferred
    /// Nobody said anything else.
    case defaulted
}

/// Why a field has the value it has, and which bytes of the source say so.
public struct Evidence: Record {
    /// The field: `occurrences[0].place.country`.
    public var fieldPath: String
    /// On what the value rests.
    public var basis: Basis
    /// The rule that read it, a stable name such as `dates.month-day-list`.
    public var rule: String
    /// Byte ranges in the dropped file (UTF-8), in order.
    public var byteRanges: [Range<Int>]
    /// 0 to 1.
    public var confidence: Double

    /// Makes a piece of evidence.
    public init(
        fieldPath: String, basis: Basis, rule: String, byteRanges: [Range<Int>] = [], confidence: Double = 1
    ) {
        self.fieldPath = fieldPath
        self.basis = basis
        self.rule = rule
        self.byteRanges = byteRanges
        self.confidence = confidence
    }

    /// Evidence of nothing.
    public static var blank: Evidence { Evidence(fieldPath: "", basis: .stated, rule: "") }

    /// Its fields.
    public static let fields: [Field<Evidence>] = [
        Field("fieldPath", \.fieldPath, .aside),
        Field("basis", \.basis, .aside),
        Field("rule", \.rule, .aside),
        Field("byteRanges", \.byteRanges, .aside),
        Field("confidence", \.confidence, .aside),
    ]
}
