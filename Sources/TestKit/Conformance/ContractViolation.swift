public import PluginKit

/// How a plugin broke a rule of the contract.
public struct ContractViolation: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule.
    public let rule: ContractRule
    /// What was done, what came of it, and the remedy: a sentence.
    public let message: String

    init(_ rule: ContractRule, _ message: String) {
        self.rule = rule
        self.message = message
    }

    /// `C-RULE: message`.
    public var description: String { "\(rule): \(message)" }
}

extension ContractViolation {
    /// A failure that was not called for: the rule that it names itself, or else the given one.
    init(_ failure: PluginFailure, breaking rule: ContractRule, _ what: String) {
        if let named = ContractViolation.rule(named: failure) {
            self.init(named, "\(failure)")
        } else if failure.message.isEmpty {
            self.init(
                .reasons,
                "\(what): a \(failure.kind.rawValue) failure without a message; say what happened and what to do")
        } else {
            self.init(rule, "\(what): \(failure)")
        }
    }

    /// The rule that a failure, or a failure behind it, names as broken.
    private static func rule(named failure: PluginFailure) -> ContractRule? {
        failure.rule ?? (failure.cause as? PluginFailure).flatMap(rule)
    }
}
