/// One update as read from the bytes, and where its fields stand in them.
public struct DecodedUpdate: Sendable {
    /// The update.
    public var update: EventUpdate
    /// Where its fields stand.
    public var positions: FieldPositions

    /// Makes a decoded update.
    public init(_ update: EventUpdate, positions: FieldPositions = FieldPositions()) {
        self.update = update
        self.positions = positions
    }
}

/// What a dropped file says: its updates, and what the reader had to say about what it could not represent.
/// A reader reports what no ``EventUpdate`` can hold (30 February), and what it left out because the event can do without
/// (an end before the start, a link without a scheme); the rules about values that stay are the validator's. A finding is
/// of the update whose index it carries, and of the file where it carries none.
public struct Decoded: Sendable {
    /// The format that was recognised.
    public var format: Format?
    /// The program that wrote it, as far as it says so (RFC 5545 §3.7.3 PRODID), without what its next version writes
    /// otherwise; else empty.
    public var producer = ""
    /// Whether it is a calendar that was read whole and has no events.
    public var isEmptyCalendar = false
    /// The updates, in the order of the file.
    public var updates: [DecodedUpdate]
    /// What the reader found.
    public var diagnostics: [Diagnostic]

    /// Makes a result.
    public init(format: Format?, updates: [DecodedUpdate] = [], diagnostics: [Diagnostic] = []) {
        self.format = format
        self.updates = updates
        self.diagnostics = diagnostics
    }
}
