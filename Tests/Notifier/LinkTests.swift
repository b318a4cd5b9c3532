import EventModel
import Foundation
import Notifier
import PluginKit
import TestKit
import Testing

/// An event whose uid stands for another one reaches no output, and comes back as it was.
@Suite struct LinkTests {
    private let harness: NotifierHarness
    private let gala = Harness.gala()
    private let other = Harness.gala(uid: "other@example.org", name: "Spring Walk", start: "2026-12-08T10:00")

    init() throws { harness = try NotifierHarness() }

    private func order(_ action: EventOrder.Action) -> EventOrder {
        EventOrder(action, uid: gala.uid, other: other.uid, decidedBy: 501, decidedAt: harness.clock.now)
    }

    private func outputs() throws -> String {
        try harness.files().values.map { String(decoding: $0, as: UTF8.self) }.joined()
    }

    @Test func itLeavesEveryOutputUntoldAndComesBack() async throws {
        var notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(gala), Harness.new(other)))
        for _ in 0..<2 { try await notifier.carryOut(order(.link)) }
        #expect(try !outputs().contains("Winter Gala"))
        #expect(try outputs().contains("Spring Walk"))
        // What was decided before and is offered again does not bring it back.
        try await notifier.offer(harness.delivery(Harness.new(gala)))
        try await notifier.drain()
        notifier = try await harness.make()
        #expect(try !outputs().contains("Winter Gala"))
        for _ in 0..<2 { try await notifier.carryOut(order(.unlink)) }
        let page = String(decoding: try #require(try harness.files()["index.html"]), as: UTF8.self)
        #expect(page.contains("Winter Gala"))
        let feed = String(decoding: try #require(try harness.files()["feed.atom"]), as: UTF8.self)
        #expect(!feed.contains("Winter Gala"))
        try await notifier.drain()
    }
}
