public import PluginKit

/// Checks a plugin against the contract, rule by rule, as the daemon would use it: files of every kind, offered once and
/// again, in batches and one by one, whole and in slices, to instances that are drained, killed, cancelled and replaced.
///
///     @Test func thePluginKeepsTheContract() async {
///         let violations = await PluginConformance(WordCount.self).violations()
///         #expect(violations == [])
///     }
///
/// Each violation names its rule, which the page on the contract in PluginKit explains. It takes a second or two.
public struct PluginConformance<P: Plugin>: Sendable {
    /// The settings to build the plugin with.
    public var settings: P.Settings
    /// The systemd credentials that there are, by name.
    public var credentials: [String: [UInt8]] = [:]
    /// What is offered, in this order; deliveries without items never reach a plugin.
    public var deliveries: [Delivery]
    /// Further facts of earlier stages about an update. Those of the shipped plugins are made where the manifest requires
    /// them.
    public var facts: @Sendable (DeliveryItem, _ delivery: Delivery) -> Facts = { _, _ in Facts() }
    /// What the world can see of the plugin's effects, as lines, once it is drained: what it sent, wrote or counted. The
    /// parameter is the state directory. Lines that change when a delivery is offered twice break the contract.
    /// Without it only answers are compared.
    public var effects: (@Sendable (_ stateDirectory: String) throws -> [String])?
    /// How long to wait for what must end, in real time.
    public var patience: Duration = .seconds(10)

    let journal = RecordedJournal()

    /// A suite for a plugin type.
    public init(_ type: P.Type = P.self, settings: P.Settings = P.Settings()) {
        self.settings = settings
        deliveries = DeliverySamples.all()
    }

    /// What a busy machine can break too.
    private static var timed: Set<ContractRule> { [.deadline, .cancellation, .run, .orders, .drain, .release] }
    /// How often a rule about time has to be found broken, one run after the other.
    private static var tries: Int { 3 }

    /// Runs the suite. Empty when the plugin keeps the contract; else one violation, the first, for each rule it broke.
    /// A rule about time counts as broken when it is found so three times.
    public func violations() async -> [ContractViolation] {
        var found = await violationsOnce()
        for _ in 1..<Self.tries where found.contains(where: { Self.timed.contains($0.rule) }) {
            let before = Set(found.map(\.rule))
            found = await violationsOnce().filter { !Self.timed.contains($0.rule) || before.contains($0.rule) }
        }
        return found
    }

    private func violationsOnce() async -> [ContractViolation] {
        var found: [ContractViolation] = []
        // The later checks need a manifest, settings and an instance.
        for check in [checkManifest, checkSettings, checkInitialisation] {
            do throws(ContractViolation) { try await check() } catch { return [error] }
        }
        do throws(ContractViolation) {
            let reference = try await referenceAnswers()
            await note(in: &found) { () throws(ContractViolation) in try await checkBatches(reference) }
            // What follows offers deliveries and items again, and needs the answers to stay.
            try await checkItems(reference)
            try await checkAgain(reference)
            try await checkItemsAgain(reference)
            for check in [checkDuplicates, checkDurability, checkReload, checkCancellation] {
                await note(in: &found) { () throws(ContractViolation) in try await check(reference) }
            }
        } catch {
            if !found.contains(where: { $0.rule == error.rule }) { found.append(error) }
        }
        for check in [checkRun, checkDrain, checkOrders, checkRelease, checkJournal] {
            await note(in: &found, check)
        }
        return found
    }

    private func note(
        in found: inout [ContractViolation], _ check: () async throws(ContractViolation) -> Void
    ) async {
        do throws(ContractViolation) {
            try await check()
        } catch {
            if !found.contains(where: { $0.rule == error.rule }) { found.append(error) }
        }
    }
}
