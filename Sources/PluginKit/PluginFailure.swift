/// The stage is ill: a full disk, a damaged database, a service that does not answer. A bad update is not a failure
/// but a verdict.
public struct PluginFailure: Error, Sendable, CustomStringConvertible {
    /// What kind of illness it is.
    public enum Kind: String, Sendable {
        /// The settings cannot work: the service does not start with them.
        case settings
        /// It may pass by itself: the batch is offered again after a while.
        case temporary
        /// It will not pass by itself.
        case permanent
        /// What was promised to be on disk may not be (a failed fsync): the service ends and recovers at its next start.
        case durability
    }

    /// What kind of illness it is.
    public var kind: Kind
    /// What happened, where, and what to do: a sentence for a person.
    public var message: String
    /// The error behind it.
    public var cause: (any Error)?
    /// The rule of the contract that the plugin broke, where that is the illness.
    public var rule: ContractRule?

    /// Makes a failure.
    public init(_ kind: Kind, _ message: String, cause: (any Error)? = nil) {
        self.kind = kind
        self.message = message
        self.cause = cause
    }

    /// Makes the failure of a plugin that breaks the contract: permanent, for only another version of it will do.
    public init(breaking rule: ContractRule, _ message: String) {
        self.init(.permanent, "\(message) (\(rule))")
        self.rule = rule
    }

    /// The sentence, and its cause.
    public var description: String { cause.map { "\(message): \($0)" } ?? message }
}
