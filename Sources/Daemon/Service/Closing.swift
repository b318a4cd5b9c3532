import EventModel
import Pipeline
import Spool

/// A delivery with all that its end needs.
struct Closing {
    let passage: Passage
    let item: Desk.Item
    let report: Report
    let outcome: Outcome
    /// Why what a person decided cannot be done: the file goes back where it lay, as it was.
    let refusal: String?
    var file: ActiveFile
    /// Whether the journal and the sender have been told of it.
    var isTold = false

    /// Whether the file moves before anybody is told of it.
    var movesFirst: Bool { outcome.isOpen && refusal == nil }

    /// What becomes of its file.
    ///
    /// - Parameter keepsBytes: Whether a stage keeps the bytes of what is accepted.
    func disposition(keepsBytes: Bool, now: Instant) -> Disposition {
        if refusal != nil { return .giveBack(to: .held) }
        return switch outcome {
        case .accepted, .unchanged, .stale: keepsBytes ? .remove : .accept
        case .rejected: .reject(report: report.json)
        case .held: .hold(report: report.json)
        case .deferred: .defer(report: report.json, until: report.nextTry ?? now)
        }
    }
}
