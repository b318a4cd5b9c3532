/// The rules of the contract that a plugin can break. Each is a section of <doc:Contract>.
public enum ContractRule: String, Sendable, CaseIterable, CustomStringConvertible {
    /// The manifest is the same at every call, and valid.
    case manifest = "C-MANIFEST"
    /// The settings' defaults are good, and survive being written down and read again.
    case settings = "C-SETTINGS"
    /// `init` succeeds where nothing is wrong.
    case initialisation = "C-INIT"
    /// `init` releases what it opened before it throws.
    case release = "C-RELEASE"
    /// `init` works while an older instance is at work.
    case reload = "C-RELOAD"
    /// What the manifest does not declare is not used.
    case capabilities = "C-CAPABILITIES"
    /// Exactly one answer for each item of each delivery, in order.
    case answers = "C-ANSWERS"
    /// A reason for every verdict but `pass`, and a message for every failure.
    case reasons = "C-REASONS"
    /// Facts as the manifest declares them.
    case facts = "C-FACTS"
    /// A bad update is a verdict, never a failure.
    case verdicts = "C-VERDICTS"
    /// Answers do not depend on how deliveries are put into batches.
    case batches = "C-BATCHES"
    /// What an answer promises is on disk before it is given.
    case durability = "C-DURABLE"
    /// A delivery that is offered again has the same effect, and gets the same answer, as once.
    case again = "C-AGAIN"
    /// The same content in another delivery has the same effect as once.
    case duplicates = "C-DUPLICATES"
    /// A batch ends within the deadline of the manifest.
    case deadline = "C-DEADLINE"
    /// `process` ends soon after its task is cancelled.
    case cancellation = "C-CANCEL"
    /// `run` ends when its task is cancelled.
    case run = "C-RUN"
    /// `drain` succeeds and closes what is open.
    case drain = "C-DRAIN"
    /// Orders are idempotent and durable.
    case orders = "C-ORDERS"
    /// Journal entries have words and well-formed fields.
    case journal = "C-JOURNAL"

    /// The name, as in the documentation.
    public var description: String { rawValue }
}
