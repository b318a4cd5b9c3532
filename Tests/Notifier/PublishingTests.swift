import EventModel
import Foundation
import Notifier
import PluginKit
import TestKit
import Testing

/// When and how the files of a site are replaced.
struct PublishingTests {
    @Test func aReaderKeepsTheFileItHasOpened() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala())))
        let old = try harness.files()["index.html"]
        let reader = try FileHandle(forReadingFrom: harness.site.appending(path: "index.html"))
        harness.clock.advance(by: .seconds(2))
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala(uid: "2", name: "Spring Gala"))))
        #expect(try reader.readToEnd() == old)
        #expect(try harness.read("index.html").contains("Spring Gala"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: harness.site.path).count == 4)
    }

    @Test func whatComesWithinTheIntervalIsPublishedAtItsEnd() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        let running = Task { try await notifier.run() }
        await harness.clock.untilSomebodyWaits()
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala(uid: "1", name: "First"))))
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala(uid: "2", name: "Second"))))
        #expect(try !harness.read("index.html").contains("Second"))
        // The run loop takes notice of the news by itself; its wait then is the rest of the interval.
        while try !harness.read("index.html").contains("Second"), harness.clock.uptime <= .seconds(5) {
            harness.clock.advance(by: .milliseconds(500))
            await harness.clock.untilSomebodyWaits()
        }
        #expect(try harness.read("index.html").contains("Second"))
        running.cancel()
        try await running.value
    }

    @Test func drainingPublishesWhatIsLeft() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala(uid: "1", name: "First"))))
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala(uid: "2", name: "Second"))))
        #expect(try !harness.read("index.html").contains("Second"))
        try await notifier.drain()
        #expect(try harness.read("index.html").contains("Second"))
    }

    @Test func aStartPublishesFirstThing() async throws {
        let harness = try NotifierHarness()
        let first = try await harness.make()
        try await first.offer(harness.delivery(Harness.new(Harness.gala())))
        try await first.drain()
        let files = try harness.files()
        try FileManager.default.removeItem(at: harness.site)
        let second = try await harness.make()
        let running = Task { try await second.run() }
        await harness.clock.untilSomebodyWaits()
        #expect(try harness.files() == files)
        running.cancel()
        try await running.value
    }

    @Test func unchangedFilesAreNotWrittenAgain() async throws {
        let harness = try NotifierHarness()
        let notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala())))
        func number() throws -> Int {
            let path = harness.site.appending(path: "index.html").path
            return try #require(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
        }
        let before = try number()
        try await notifier.drain()
        let again = try await harness.make()
        try await again.drain()
        #expect(try number() == before)
    }

    @Test func aFolderThatIsNoneIsAFailureWithARemedyAndNothingIsLost() async throws {
        let harness = try NotifierHarness()
        let blocked = harness.root.appending(path: "www")
        try Data().write(to: blocked)
        harness.channel.directory = blocked.path
        let notifier = try await harness.make()
        let batch = DeliveryBatch([harness.delivery(Harness.new(Harness.gala()))])
        let failure = await #expect(throws: PluginFailure.self) { try await notifier.process(batch) }
        #expect(failure?.kind == .temporary)
        #expect(failure?.message.contains(blocked.path) == true)
        #expect(failure?.message.contains("set `directory` of the channel") == true)
        try FileManager.default.removeItem(at: blocked)
        _ = try await notifier.process(batch)
        let page = try String(contentsOf: blocked.appending(path: "index.html"), encoding: .utf8)
        #expect(page.contains("Winter Gala"))
        #expect(harness.log.levels == [.error, .notice])
    }

    @Test func aFolderThatMayNotBeWrittenNamesTheUnitSetting() async throws {
        let harness = try NotifierHarness()
        // Nobody may make a folder in /sys, whoever runs the test.
        harness.channel.directory = "/sys/site"
        let notifier = try await harness.make()
        let batch = DeliveryBatch([harness.delivery(Harness.new(Harness.gala()))])
        let failure = await #expect(throws: PluginFailure.self) { try await notifier.process(batch) }
        #expect(failure?.kind == .temporary)
        #expect(failure?.message.contains("ReadWritePaths=/sys/site") == true, "\(String(describing: failure))")
    }

    @Test func moreEventsThanThereIsRoomForAreCounted() async throws {
        let harness = try NotifierHarness()
        harness.channel.maximumEvents = 3
        let notifier = try await harness.make()
        let resolutions = (10...20).map { day in
            Harness.new(Harness.gala(uid: "\(day)", name: "Evening \(day)", start: "2026-12-\(day)T19:00"))
        }
        for resolution in resolutions { try await notifier.offer(harness.delivery(resolution)) }
        try await notifier.drain()
        let page = try harness.read("index.html")
        #expect(page.contains("There are 8 more events"))
        #expect(page.contains("11 upcoming events"))
        let calendar = page.components(separatedBy: "id=\"changes\"")[0]
        #expect(calendar.contains("Evening 12") && !calendar.contains("Evening 13"))
    }

    @Test func aDescriptionIsCutAtItsLimitInEveryFile() async throws {
        let harness = try NotifierHarness()
        harness.channel.maximumDescription = 10
        let notifier = try await harness.make()
        for (uid, text) in [("whole", "0123456789"), ("cut", "abcdefghijk")] {
            var gala = Harness.gala(uid: uid)
            gala.description = LanguageText(text)
            try await notifier.offer(harness.delivery(Harness.new(gala)))
        }
        try await notifier.drain()
        for name in ["index.html", "calendar.ics", "events.jsonld"] {
            let file = try harness.read(name)
            #expect(file.contains("0123456789") && !file.contains("0123456789…"), "\(name)")
            #expect(file.contains("abcdefghij…") && !file.contains("abcdefghijk"), "\(name)")
        }
    }

    @Test func anEventMovesToThePastWhenItsDayHasEndedEverywhere() async throws {
        let harness = try NotifierHarness(now: "2026-12-05T18:00:00Z")
        let notifier = try await harness.make()
        try await notifier.offer(harness.delivery(Harness.new(Harness.gala())))
        let running = Task { try await notifier.run() }
        func isPast() throws -> Bool { try harness.read("index.html").contains("id=\"past\"") }
        await harness.clock.untilSomebodyWaits()
        for _ in 0..<17 {
            harness.clock.advance(by: .seconds(3600))
            await harness.clock.untilSomebodyWaits()
        }
        #expect(try !isPast())
        harness.clock.advance(by: .seconds(3600))
        await harness.clock.untilSomebodyWaits()
        #expect(try isPast())
        running.cancel()
        try await running.value
    }
}
