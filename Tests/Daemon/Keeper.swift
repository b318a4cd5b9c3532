import Daemon
import EventModel
import PluginKit
import TestKit

/// A plugin whose verdict is the first word of an event's name: `reject`, `hold`, `retry`, `absorb`; `later` is a retry the
/// first time; anything else passes. What a person has released is judged by the word after that.
struct Keeper: Plugin {
    static let manifest = PluginManifest(name: "keeper", summary: "Judges by the first word.", keepsBytes: true)

    struct Settings: PluginSettings {
        var limit = 3
        static var schema: [Setting<Self>] { [Setting("limit", \.limit, in: 1...9, "A limit.")] }
    }

    /// The one that tests look at; a task-local would not reach the plugin's own tasks.
    @TaskLocal static var offered = Offered()
    private let offered: Offered

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { offered = Keeper.offered }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        let failure = offered.nextFailure()
        offered.ask()
        if let failure { throw failure }
        offered.add(batch)
        return Verdicts(batch.deliveries.map { delivery in delivery.items.map { answer($0, of: delivery) } })
    }

    private func answer(_ item: DeliveryItem, of delivery: Delivery) -> Answer {
        let words = item.update.name.text.split(separator: " ")
        switch item.facts[Release.self] == nil ? words.first : words.dropFirst().first {
        case "reject": return Answer(.reject, reason: "line 1, column 1: refused as it asked")
        case "hold": return Answer(.hold, reason: "say whether this is new")
        case "retry": return Answer(.retry(after: .seconds(5)), reason: "not now")
        case "later":
            let isFirst = offered.items(of: delivery).count { $0.contains(item.number) } == 1
            return isFirst ? Answer(.retry(after: .seconds(5)), reason: "not yet") : .pass
        case "absorb": return Answer(.absorb, reason: "nothing to do")
        default: return .pass
        }
    }
}

/// A fact that says what the sorter found.
struct Sorted: Fact {
    static let name = "test.sorted"
}

/// Provides a fact; the keeper's neighbour in tests of what is asked again. Its name in `Offered` has `sorter:` before it.
struct Sorter: Plugin {
    static let manifest = PluginManifest(name: "sorter", summary: "Provides a fact.", provides: [Sorted.name])

    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    private let offered: Offered

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { offered = Keeper.offered }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        offered.add(batch, before: "sorter:")
        return Verdicts(batch.deliveries.map { $0.items.map { _ in Answer(.pass, facts: Facts([Sorted()])) } })
    }
}
