import Pipeline
import PluginKit

/// When a daemon that is to work the backlog off ends: when nothing is left, or when what is left does not get on.
struct OnceRule: Sendable {
    /// What follows from a notice.
    enum Decision: Sendable {
        case goOn
        case end
        case giveUp(String)
    }

    /// Pauses of an ill stage in a row that are waited for.
    static let pauses = 3

    private var lastRest: Duration
    private let patience: Duration
    private var pauses = 0
    private(set) var hasGivenUp = false

    /// A rule from now on. Files that may not be whole are waited for as long as `patience` while nothing else happens.
    init(begin: Duration, patience: Duration) {
        lastRest = begin
        self.patience = patience
    }

    mutating func decide(_ notice: PipelineNotice, _ house: House, postponed: Int) async -> Decision {
        switch notice {
        case .recovered: pauses = 0
        case .paused(let stage, _, _, _):
            pauses += 1
            if pauses > OnceRule.pauses { return giveUp("stage \(stage) is ill; its files stay in active/") }
        case .atRest:
            if postponed > 0 {
                return giveUp("\(postponed) outcomes could not be carried out; their files stay in active/")
            }
            switch await house.reception.waiting {
            case .nothing: return .end
            case .blocked: return giveUp("the spool cannot be worked with; files stay in incoming/")
            case .aside: return giveUp("some files cannot be read or worked on and stay in active/")
            case .settling:
                if house.clock.uptime - lastRest > patience {
                    return giveUp("some files have not become whole within \(patience.words) and stay in incoming/")
                }
            }
        case .progress, .patience, .overran, .abandoned: break
        }
        return .goOn
    }

    private mutating func giveUp(_ reason: String) -> Decision {
        hasGivenUp = true
        return .giveUp(reason)
    }
}
