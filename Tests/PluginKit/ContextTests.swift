import EventModel
import PluginKit
import Testing

private struct NoClock: ServiceClock {
    var now: Instant { Instant(microseconds: 0) }
    var uptime: Duration { .zero }
    func wait(_ duration: Duration) async throws(CancellationError) {}
}

@Suite struct ContextTests {
    private func context(_ capabilities: Set<Capability>) -> PluginContext {
        PluginContext(
            manifest: PluginManifest(name: "x", summary: "", capabilities: capabilities),
            journal: PluginJournal { _, _, _, _, _ in }, clock: NoClock(), stateDirectory: "/state/x",
            credential: { $0 == "key" ? [1] : nil })
    }

    @Test func whatIsDeclaredIsGiven() throws {
        #expect(try context([.stateDirectory]).stateDirectory() == "/state/x")
        #expect(try context([.credentials]).credential(named: "key") == [1])
        #expect(try context([.credentials]).credential(named: "other") == nil)
    }

    @Test func whatIsNotDeclaredIsRefusedByName() {
        let error = #expect(throws: PluginFailure.self) { try context([]).stateDirectory() }
        #expect(error?.message.contains("plugin x used state-directory without declaring it") == true)
    }
}
