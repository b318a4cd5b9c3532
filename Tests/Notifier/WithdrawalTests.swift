import EventModel
import Foundation
import Notifier
import PluginKit
import TestKit
import Testing

/// Withdrawn and forgotten events reach no output.
@Suite struct WithdrawalTests {
    private let harness: NotifierHarness
    private let gala = Harness.gala()
    private let other = Harness.gala(uid: "other@example.org", name: "Spring Walk", start: "2026-12-08T10:00")

    init() throws { harness = try NotifierHarness() }

    private func order(_ action: EventOrder.Action) -> EventOrder {
        EventOrder(action, uid: gala.uid, decidedBy: 501, decidedAt: harness.clock.now)
    }

    private func outputs() throws -> String {
        try harness.files().values.map { String(decoding: $0, as: UTF8.self) }.joined()
    }

    @Test(arguments: [EventOrder.Action.withdraw, .forget])
    func itLeavesEveryOutputAtOnce(_ action: EventOrder.Action) async throws {
        let notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(gala), Harness.new(other)))
        #expect(try outputs().contains("Winter Gala"))
        for _ in 0..<2 { try await notifier.carryOut(order(action)) }
        #expect(try !outputs().contains("Winter Gala"))
        #expect(try !outputs().contains("Volkshaus") || outputs().contains("Spring Walk"))
        #expect(try outputs().contains("Spring Walk"))
    }

    @Test func aWithdrawnOneStaysOutUntilItIsReadmitted() async throws {
        var notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(gala)))
        try await notifier.carryOut(order(.withdraw))
        var moved = gala
        moved.name.text = "Winter Gala moved"
        try await notifier.drain()
        notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.change(gala, moved, .corrected)))
        try await notifier.drain()
        #expect(try !outputs().contains("Winter Gala"))
        notifier = try await harness.make()
        try await notifier.carryOut(order(.readmit))
        try await notifier.offer(
            harness.delivery(
                Resolution(
                    uid: gala.uid, intent: .unchanged, revision: 2, before: moved, after: moved, changes: [])))
        try await notifier.drain()
        #expect(try outputs().contains("Winter Gala moved"))
    }

    @Test func nothingOfAForgottenOneIsLeftInTheFiles() async throws {
        let notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(gala), Harness.new(other)))
        try await notifier.carryOut(order(.withdraw))
        try await notifier.carryOut(order(.forget))
        var files = Data()
        for case let url as URL in try #require(
            FileManager.default.enumerator(at: harness.root, includingPropertiesForKeys: nil))
        where !url.hasDirectoryPath {
            files += try Data(contentsOf: url)
        }
        #expect(files.range(of: Data("Winter Gala".utf8)) == nil)
        #expect(files.range(of: Data(gala.uid.utf8)) == nil)
        #expect(files.range(of: Data("Spring Walk".utf8)) != nil)
    }
}
