import EventModel
import PluginKit

/// What is said of a change that a person took back.
extension Resolution {
    /// `taken back: “Show” is again on 10 June 2031, 19:00`.
    ///
    /// - Parameters:
    ///   - item: What did that: `ID/3`.
    ///   - isShown: Whether its values may be told.
    func takenBack(_ item: String, _ subject: String, isShown: Bool) -> String {
        switch intent {
        case .unchanged, .stale: return "nothing was left to take back of what \(item) did to \(subject)"
        case .cancelled: return "taken back: \(subject) is cancelled"
        default: break
        }
        let details = isShown ? changes.compactMap { $0.isMajor ? again($0) : nil }.prefix(3) : []
        let lead = intent == .reinstated ? "\(subject) takes place after all" : "\(subject) is as it was before \(item)"
        if intent == .reinstated || details.isEmpty {
            return (["taken back: \(lead)"] + details).joined(separator: "; ")
        }
        return "taken back: \(subject) is \(details.joined(separator: "; "))"
    }

    /// What an occurrence has again; nil for what follows from the rest.
    private func again(_ change: Change) -> String? {
        guard let occurrence = after?.occurrences.first(where: { $0.id == change.occurrence }) else { return nil }
        let whose = occurrence.id == "main" ? "" : "\(occurrence.id): "
        switch change.field {
        case "when.start": return occurrence.when.start.map { "\(whose)again on \($0.words)" }
        case "place.name": return occurrence.place.map { "\(whose)again at \($0.name)" }
        case "": return occurrence.when.start.map { "\(whose)there again on \($0.words)" }
        default: return nil
        }
    }
}
