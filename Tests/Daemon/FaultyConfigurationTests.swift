import BuiltIn
import Foundation
import PluginKit
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

/// A configuration with faults, and what an administrator reads.
struct FaultyConfiguration: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: Data
    let says: [String]

    init(_ name: String, _ text: String, encoding: String.Encoding = .utf8, _ says: String...) {
        testDescription = name
        bytes = (text + "\n").data(using: encoding) ?? Data()
        self.says = says
    }
}

/// A plugin with a secret.
struct Mailer: SingleUpdatePlugin {
    struct Settings: PluginSettings {
        var password = CredentialName()
        static var schema: [Setting<Self>] { [Setting("password", \.password, "The password.")] }
    }
    static let manifest = PluginManifest(name: "mailer", summary: "Mails.", capabilities: [.credentials])
    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {}
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { .pass }
}

/// Each configuration is read by the daemon's own loader. The words are a product: each names the place and the remedy.
@Suite struct FaultyConfigurationTests {
    static let registry = Result { try Registry(BuiltIn.plugins + [Registration(Mailer.self)]) }
    private let directory = TemporaryDirectory()

    private func faults(_ bytes: Data) throws -> ConfigurationFaults? {
        let file = directory.path + "/tidingsd.toml"
        try bytes.write(to: URL(fileURLWithPath: file))
        do {
            _ = try ConfigurationLoader(file: file, registry: try Self.registry.get()).load()
            return nil
        } catch {
            return error as? ConfigurationFaults
        }
    }

    @Test(arguments: FaultyConfiguration.syntax + FaultyConfiguration.names + FaultyConfiguration.rules)
    func saysThePlaceAndTheRemedy(_ configuration: FaultyConfiguration) throws {
        let found = try #require(try faults(configuration.bytes))
        #expect(
            found.faults.map { $0.description.replacingOccurrences(of: directory.path + "/", with: "") }
                == configuration.says)
        #expect(!found.shown.contains("hunter2") && !found.json.contains("hunter2"))
    }

    @Test func thereAreFiftyAndNoneTwice() {
        let all = FaultyConfiguration.syntax + FaultyConfiguration.names + FaultyConfiguration.rules
        #expect(all.count >= 50)
        #expect(Set(all.map(\.bytes)).count == all.count)
    }

    private func shown(_ text: String) throws -> String? {
        try faults(Data(text.utf8))?.shown.replacingOccurrences(of: directory.path + "/", with: "")
    }

    @Test func peopleSeeTheLineAndAMarkBelowIt() throws {
        #expect(
            try shown("[spool]\n\twindow = 1\nsettle = \"1s\" # soon\nx = 1\n") == """
                tidingsd.toml:2:11: spool.window is the number 1; it must be from 16 to 65536
                    2 | \twindow = 1
                      | \t         ^
                tidingsd.toml:4:1: unknown setting spool.x; remove it ('tidings reference' has them all)
                    4 | x = 1
                      | ^
                """)
    }

    @Test func theMarkStandsBelowCharactersNotBytes() throws {
        let found = try #require(try shown("service = { state_directory = \"/srv/Zürich\", log = \"jurnal\" }\n"))
        let lines = found.split(separator: "\n").map(Array.init)
        let mark = try #require(lines[2].firstIndex(of: "^"))
        #expect(String(lines[1][mark...]).hasPrefix("\"jurnal\""))
    }

    @Test func ofALongLineThePartAroundTheFaultIsShown() throws {
        let stages = Array(repeating: "\"validator\"", count: 500).joined(separator: ", ")
        let found = try #require(try shown("pipeline.stages = [\(stages), 7]\n")).split(separator: "\n").map(Array.init)
        #expect(found[1].count < 120)
        let mark = try #require(found[2].firstIndex(of: "^"))
        #expect(found[1][mark] == "7")
    }

    @Test func whatStandsInTheFileCannotUpsetATerminal() throws {
        let found = try #require(try shown("[spool] # \u{9B}2J\nsettle = \"\u{1B}[2J\"\n\"a\\u001b[2J\" = 1\n"))
        #expect(!found.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) })
    }

    @Test func programsAndTheJournalGetNoLine() throws {
        let found = try #require(try faults(Data("[spool]\nwindow = 1\n".utf8)))
        #expect(found.description.split(separator: "\n").count == 1)
        #expect(
            found.json == """
                {"file":"\(directory.path)/tidingsd.toml","code":"configuration","severity":"error","field":null,"line":2,\
                "column":10,"item":null,"message":"spool.window is the number 1; it must be from 16 to 65536"}

                """)
    }
}
