public import EventFormats
public import EventModel
public import PluginKit

/// Judges what updates say by MODEL's rules about single updates. Pure: it keeps no state and asks nobody but the clock
/// and the system's time zones.
public struct Validator: Plugin {
    /// The name in the configuration.
    public static let manifest = PluginManifest(
        name: "validator", summary: "Checks each update by itself: identity, times, places and texts.")

    private let settings: ValidatorSettings
    private let clock: any ServiceClock

    /// Makes the stage; nothing is opened.
    public init(settings: ValidatorSettings, context: PluginContext) async throws(PluginFailure) {
        self.settings = settings
        clock = context.clock
    }

    /// Judges each update: rejected for an error, held where a person has to decide and has not, else passed on with what
    /// was found.
    public func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        let now = clock.now
        return Verdicts(
            batch.deliveries.map { delivery in
                let findings = Validator.examine(
                    delivery.items, format: delivery.format, bytes: delivery.bytes, settings: settings, now: now)
                return zip(delivery.items, findings).map(Validator.answer)
            })
    }

    /// What there is to say about each of some updates, the reader's findings included, in the order of the file.
    private static func examine(
        _ items: [DeliveryItem], format: Format?, bytes: [UInt8], settings: ValidatorSettings, now: Instant,
        zones: ZoneDatabase = .system
    ) -> [[Diagnostic]] {
        var findings = Findings(format: format, bytes: bytes, settings: settings)
        return items.map { item in
            let subject = Subject(update: item.update, format: format, settings: settings, now: now, zones: zones)
            findings.begin(item)
            for rule in Rules.all { rule(subject, &findings) }
            return findings.inOrder
        }
    }

    /// What there is to say about a file and its updates, the reader's findings included, in the order of the file.
    /// - Parameters:
    ///   - decoded: What the file says.
    ///   - bytes: The file, for lines and columns.
    ///   - settings: Severities and limits.
    ///   - now: The time by which an event is in the past.
    ///   - zones: The time zones that count.
    public static func examine(
        _ decoded: Decoded, bytes: [UInt8], settings: ValidatorSettings, now: Instant, zones: ZoneDatabase = .system
    ) -> [Diagnostic] {
        let delivery = Delivery(
            id: DeliveryID(high: 0, low: 0), file: [], bytes: bytes, sha256: "", submitter: 0, receivedAt: now,
            decoded: decoded)
        let ofItems = examine(
            delivery.items, format: decoded.format, bytes: bytes, settings: settings, now: now, zones: zones)
        return Findings.inOrder(delivery.findings + ofItems.joined())
    }

    /// The verdict on what was found: the worst severity counts. What a person has released is not held again.
    static func answer(_ item: DeliveryItem, _ findings: [Diagnostic]) -> Answer {
        var findings = findings
        if item.facts[Release.self] != nil {
            for index in findings.indices where findings[index].severity == .held {
                findings[index].severity = .warning
            }
        }
        switch findings.map(\.severity).max() {
        case .error?: return Answer(.reject, reason: findings.reason(for: .error), diagnostics: findings)
        case .held?: return Answer(.hold, reason: findings.reason(for: .held), diagnostics: findings)
        default: return findings.isEmpty ? .pass : Answer(.pass, diagnostics: findings)
        }
    }
}
