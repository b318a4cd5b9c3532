import EventModel
import Notifier
import PluginKit
import TestKit
import Testing

/// During a reload the notifier of the new configuration is made while that of the old one is still at work.
struct ReloadTests {
    @Test func whatTheOldOneStillRecordsIsNoHindranceToTheNewOne() async throws {
        let harness = try NotifierHarness()
        let old = try await harness.make()
        let new = try await harness.make()
        try await old.offer(harness.delivery(Harness.new(Harness.gala(uid: "a", name: "Spring Fair"))))
        try await old.drain()
        harness.clock.advance(by: .seconds(2))
        try await new.offer(harness.delivery(Harness.new(Harness.gala(uid: "b", name: "Winter Gala"))))
        try await new.drain()
        #expect(try harness.feed().titles == ["New: Winter Gala", "New: Spring Fair"])
        let page = try harness.read("index.html")
        #expect(page.contains("Winter Gala") && page.contains("Spring Fair"))
    }
}
