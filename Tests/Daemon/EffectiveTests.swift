import BuiltIn
import Foundation
import PluginKit
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

/// What is in force, where it comes from, and what a reload makes of it.
@Suite struct EffectiveTests {
    private let directory = TemporaryDirectory()
    private var file: String { directory.path + "/tidingsd.toml" }

    private func load(_ text: String, _ dropIns: [String: String] = [:]) throws -> Configuration {
        // ignoring: there is none before the first reading
        try? FileManager.default.removeItem(atPath: file + ".d")
        try FileManager.default.createDirectory(atPath: file + ".d", withIntermediateDirectories: false)
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        for (name, text) in dropIns {
            try text.write(toFile: "\(file).d/\(name)", atomically: false, encoding: .utf8)
        }
        let registry = try Registry(BuiltIn.plugins + [Registration(Mailer.self)])
        return try ConfigurationLoader(file: file, registry: registry).load()
    }

    private func shown(_ text: String) -> String { text.replacing(directory.path + "/", with: "") }

    @Test func behindEachValueStandsItsSource() throws {
        let configuration = try load(
            "[spool]\nwindow = 100\nsettle = \"1s\"\n",
            ["10.toml": "spool.settle = \"3s\"\n[[plugins.notifier.channel]]\ntitle = \"At the Mill\"\n"])
        let lines = shown(configuration.effectiveTOML).split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        for line in [
            "# tidingsd.toml", "# tidingsd.toml.d/10.toml", "[spool]", "window = 100 # tidingsd.toml:2",
            "settle = \"3s\" # tidingsd.toml.d/10.toml:1, over tidingsd.toml:3", "rescan = \"30s\" # default",
            "[[plugins.notifier.channel]] # tidingsd.toml.d/10.toml:2",
            "title = \"At the Mill\" # tidingsd.toml.d/10.toml:3", "kind = \"site\" # default",
            "password = { credential = \"\" } # default", "# no [[plugins.validator.severity]]",
        ] { #expect(lines.contains(line), "\(line)") }
    }

    @Test func whatIsPrintedIsAConfigurationThatSaysTheSame() throws {
        let text = """
            [service]
            log = "json"
            [pipeline]
            stages = ["validator", "archiver"]
            [plugins.mailer]
            password.credential = "smtp"
            [[plugins.notifier.channel]]
            title = "A \\"B\\" \\\\ \\u001b"
            directory = "/srv/a"
            [[plugins.notifier.channel]]
            [[plugins.validator.severity]]
            code = "missing-location"
            severity = "error"
            """
        let first = try load(text)
        let second = try load(first.effectiveTOML)
        let values = { (configuration: Configuration) in
            configuration.effective.flatMap(\.settings).map { "\($0.name) = \($0.setting.value)" }
        }
        #expect(values(first) == values(second))
        #expect(values(first).contains("plugins.mailer.password = { credential = \"smtp\" }"))
        #expect(second.effective.flatMap(\.settings).allSatisfy { $0.source != nil })
    }

    @Test func programsGetOneObjectASetting() throws {
        let configuration = try load("[spool]\nsettle = \"1s\"\n", ["a.toml": "[spool]\n settle = \"2s\"\n"])
        let objects = try configuration.effectiveJSON.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let settle = try #require(objects.first { $0["setting"] as? String == "spool.settle" })
        #expect(settle["value"] as? String == "2s" && settle["source"] as? String == "file")
        #expect(settle["file"] as? String == file + ".d/a.toml" && settle["line"] as? Int == 2)
        #expect(settle["column"] as? Int == 11 && settle["overrides"] as? [String] == ["\(file):2:10"])
        let batch = try #require(objects.first { $0["setting"] as? String == "pipeline.batch" })
        #expect(batch["value"] as? Int == 512 && batch["source"] as? String == "default" && batch["file"] is NSNull)
    }

    @Test func whatIsPrintedHasTheSameAnswerForFilesWithBadEvents() throws {
        let running = try load(
            "[publishers.default]\npartial = \"reject\"\n[publishers.desk]\nusers = [4711]\n"
                + "[publishers.venue]\nusers = [4712]\npartial = \"hold\"\n")
        let again = try load(running.effectiveTOML)
        for user in [4711, 4712, 4713] as [UInt32] {
            let policies = [running, again].map { $0.publishers.partial(of: $0.publishers.publisher(of: user)) }
            #expect(policies[0] == policies[1], "user \(user)")
        }
        #expect(again.publishers.partial(of: "desk") == .reject)
    }

    @Test func publishersStandWithTheOthers() throws {
        let running = try load("[publishers.desk]\nusers = [\"root\", 4711]\n")
        #expect(
            shown(running.effectiveTOML).contains(
                "\n[publishers.desk]  # tidingsd.toml:1\nusers = [\"root\", 4711] "))
        let again = try load(running.effectiveTOML)
        #expect(again.publishers.publisher(of: 4711) == "desk" && again.publishers.partial(of: "desk") == .accept)
        let change = ConfigurationChange(from: running, to: try load("publishers.desk.users = [4712]\n"))
        #expect(
            change.words.map(shown)
                == "publishers.desk.users is [4712] (tidingsd.toml:1:25) instead of [\"root\", 4711]")
        #expect(change.refusal == nil)
    }

    @Test func aReloadSaysWhatChanges() throws {
        let running = try load("[service]\nlog_level = \"debug\"\n[[plugins.notifier.channel]]\ntitle = \"A\"\n")
        let next = try load("[[plugins.notifier.channel]]\ntitle = \"B\"\n[pipeline]\nbatch = 9\n")
        let change = ConfigurationChange(from: running, to: next)
        #expect(change.refusal == nil)
        #expect(
            change.words.map(shown)
                == "service.log_level is \"info\" (the default) instead of \"debug\"; "
                + "pipeline.batch is 9 (tidingsd.toml:4:9) instead of 512; "
                + "plugins.notifier.channel[1].title is \"B\" (tidingsd.toml:2:9) instead of \"A\"")
        #expect(ConfigurationChange(from: next, to: next).words == nil)
        let without = ConfigurationChange(from: next, to: try load("[pipeline]\nbatch = 9\n"))
        #expect(without.words?.contains("plugins.notifier.channel[1].title is gone") == true)
        #expect(without.words?.hasSuffix("; and 2 more") == true)
    }

    @Test func aReloadThatCannotBeSaysWhatAndWhere() throws {
        let running = try load("")
        let next = try load(
            "[service]\nlog = \"json\"\nlog_level = \"debug\"\n", ["b.toml": "spool.window = 64\n"])
        #expect(
            ConfigurationChange(from: running, to: next).refusal.map(shown)
                == "service.log is \"json\" (tidingsd.toml:2:7) instead of \"auto\"; "
                + "spool.window is 64 (tidingsd.toml.d/b.toml:1:16) instead of 4096; "
                + "only a restart can change these: systemctl restart tidingsd")
        #expect(
            ConfigurationChange(from: next, to: running).refusal?.contains(
                "spool.window is 4096 (the default) instead of 64") == true)
    }
}
