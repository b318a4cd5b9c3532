import Foundation
import PluginKit
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

private struct ReaderSettings: PluginSettings {
    var limit = 3
    static var schema: [Setting<Self>] { [Setting("limit", \.limit, in: 1...9, "A limit.")] }
}

private struct Reader: SingleUpdatePlugin {
    static let manifest = PluginManifest(name: "reader", summary: "Reads.", provides: ["x.read"])
    init(settings: ReaderSettings, context: PluginContext) async throws(PluginFailure) {}
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { .pass }
}

private struct Writer: SingleUpdatePlugin {
    static let manifest = PluginManifest(name: "writer", summary: "Writes.", requires: ["x.read"])
    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {}
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { .pass }
}

@Suite struct ConfigurationTests {
    private let directory = TemporaryDirectory()

    private func load(_ text: String, dropIns: [String: String] = [:]) throws -> Configuration {
        let file = directory.path + "/tidingsd.toml"
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        for (name, text) in dropIns {
            try FileManager.default.createDirectory(atPath: file + ".d", withIntermediateDirectories: true)
            try text.write(toFile: "\(file).d/\(name)", atomically: false, encoding: .utf8)
        }
        let registry = try Registry([Registration(Reader.self), Registration(Writer.self)])
        return try ConfigurationLoader(file: file, registry: registry).load()
    }

    private func faults(_ text: String) throws -> [String] {
        do {
            _ = try load("[pipeline]\nstages = [\"reader\"]\n" + text)
            return []
        } catch let error as ConfigurationFaults {
            return error.faults.map { $0.description.replacingOccurrences(of: directory.path + "/", with: "") }
        }
    }

    @Test func theDefaultsHoldWhereNothingIsSaid() throws {
        let configuration = try load("[pipeline]\nstages = [\"reader\", \"writer\"]\n")
        #expect(configuration.spool.directory == "/var/spool/tidingsd")
        #expect(configuration.spool.settle == .seconds(2))
        #expect(configuration.spool.maxFileBytes == .mebibytes(8))
        #expect(configuration.stages.map(\.manifest.name) == ["reader", "writer"])
        #expect(configuration.stateDirectory(environment: [:]) == "/var/lib/tidingsd")
        #expect(configuration.stateDirectory(environment: ["STATE_DIRECTORY": "/x:/y"]) == "/x")
    }

    @Test func dropInsOverrideKeyByKeyInTheOrderOfTheirNames() throws {
        let configuration = try load(
            "[pipeline]\nstages = [\"reader\"]\n[spool]\nsettle = \"1s\"\nwindow = 100\n",
            dropIns: ["20.toml": "[spool]\nsettle = \"3s\"\n", "10.toml": "[spool]\nsettle = \"2s\"\n", "x.txt": "?"])
        #expect(configuration.spool.settle == .seconds(3))
        #expect(configuration.spool.window == 100)
        #expect(configuration.files.count == 3)
    }

    @Test(arguments: [
        ("[spol]\n", "tidingsd.toml:3:2: unknown section [spol]; did you mean [spool]?"),
        ("[spool]\nwindow = 1\n", "tidingsd.toml:4:10: spool.window is the number 1; it must be from 16 to 65536"),
        (
            "[plugins.raeder]\n",
            "tidingsd.toml:3:10: [plugins.raeder] is for no plugin of this daemon; did you mean [plugins.reader]?"
        ),
        (
            "[plugins.reader]\nlimit = 10\n",
            "tidingsd.toml:4:9: plugins.reader.limit is the number 10; it must be from 1 to 9"
        ),
        (
            "[spool]\ndirectory = \"spool\"\n",
            "tidingsd.toml:4:13: spool.directory is \"spool\"; write an absolute path, such as \"/var/spool/tidingsd\""
        ),
    ]) func aFaultNamesFileLineColumnAndRemedy(text: String, words: String) throws {
        #expect(try faults(text) == [words])
    }

    @Test func aFaultOfSyntaxNamesItsPlace() throws {
        let found = try faults("[spool\n")
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("tidingsd.toml:3:"))
    }

    @Test func allFaultsOfAllSectionsComeAtOnce() throws {
        #expect(try faults("[service]\nlogg = 1\n[spool]\nwindow = 1\nsettle = 3\n").count == 3)
    }

    @Test(arguments: [
        (
            ["writer"],
            "stage \"writer\" requires the fact x.read, which no earlier stage provides; put \"reader\" before it"
        ),
        (["reader", "reader"], "pipeline.stages names \"reader\" twice; a plugin has one place"),
        (
            ["raeder"],
            "pipeline.stages names \"raeder\", which is no plugin of this daemon (reader, writer); did you mean \"reader\"?"
        ),
        ([], "pipeline.stages is empty; name at least one plugin"),
    ]) func aPipelineThatCannotWorkIsRefused(stages: [String], words: String) throws {
        let error = #expect(throws: ConfigurationFaults.self) { try load("[pipeline]\nstages = \(stages)\n") }
        #expect(error?.faults.map(\.message) == [words])
    }

    @Test func twoPluginsOfOneNameAreAFaultOfTheProgram() {
        let error = #expect(throws: RegistryFault.self) {
            try Registry([Registration(Reader.self), Registration(Reader.self)])
        }
        #expect(error?.description == "two plugins are called \"reader\"; rename one in its manifest")
    }
}
