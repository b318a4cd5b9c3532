import EventModel
import Foundation
import Notifier
import PluginKit
import TestKit
import Testing

/// The table `[plugins.notifier]`.
struct SettingsTests {
    private static let place = SettingPlace(file: "tidingsd.toml", line: 3, column: 1)

    /// Reads channels, each given as keys and values.
    private static func read(_ channels: [[(String, SettingValue.Content)]]) -> (NotifierSettings, [String]) {
        let tables = channels.map { entries in
            SettingValue(
                .table(entries.map { .init(key: $0.0, place: place, value: SettingValue($0.1, at: place)) }), at: place)
        }
        let table = SettingValue(
            .table([.init(key: "channel", place: place, value: SettingValue(.array(tables), at: place))]), at: place)
        var faults: [SettingFault] = []
        let settings = NotifierSettings.decode(table, name: "plugins.notifier", faults: &faults)
        return (settings, faults.map(\.description))
    }

    @Test func aChannelIsRead() {
        let (settings, faults) = SettingsTests.read([
            [
                ("kind", .string("site")), ("directory", .string("/srv/www/events")), ("title", .string("City")),
                ("base_url", .string("https://events.example.org/")), ("max_events", .integer(10)),
                ("recent", .string("7d")), ("publish_interval", .string("250ms")),
            ]
        ])
        #expect(faults.isEmpty)
        #expect(settings.channels.first?.directory == "/srv/www/events")
        #expect(settings.channels.first?.recent == .seconds(7 * 86_400))
        #expect(settings.channels.first?.publishInterval == .milliseconds(250))
        #expect(settings.channels.first?.maximumEvents == 10)
    }

    @Test(arguments: [
        ("directory", "www", "directory is \"www\"; write an absolute path"),
        ("base_url", "events.example.org", "base_url is \"events.example.org\"; write an address such as"),
        ("base_url", "javascript:alert(1)", "write an address such as"), ("title", " ", "title is empty"),
        ("kind", "pigeon", "expected one of \"site\""), ("titel", "x", "did you mean title?"),
        ("recent", "a week", "expected a duration"),
    ])
    func faultsNameTheRemedy(key: String, value: String, words: String) {
        let (_, faults) = SettingsTests.read([[(key, .string(value))]])
        #expect(faults.count == 1)
        #expect(faults.first?.contains(words) == true, "\(faults)")
        #expect(faults.first?.hasPrefix("tidingsd.toml:3:1") == true)
    }

    @Test func twoChannelsInOneFolderAreAFault() {
        let (_, faults) = SettingsTests.read([[("directory", .string("/a"))], [("directory", .string("/a"))]])
        #expect(
            faults == [
                "tidingsd.toml:3:1: plugins.notifier.channel has two tables that write into the directory /a; "
                    + "give each a directory of its own"
            ])
    }

    @Test func withAnAddressTheFeedHasAbsoluteLinks() async throws {
        let harness = try NotifierHarness()
        harness.channel.baseURL = "https://events.example.org/calendar"
        try await harness.make().offer(harness.delivery(Harness.new(Harness.gala())))
        let entry = try #require(try harness.feed().entries.first)
        #expect(entry.link.hasPrefix("https://events.example.org/calendar/index.html#e-"))
        #expect(try harness.read("feed.atom").contains("rel=\"self\""))
        let anchor = try #require(entry.link.split(separator: "#").last)
        #expect(try harness.read("index.html").contains("id=\"\(anchor)\""))
    }

    @Test func thePluginDescribesItself() {
        let registration = Registration(Notifier.self)
        #expect(registration.manifest.name == "notifier")
        #expect(registration.manifest.requires == [Resolution.name])
        #expect(registration.defaults.first?.nested?.map(\.key).contains("publish_interval") == true)
    }
}
