import CommandLineKit
import Pipeline

extension Outcome {
    /// Whether that is the word of an outcome that counts.
    static func counts(_ word: String) -> Bool { Outcome(rawValue: word)?.counts ?? false }

    /// How the word looks on a terminal.
    var style: Style {
        switch self {
        case .accepted: .green
        case .unchanged, .stale, .discarded, .replaced: .faint
        case .partial, .held, .deferred: .yellow
        case .rejected, .expired: .red
        }
    }

    /// The exit status of a sender who waits for the answer.
    var status: ExitStatus {
        switch self {
        case .accepted, .unchanged, .stale, .discarded, .replaced: .ok
        case .rejected, .expired: .data
        case .partial, .held, .deferred: .temporary
        }
    }
}

extension ExitStatus {
    /// The worse of two, as a sender sees it: not dropped, rejected, not decided, and well.
    func worse(_ other: ExitStatus) -> ExitStatus { badness >= other.badness ? self : other }

    private var badness: Int {
        switch self {
        case .ok: 0
        case .temporary: 1
        case .data: 2
        default: 3
        }
    }
}
