import EventModel
import Pipeline
import PluginKit

/// What became of a delivery: the word in the journal, the report and the exit code.
public enum Outcome: String, Sendable, CaseIterable {
    /// It changed what is known.
    case accepted
    /// It says what is known.
    case unchanged
    /// It is older than what is known.
    case stale
    /// It is wrong, and was refused.
    case rejected
    /// A person decides.
    case held
    /// It is tried again later.
    case deferred

    /// Whether a person or a later try is needed.
    public var isOpen: Bool { self == .rejected || self == .held || self == .deferred }
}

extension Passage {
    /// The outcome that the verdict and the resolutions amount to.
    var outcome: Outcome {
        switch verdict {
        case .reject: return .rejected
        case .hold: return .held
        case .retry: return .deferred
        case .pass, .absorb: break
        }
        let intents = resolutions.map(\.intent)
        if intents.isEmpty || intents.contains(where: { $0 != .unchanged && $0 != .stale }) { return .accepted }
        return intents.contains(.unchanged) ? .unchanged : .stale
    }

    /// What the deciding stage decided about each update; empty where none did.
    var resolutions: [Resolution] { delivery.facts[Resolutions.self]?.items ?? [] }

    /// The updates that may be named outside: those that are neither private nor under an embargo.
    func isNameable(_ update: EventUpdate) -> Bool {
        update.visibility == .public && (update.embargoUntil.map { $0 <= delivery.receivedAt } ?? true)
    }

    /// The sentence that ends the delivery in the journal.
    var sentence: String {
        switch outcome {
        case .rejected, .held: reason
        case .deferred: reason
        case .accepted, .unchanged, .stale: resolutionSentence
        }
    }

    private var resolutionSentence: String {
        guard let first = resolutions.first else { return "accepted" }
        let update = first.after ?? first.before
        let headline = update.flatMap { isNameable($0) && !$0.name.text.isEmpty ? "“\($0.name.text)”" : nil }
        let subject = headline ?? first.uid
        let changes = first.changes.filter { $0.isMajor && $0.path != "status" }.prefix(3).map(\.words)
        // What an event was while it was private is told nowhere either.
        let isShown = [first.before, first.after].compactMap { $0 }.allSatisfy(isNameable)
        let what =
            switch first.intent {
            case .new: "\(subject) is new"
            case .unchanged: "\(subject) says nothing new"
            case .stale: "\(subject) is older than what is known; nothing changed"
            default: "\(subject) is \(first.intent.rawValue)"
            }
        let detail = isShown && first.intent != .new && !changes.isEmpty ? ": " + changes.joined(separator: "; ") : ""
        let others = resolutions.count > 1 ? ", and \(resolutions.count - 1) more" : ""
        return what + detail + others
    }
}

extension Change {
    /// The change for people: `start was 2027-04-22T19:00:00, is 2027-04-22T19:30:00`.
    fileprivate var words: String {
        var what = path[...]
        var whose = ""
        if what.hasPrefix("occurrences["), let end = what.firstIndex(of: "]") {
            let id = what[what.index(what.startIndex, offsetBy: "occurrences[".count)..<end]
            whose = id == "main" ? "" : "\(id): "
            what = what[what.index(after: end)...].drop { $0 == "." }
        }
        for prefix in ["when.", "place."] where what.hasPrefix(prefix) && what != "place.name" {
            what = what.dropFirst(prefix.count)
        }
        if what == "place.name" { what = "place" }
        return switch (before, after) {
        case (nil, let after?): "\(whose)\(what) is now \(after)"
        case (let before?, nil): "\(whose)\(what) was \(before), is no longer stated"
        case (let before?, let after?): "\(whose)\(what) was \(before), is \(after)"
        case (nil, nil): "\(whose)\(what) changed"
        }
    }
}
