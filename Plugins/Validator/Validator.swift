public import EventFormats
public import EventModel
public import PluginKit

/// Judges what a delivery says by MODEL's rules about single updates. Pure: it keeps no state and asks nobody but the
/// clock and the system's time zones.
public struct Validator: SingleDeliveryPlugin {
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

    /// Judges one delivery: rejected for an error, held where a person has to decide and has not, else passed on with
    /// what was found.
    public func process(_ delivery: Delivery) async throws(PluginFailure) -> Answer {
        var diagnostics = Validator.examine(
            delivery.decoded, bytes: delivery.bytes, settings: settings, now: clock.now)
        if delivery.facts[Release.self] != nil, !delivery.decoded.updates.isEmpty {
            for index in diagnostics.indices where diagnostics[index].severity == .held {
                diagnostics[index].severity = .warning
            }
        }
        return Validator.answer(diagnostics, isEmpty: delivery.decoded.updates.isEmpty)
    }

    /// What there is to say about the updates of a file, the reader's findings included, in the order of the file.
    /// - Parameters:
    ///   - decoded: What the file says.
    ///   - bytes: The file, for lines and columns.
    ///   - settings: Severities and limits.
    ///   - now: The time by which an event is in the past.
    ///   - zones: The time zones that count.
    public static func examine(
        _ decoded: Decoded, bytes: [UInt8], settings: ValidatorSettings, now: Instant, zones: ZoneDatabase = .system
    ) -> [Diagnostic] {
        var findings = Findings(decoded, bytes: bytes, settings: settings)
        for (index, update) in decoded.updates.enumerated() {
            let subject = Subject(
                update: update.update, format: decoded.format, settings: settings, now: now, zones: zones)
            findings.begin(index, update.positions)
            for rule in Rules.all { rule(subject, &findings) }
        }
        return findings.inOrder
    }

    /// The verdict on what was found: the worst severity counts. A delivery without updates is never passed on.
    static func answer(_ diagnostics: [Diagnostic], isEmpty: Bool) -> Answer {
        let worst = diagnostics.map(\.severity).max() ?? .ignored
        if worst == .error { return Answer(.reject, reason: reason(.error, diagnostics), diagnostics: diagnostics) }
        if worst == .held { return Answer(.hold, reason: reason(.held, diagnostics), diagnostics: diagnostics) }
        if isEmpty {
            return Answer(.reject, reason: "the file holds no update that could be used", diagnostics: diagnostics)
        }
        return diagnostics.isEmpty ? .pass : Answer(.pass, diagnostics: diagnostics)
    }

    /// One sentence: the first problem of that severity with its place, and how many more there are.
    private static func reason(_ severity: Severity, _ diagnostics: [Diagnostic]) -> String {
        let problems = diagnostics.filter { $0.severity == severity }
        guard let first = problems.first else { return "" }
        var reason = first.message
        if let position = first.position { reason = "line \(position.line), column \(position.column): \(reason)" }
        switch problems.count {
        case 1: return reason
        case 2: return "\(reason) (and 1 more problem)"
        default: return "\(reason) (and \(problems.count - 1) more problems)"
        }
    }
}
