import PluginKit
import Testing

private enum Mode: String, SettingChoice { case fast, safe }

private struct Pacer: PluginSettings {
    var syncEvery = 256
    var mode = Mode.safe
    var pause = Duration.seconds(2)
    var room = ByteCount.mebibytes(1)
    var names: [String] = []
    var password = "none"

    static var schema: [Setting<Self>] {
        [
            Setting("sync_every", \.syncEvery, in: 1...4096, "Deliveries in one commit."),
            Setting("mode", \.mode, "How."),
            Setting("pause", \.pause, in: .milliseconds(1)...(.seconds(60)), "A pause."),
            Setting("room", \.room, "Room."),
            Setting("names", \.names, "Names."),
            Setting("password", \.password, "A secret.", isSecret: true),
        ]
    }

    func faults() -> [String] { syncEvery > 100 && mode == .fast ? ["sync_every over 100 cannot be fast"] : [] }
}

@Suite struct SettingsTests {
    private func place(_ column: Int = 1) -> SettingPlace { SettingPlace(file: "t.toml", line: 3, column: column) }

    private func decode(_ entries: [(String, SettingValue.Content)]) -> (Pacer, [String]) {
        var faults: [SettingFault] = []
        let table = SettingValue(
            .table(entries.map { .init(key: $0.0, place: place(), value: SettingValue($0.1, at: place(8))) }),
            at: place())
        let settings = Pacer.decode(table, name: "plugins.pacer", faults: &faults)
        return (settings, faults.map(\.description))
    }

    @Test func valuesArriveWithTheirUnits() {
        let (settings, faults) = decode([
            ("sync_every", .integer(7)), ("pause", .string("250ms")), ("room", .string("64 KiB")),
            ("mode", .string("fast")), ("names", .array([SettingValue(.string("a"), at: place())])),
        ])
        #expect(faults == [])
        #expect(settings.syncEvery == 7 && settings.pause == .milliseconds(250))
        #expect(settings.room == .kibibytes(64) && settings.mode == .fast && settings.names == ["a"])
    }

    @Test(
        arguments: [
            (
                "sync_every", .integer(0),
                "t.toml:3:8: plugins.pacer.sync_every is the number 0; it must be from 1 to 4096"
            ),
            (
                "sync_every", .string("x"),
                "t.toml:3:8: plugins.pacer.sync_every is the string \"x\"; expected a whole number"
            ),
            ("sync_evry", .integer(1), "t.toml:3:1: unknown setting plugins.pacer.sync_evry; did you mean sync_every?"),
            ("colour", .integer(1), "t.toml:3:1: unknown setting plugins.pacer.colour"),
            (
                "mode", .string("quick"),
                "t.toml:3:8: plugins.pacer.mode is the string \"quick\"; expected one of \"fast\", \"safe\""
            ),
            (
                "pause", .integer(3),
                "t.toml:3:8: plugins.pacer.pause is the number 3; expected a duration such as \"500ms\", \"2s\" or \"1h\" "
                    + "(units ms, s, min, h, d)"
            ),
            (
                "pause", .string("2h"),
                "t.toml:3:8: plugins.pacer.pause is the string \"2h\"; it must be from \"1ms\" to \"1min\""
            ),
        ] as [(String, SettingValue.Content, String)])
    func aFaultNamesThePlaceAndTheRemedy(key: String, value: SettingValue.Content, words: String) {
        #expect(decode([(key, value)]).1 == [words])
    }

    @Test func allFaultsAreReportedAtOnce() {
        let (_, faults) = decode([
            ("sync_every", .integer(0)), ("mod", .integer(1)), ("names", .boolean(true)),
        ])
        #expect(faults.count == 3)
    }

    @Test func settingsAreCheckedTogether() {
        let (_, faults) = decode([("mode", .string("fast"))])
        #expect(faults == ["t.toml:3:1: plugins.pacer: sync_every over 100 cannot be fast"])
    }

    @Test func secretsAreNotShown() {
        let described = Pacer.describe(Pacer())
        #expect(described.first { $0.key == "password" }?.value == nil)
        #expect(described.first { $0.key == "room" }?.value == "\"1MiB\"")
        #expect(described.first { $0.key == "sync_every" }?.type == "integer, 1 to 4096")
    }
}
