import EventModel
import Pipeline
import PluginKit
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
    /// Whether what the deciding stage never saw of it stands in the log.
    var isRecorded = false
    /// The dropped bytes, where the log is to keep them though no update counts: one of them was replaced.
    var kept: [UInt8] = []

    /// Whether the file moves before anybody is told of it.
    var movesFirst: Bool { refusal == nil && staysIn != nil }

    /// Whether people are told of it before the file goes.
    var tellsFirst: Bool { refusal == nil && staysIn == nil }

    /// The folder in which the file waits: for another try, for a person who decides, or to be looked at.
    private var staysIn: Folder? {
        switch outcome {
        case .deferred: .deferred
        case .held: .held
        case .rejected, .expired: .rejected
        case .partial:
            passage.items.contains { $0.outcome == .held }
                ? .held : passage.items.contains { $0.outcome == .expired } ? .rejected : nil
        case .accepted, .unchanged, .stale, .discarded, .replaced: nil
        }
    }

    /// What becomes of its file.
    ///
    /// - Parameter keepsBytes: Whether a stage keeps the bytes of what is accepted.
    func disposition(keepsBytes: Bool, now: Instant) -> Disposition {
        if refusal != nil { return .giveBack(to: .held) }
        return switch staysIn {
        case .rejected?: .reject(report: report.json)
        case .held?: .hold(report: report.json)
        case .deferred?: .defer(report: report.json, until: report.nextTry ?? now)
        default: keepsBytes || outcome == .discarded ? .remove : .accept
        }
    }
}

extension Passage {
    /// Takes care of what a person released and a stage rejects: nobody had rejected that, so it stays held. Where nothing
    /// of what was released goes on, gives why; then all stays as it was, if the file was held before.
    mutating func refuse(_ decision: ItemDecision, isHome: Bool) -> String? {
        if let fileAnswer, fileAnswer.verdict == .reject {
            guard isHome else {
                giveUp(fileAnswer)
                return nil
            }
            return (decision.release?.refusal(of: fileAnswer.reason, by: nil, []) ?? fileAnswer.reason)
        }
        guard decision.release != nil else { return nil }
        let released = items.indices.filter { delivery.items[$0].facts[Release.self] != nil }
        let refused = released.filter { items[$0].outcome == .rejected }
        guard let first = refused.first, let release = delivery.items[first].facts[Release.self] else { return nil }
        if isHome, refused.count == released.count {
            return release.refusal(of: items[first].reason, by: items[first].stage, items[first].diagnostics)
        }
        for index in refused {
            let item = items[index]
            holdAgain(index, release.refusal(of: item.reason, by: item.stage, item.diagnostics))
        }
        return nil
    }
}
