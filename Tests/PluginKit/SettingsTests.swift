import PluginKit
import Testing

private enum Mode: String, SettingChoice { case fast, safe }

private struct Pacer: PluginSettings {
    var syncEvery = 256
    var mode = Mode.safe
    var pause = Duration.seconds(2)
    var room = ByteCount.mebibytes(1)
    var names: [String] = []
    var password = CredentialName()

    static var schema: [Setting<Self>] {
        [
            Setting("sync_every", \.syncEvery, in: 1...4096, "Deliveries in one commit."),
            Setting("mode", \.mode, "How."),
            Setting("pause", \.pause, in: .milliseconds(1)...(.seconds(60)), "A pause."),
            Setting("room", \.room, "Room."),
            Setting("names", \.names, "Names."),
            Setting("password", \.password, "A secret."),
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
            (
                "colour", .integer(1),
                "t.toml:3:1: unknown setting plugins.pacer.colour; remove it ('tidings reference' has them all)"
            ),
            (
                "mode", .string("quick"),
                "t.toml:3:8: plugins.pacer.mode is the string \"quick\"; expected one of \"fast\", \"safe\""
            ),
            (
                "pause", .integer(3),
                "t.toml:3:8: plugins.pacer.pause is the number 3; expected a duration such as \"500ms\", \"2s\" or \"1h\" "
                    + "(units ms, s, min, h, d); did you mean \"3s\"?"
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
        #expect(faults == ["t.toml:3:1: plugins.pacer.sync_every over 100 cannot be fast"])
        let (_, written) = decode([("mode", .string("fast")), ("sync_every", .integer(200))])
        #expect(written == ["t.toml:3:8: plugins.pacer.sync_every over 100 cannot be fast"])
    }

    @Test func aSecretIsNamedAndNeverRepeated() {
        let (named, none) = decode([
            (
                "password",
                .table([.init(key: "credential", place: place(), value: SettingValue(.string("smtp"), at: place()))])
            )
        ])
        #expect(named.password == CredentialName("smtp") && none == [])
        #expect(Pacer.describe(named).first { $0.key == "password" }?.value == "{ credential = \"smtp\" }")
        let remedy =
            "expected { credential = \"NAME\" }, for secrets are not kept here: put it into a file of its own, and "
            + "LoadCredential=NAME:PATH into the unit"
        let (literal, faults) = decode([("password", .string("hunter2"))])
        #expect(literal.password == CredentialName())
        #expect(faults == ["t.toml:3:8: plugins.pacer.password is a string; \(remedy)"])
        #expect(decode([("password", .array([SettingValue(.string("hunter2"), at: place())]))]).1.count == 1)
        #expect(
            decode([("pasword", .string("hunter2"))]).1 == [
                "t.toml:3:1: unknown setting plugins.pacer.pasword; did you mean password?"
            ])
    }

    @Test func aNameThatIsNoneOfACredentialIsRefused() {
        for name in ["a/b", "..", "a b", "a:b", String(repeating: "x", count: 256)] {
            let (_, faults) = decode([
                (
                    "password",
                    .table([.init(key: "credential", place: place(), value: SettingValue(.string(name), at: place()))])
                )
            ])
            #expect(
                faults == [
                    "t.toml:3:8: plugins.pacer.password is a table; expected a credential's name as in "
                        + "LoadCredential=NAME:PATH, without a folder"
                ])
        }
    }

    @Test func theTypeAndTheDefaultAreDescribed() {
        let described = Pacer.describe(Pacer())
        #expect(described.first { $0.key == "room" }?.value == "\"1MiB\"")
        #expect(described.first { $0.key == "sync_every" }?.type == "integer, 1 to 4096")
        #expect(described.filter(\.isSecret).map(\.key) == ["password"])
    }

    @Test(
        arguments: [
            (.integer(3), "did you mean \"3s\"?"), (.string("3"), "did you mean \"3s\"?"),
            (.string("2 sec"), "did you mean \"2s\"?"), (.string("5m"), "did you mean \"5min\"?"),
            (.string("1H"), "did you mean \"1h\"?"), (.string("2 Days"), "did you mean \"2d\"?"),
            (.string("1.5h"), "whole numbers only, in a smaller unit"),
            (.string("999999999999999999d"), "this one is too large"),
            (.string("99999999999999999999s"), "this one is too large"),
        ] as [(SettingValue.Content, String)])
    func aDurationThatIsNearlyOneSaysWhatWasMeant(value: SettingValue.Content, hint: String) {
        let faults = decode([("pause", value)]).1
        #expect(faults.count == 1 && faults[0].hasSuffix("(units ms, s, min, h, d); \(hint)"), "\(faults)")
    }

    @Test(arguments: [
        ("1MB", "did you mean \"1MiB\"?"), ("4k", "did you mean \"4KiB\"?"), ("7 bytes", "did you mean \"7B\"?"),
        ("1,5GiB", "whole numbers only, in a smaller unit"), ("99999999999GiB", "this one is too large"),
    ]) func aSizeThatIsNearlyOneSaysWhatWasMeant(value: String, hint: String) {
        let faults = decode([("room", .string(value))]).1
        #expect(faults.count == 1 && faults[0].hasSuffix("(units B, KiB, MiB, GiB); \(hint)"), "\(faults)")
    }

    @Test func whatIsNoQuantityAtAllIsRefused() {
        for value in [.string(""), .string("soon"), .string("-2s"), .integer(-3), .boolean(true), .double(2.5)]
            as [SettingValue.Content]
        {
            #expect(decode([("pause", value)]).1.count == 1)
            #expect(decode([("room", value)]).1.count == 1)
        }
    }

    @Test func anElementThatDoesNotFitIsShownAtItsOwnPlace() {
        let value = SettingValue.Content.array([
            SettingValue(.string("a"), at: place(10)), SettingValue(.integer(3), at: place(15)),
        ])
        #expect(
            decode([("names", value)]).1 == [
                "t.toml:3:15: plugins.pacer.names has the number 3 in its list; expected a string in quotes"
            ])
    }

    @Test func nothingIsConcludedFromASettingThatCouldNotBeRead() {
        #expect(decode([("mode", .string("fast")), ("sync_every", .integer(0))]).1.count == 1)
        #expect(decode([("mode", .string("fast")), ("sync_evry", .integer(10))]).1.count == 1)
    }

    @Test func whatIsWrittenCannotUpsetATerminal() {
        let faults = decode([("mode", .string("\u{1B}[2J\u{9B}x")), ("a\nb", .integer(1))]).1
        #expect(faults[0].contains("is the string \"\\u001b[2J\\u009bx\";"))
        #expect(faults[1].contains("unknown setting plugins.pacer.\"a\\nb\";"))
        #expect(decode([("mode", .string(String(repeating: "x", count: 5000)))]).1[0].count < 300)
    }
}
