import Foundation
import PluginKit
import Systemd
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

/// A plugin that cannot be built without the right secret.
private struct Vault: SingleUpdatePlugin {
    struct Settings: PluginSettings {
        var password = CredentialName()
        static var schema: [Setting<Self>] { [Setting("password", \.password, "The password.")] }
    }
    static let manifest = PluginManifest(name: "vault", summary: "Guards.", capabilities: [.credentials])
    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {
        guard try context.secret(settings.password)?.text == "hunter2" else {
            throw PluginFailure(.permanent, "this is not the secret")
        }
    }
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { .pass }
}

/// A secret is named in the configuration, laid out by the service manager, and read by the plugin.
@Suite struct SecretTests {
    private let directory = TemporaryDirectory()

    private static func build(_ directory: String) async throws {
        let file = directory + "/tidingsd.toml"
        try "pipeline.stages = [\"vault\"]\nplugins.vault.password.credential = \"smtp\"\n".write(
            toFile: file, atomically: false, encoding: .utf8)
        let registry = try Registry([Registration(Vault.self)])
        let configuration = try ConfigurationLoader(file: file, registry: registry).load()
        guard !configuration.effectiveTOML.contains("hunter2") else { exit(5) }
        _ = try await Stages.build(
            configuration, stateDirectory: directory + "/state", clock: SystemClock(),
            journal: Journal(.console, descriptor: open("/dev/null", O_WRONLY)))
    }

    @Test func aPluginReadsTheSecretThatItsSettingNames() async throws {
        try "hunter2\n".write(toFile: directory.path + "/smtp", atomically: false, encoding: .utf8)
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            setenv("CREDENTIALS_DIRECTORY", path, 1)
            try await SecretTests.build(path)
        }
    }

    @Test func aMissingSecretKeepsTheServiceFromStartingAndSaysTheRemedy() async throws {
        await #expect(processExitsWith: .success) { [path = directory.path as String] in
            setenv("CREDENTIALS_DIRECTORY", path, 1)
            do {
                try await SecretTests.build(path)
                exit(2)
            } catch let failure as PluginFailure {
                let isTold = failure.message.contains("the credential smtp is not there; put LoadCredential=smtp:PATH")
                exit(isTold && failure.kind == .settings ? 0 : 3)
            }
        }
    }
}
