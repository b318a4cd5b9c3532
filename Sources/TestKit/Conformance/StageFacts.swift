import EventModel
import PluginKit

/// Facts as the shipped plugins provide them, for plugins that stand behind them.
struct StageFacts {
    /// The names of the facts that can be made.
    static let names = [Resolution.name]

    private var states: [String: Event] = [:]
    private var revisions: [String: Int] = [:]

    /// What was decided about an update that comes behind those that were asked about before: the first of an event is
    /// new, each further one a revision.
    mutating func resolution(of update: EventUpdate) -> Resolution {
        let after = Event(update)
        let before = states.updateValue(after, forKey: after.uid)
        let revision = revisions[after.uid, default: 0] + 1
        revisions[after.uid] = revision
        let changed: Intent = after.status == .cancelled ? .cancelled : .corrected
        return Resolution(
            uid: after.uid, intent: before == nil ? .new : changed, revision: revision, before: before, after: after,
            changes: before.map { difference(from: $0.content, to: after.content).changes } ?? [])
    }
}
