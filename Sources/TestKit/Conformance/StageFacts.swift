import EventModel
import PluginKit

/// Facts as the shipped plugins provide them, for plugins that stand behind them.
enum StageFacts {
    /// The names of the facts that can be made.
    static let names = [Resolutions.name]

    /// What was decided about deliveries that came in this order: the first update of an event is new, each further one a
    /// revision.
    static func resolutions(of deliveries: [Delivery]) -> [Resolutions] {
        var states: [String: EventUpdate] = [:]
        var revisions: [String: Int] = [:]
        return deliveries.map { delivery in
            Resolutions(
                delivery.decoded.updates.map { decoded in
                    let after = decoded.update
                    let before = states.updateValue(after, forKey: after.uid)
                    let revision = revisions[after.uid, default: 0] + 1
                    revisions[after.uid] = revision
                    let changed: Intent = after.status == .cancelled ? .cancelled : .corrected
                    return Resolution(
                        uid: after.uid, intent: before == nil ? .new : changed, revision: revision, before: before,
                        after: after, changes: before.map { difference(from: $0, to: after).changes } ?? [])
                })
        }
    }
}
