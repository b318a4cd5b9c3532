public import EventModel

/// An update that waited for a person until its source said something else of the event: nobody is asked about it any more.
public struct ReplacedItem: Hashable, Sendable {
    /// The delivery that it stands in.
    public var delivery: DeliveryID
    /// Its number in the file, from 1.
    public var number: Int
    /// A sentence that says by what.
    public var reason: String

    /// Makes one.
    public init(_ delivery: DeliveryID, _ number: Int, reason: String) {
        self.delivery = delivery
        self.number = number
        self.reason = reason
    }
}

/// What the deciding stage has closed while it decided about an update, in its log already. The daemon takes the files out
/// of `held/`, tells their senders, and looks again at its start.
public struct Replacement: Fact {
    /// The name; the deciding stage need not declare it.
    public static let name = "tidings.replacement"

    /// What was closed.
    public var items: [ReplacedItem]

    /// Makes a fact.
    public init(_ items: [ReplacedItem]) { self.items = items }
}

/// How long a question about an event lasts, as far as is known.
public enum Lasting: Hashable, Sendable {
    /// The last date of the event begins then.
    case until(Instant)
    /// That is not known: the event has no date, is postponed, or repeats without end.
    case open
}

extension Lasting: Fact {
    /// The name; the deciding stage need not declare it. It gives it with an update that it holds: until when
    /// something of the known event that the update is about is still to begin.
    public static let name = "tidings.lasting"
}

/// What a release would do to an event, which the deciding stage gives with an update that is held: for those who decide.
public struct Proposal: Fact {
    /// The name; the deciding stage need not declare it.
    public static let name = "tidings.proposal"

    /// What would be.
    public var resolution: Resolution

    /// Makes a fact.
    public init(_ resolution: Resolution) { self.resolution = resolution }
}

/// That an update asks what waits for a person already, which the deciding stage gives with one that it passes.
public struct AskedAgain: Fact {
    /// The name; the deciding stage need not declare it.
    public static let name = "tidings.asked-again"

    /// Makes a fact.
    public init() {}
}

extension PluginManifest {
    /// Facts that a deciding stage may give without declaring them, and may leave out when it is asked again.
    public static let passing = [Replacement.name, Lasting.name, Proposal.name, AskedAgain.name]

    /// Facts that it may give without declaring them.
    var undeclared: [String] { decides ? PluginManifest.passing : [] }
}

/// What the log of the deciding stage knows of a delivery, for those who ask about it.
public struct DeliveryAccount: Hashable, Sendable {
    /// How many updates it has; 0 where nobody could read any.
    public var count: Int
    /// Those that waited for a person until their source said something else.
    public var replaced: [ReplacedItem]

    /// Makes an account.
    public init(count: Int, replaced: [ReplacedItem] = []) {
        self.count = count
        self.replaced = replaced
    }
}
