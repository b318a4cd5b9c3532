/// What became of an update or of a delivery: the word in the journal, the report and the exit code.
public enum Outcome: String, Sendable, CaseIterable {
    /// It changed what is known.
    case accepted
    /// It says what is known.
    case unchanged
    /// It is older than what is known.
    case stale
    /// Of a delivery: some of its updates count, and others do not.
    case partial
    /// It is wrong, and was refused.
    case rejected
    /// A person decides.
    case held
    /// Of an update: a person threw it away.
    case discarded
    /// Of an update that waited for a person: its source has said something else since.
    case replaced
    /// Of an update that waited for a person: its event had begun before anybody decided.
    case expired
    /// It is tried again later.
    case deferred

    /// Whether it counts: it was taken in, whether or not it changed anything.
    public var counts: Bool { self == .accepted || self == .unchanged || self == .stale }

    /// Whether a person or a later try is needed.
    public var isOpen: Bool {
        self == .partial || self == .rejected || self == .held || self == .deferred || self == .expired
    }

    /// The outcome of a delivery with such updates; nil where it has none.
    public init?(of items: some Collection<Outcome>) {
        guard let first = items.first else { return nil }
        func has(_ outcome: Outcome) -> Bool { items.contains(outcome) }
        if has(.deferred) {
            self = .deferred
        } else if items.allSatisfy(\.counts) {
            self = has(.accepted) ? .accepted : has(.unchanged) ? .unchanged : .stale
        } else if items.contains(where: \.counts) {
            self = .partial
        } else if has(.held) {
            self = .held
        } else {
            self =
                has(.rejected)
                ? .rejected : has(.expired) ? .expired : has(.replaced) ? .replaced : first
        }
    }
}
