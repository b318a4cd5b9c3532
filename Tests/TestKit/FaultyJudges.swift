import EventModel
import PluginKit
import Synchronization

/// No settings.
struct NoSettings: PluginSettings {
    static var schema: [Setting<Self>] { [] }
}

/// A plugin with one fault. Where it has none it refuses empty files and passes the rest.
protocol FaultyPlugin: SingleDeliveryPlugin where Settings == NoSettings {}

extension FaultyPlugin {
    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer { plain(delivery) }
}

/// The verdict of a faultless plugin.
func plain(_ delivery: Delivery) -> Answer {
    delivery.bytes.isEmpty ? Answer(.reject, reason: "the file is empty; drop one with an event") : .pass
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
struct RefusedDefault: SingleDeliveryPlugin {
    struct Settings: PluginSettings {
        var least = 0
        static var schema: [Setting<Self>] { [Setting("least", \.least, in: 1...9, "Words at least.")] }
    }

    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {}
    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer { plain(delivery) }
}

/// Cannot be built unless something is set.
struct DemandingSettings: SingleDeliveryPlugin {
    struct Settings: PluginSettings {
        var address = ""
        static var schema: [Setting<Self>] { [Setting("address", \.address, "Where to.")] }
    }

    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {
        if settings.address.isEmpty { throw PluginFailure(.settings, "address is empty; say where to send to") }
    }

    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer { plain(delivery) }
}

/// Answers only what it does not pass.
struct TooFewAnswers: Plugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        Verdicts(batch.deliveries.map(plain).filter { $0.verdict != .pass })
    }
}

/// Answers the last delivery first.
struct AnswersBackwards: Plugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        Verdicts(batch.deliveries.reversed().map(plain))
    }
}

/// Refuses without a word.
struct WithoutReason: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer {
        delivery.bytes.isEmpty ? Answer(.reject) : .pass
    }
}

/// Gives a fact that its manifest does not name.
struct UndeclaredFact: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer {
        Answer(.pass, facts: Facts([Price(cents: 100)]))
    }
}

/// Passes some deliveries without the fact that its manifest promises.
struct MissingFact: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.", provides: [Price.name])

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer {
        delivery.decoded.format == .icalendar ? Answer(.pass, facts: Facts([Price(cents: 100)])) : .pass
    }
}

/// Takes a file that cannot be read for its own illness.
struct FailsForABadFile: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer {
        guard !delivery.decoded.updates.isEmpty else { throw PluginFailure(.permanent, "there is no update") }
        return .pass
    }
}

/// Lets one delivery of each batch through.
struct OneOfABatch: Plugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        Verdicts(
            batch.deliveries.indices.map { index in
                index == 0 ? .pass : Answer(.absorb, reason: "one at a time is enough")
            })
    }
}

/// Writes entries with a field that journald would drop.
struct BadField: FaultyPlugin {
    static let manifest = PluginManifest(name: "faulty", summary: "Has a fault.")
    private let journal: PluginJournal

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { journal = context.journal }

    func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer {
        journal.log(.info, "counted", [("word count", "3")])
        return plain(delivery)
    }
}
