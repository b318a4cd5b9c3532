import PluginKit

/// What differs between two answers to one delivery, in words; nil where they say the same.
func difference(_ expected: Answer, _ given: Answer) -> String? {
    if expected.verdict != given.verdict { return "\(given.words) instead of \(expected.words)" }
    if expected.reason != given.reason {
        return "the reason \"\(given.reason)\" instead of \"\(expected.reason)\""
    }
    if expected.diagnostics != given.diagnostics {
        return "\(given.diagnostics.count) diagnostics that are not the \(expected.diagnostics.count) of before"
    }
    if expected.facts.description != given.facts.description {
        return "other facts (\(given.facts.names.joined(separator: ", "))) than before"
    }
    return nil
}

extension Answer {
    /// The verdict and its reason.
    var words: String { reason.isEmpty ? "\(verdict)" : "\(verdict) (\(reason))" }

    /// Whether the stage wants the delivery again: then the next answer may be another one.
    var isRetry: Bool {
        if case .retry = verdict { return true }
        return false
    }
}
