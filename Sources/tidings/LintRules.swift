import Daemon
import EventModel

/// The validator's rules with the severities of the configuration.
struct LintRules {
    init(_ configuration: Configuration) throws(Failure) {}

    /// What the reader and the rules find, in the order of the file.
    func findings(_ decoded: Decoded, bytes: [UInt8]) -> [Diagnostic] { decoded.diagnostics }
}
