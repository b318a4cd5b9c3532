import EventModel
import PluginKit
import Synchronization

/// A plugin with one fault. Where it has none it refuses updates that could not be read whole, and passes the rest.
protocol FaultyPlugin: SingleUpdatePlugin where Settings == NoSettings {}

extension FaultyPlugin {
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { plain(item) }
}

/// The verdict of a faultless plugin.
func plain(_ item: DeliveryItem) -> Answer {
    item.isBad ? Answer(.reject, reason: "the update cannot be read; correct it") : .pass
}

extension DeliveryItem {
    /// Whether the reader found an error in it.
    var isBad: Bool { findings.contains { $0.severity == .error } }
}

/// A fact that a stage may find out.
struct Price: Fact {
    static let name = "shop.price"
    var cents: Int
}

/// Says something else of itself at each call.
struct ChangingManifest: FaultyPlugin {
    private static let calls = Atomic(0)
    static var manifest: PluginManifest {
        PluginManifest(
            name: "faulty", summary: "Has a fault.",
            batchLimit: calls.add(1, ordering: .relaxed).newValue)
    }

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}
}

/// Has a name that is none.
struct InvalidName: FaultyPlugin {
    static let manifest = PluginManifest(name: "Word Count", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}
}

/// Has a default outside the range that it states.
struct RefusedDefault: SingleUpdatePlugin {
    struct Settings: PluginSettings {
        var least = 0
        static var schema: [Setting<Self>] { [Setting("least", \.least, in: 1...9, "Words at least.")] }
    }

    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {}
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { plain(item) }
}

/// Cannot be built unless something is set.
struct DemandingSettings: SingleUpdatePlugin {
    struct Settings: PluginSettings {
        var address = ""
        static var schema: [Setting<Self>] { [Setting("address", \.address, "Where to.")] }
    }

    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {
        if settings.address.isEmpty { throw PluginFailure(.settings, "address is empty; say where to send to") }
    }

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { plain(item) }
}

/// Refuses without a word.
struct WithoutReason: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        item.isBad ? Answer(.reject) : .pass
    }
}

/// Gives a fact that its manifest does not name.
struct UndeclaredFact: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        Answer(.pass, facts: Facts([Price(cents: 100)]))
    }
}

/// Passes some updates without the fact that its manifest promises.
struct MissingFact: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.", provides: [Price.name])

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        delivery.format == .icalendar ? Answer(.pass, facts: Facts([Price(cents: 100)])) : .pass
    }
}

/// Takes an update that cannot be read for its own illness.
struct FailsForABadUpdate: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        if item.isBad { throw PluginFailure(.permanent, "the date cannot be read") }
        return .pass
    }
}

/// Writes entries with a field that journald would drop.
struct BadField: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")
    private let journal: PluginJournal

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { journal = context.journal }

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        journal.log(.info, "counted", [("word count", "3")])
        return plain(item)
    }
}
