import PluginKit

/// What differs between two answers to one update, in words; nil where they say the same.
func difference(_ expected: Answer, _ given: Answer) -> String? {
    if expected.verdict != given.verdict { return "\(given.words) instead of \(expected.words)" }
    if expected.reason != given.reason {
        return "the reason \"\(given.reason)\" instead of \"\(expected.reason)\""
    }
    if expected.diagnostics != given.diagnostics {
        return "\(given.diagnostics.count) diagnostics that are not the \(expected.diagnostics.count) of before"
    }
    if expected.lasting != given.lasting {
        return "other facts (\(given.facts.names.joined(separator: ", "))) than before"
    }
    return nil
}

/// Where the answers to some deliveries differ first.
struct AnswerDifference {
    /// The place of the delivery.
    let delivery: Int
    /// The place of the item in it.
    let item: Int
    /// What differs.
    let words: String

    /// Compares answers to the same deliveries, item by item; nil where they say the same. What the stage wanted again
    /// may be answered otherwise.
    init?(_ expected: [[Answer]], _ given: [[Answer]]) {
        for (delivery, answers) in zip(expected, given).enumerated() {
            for (item, answer) in zip(answers.0, answers.1).enumerated() where !answer.0.isRetry {
                guard let words = difference(answer.0, answer.1) else { continue }
                (self.delivery, self.item, self.words) = (delivery, item, words)
                return
            }
        }
        return nil
    }
}

/// Whether these are the same answers in another order.
func isPermutation(_ expected: [Answer], _ given: [Answer]) -> Bool {
    func sorted(_ answers: [Answer]) -> [String] {
        answers.map { "\($0.words) \($0.lasting) \($0.diagnostics)" }.sorted()
    }
    return sorted(expected) == sorted(given)
}

extension Answer {
    /// The facts that are the same each time.
    fileprivate var lasting: String { facts.without(PluginManifest.passing).description }

    /// The verdict and its reason.
    var words: String { reason.isEmpty ? "\(verdict)" : "\(verdict) (\(reason))" }

    /// Whether the stage wants the update again: then the next answer may be another one.
    var isRetry: Bool {
        if case .retry = verdict { return true }
        return false
    }

    /// Whether it refuses the update, or has a person decide.
    var isRefusal: Bool { verdict == .reject || verdict == .hold }

    /// Whether a duplicate got a worse answer than the first.
    func isWorse(than first: Answer) -> Bool {
        if first.isRetry { return false }
        return verdict.rank > max(first.verdict.rank, Verdict.absorb.rank)
    }
}
