import PluginKit
import TestKit
import Testing

/// A plugin that needs a secret, as its author tests it.
private struct Courier: SingleUpdatePlugin {
    struct Settings: PluginSettings {
        var token = CredentialName()
        static var schema: [Setting<Self>] { [Setting("token", \.token, "The token of the courier.")] }
    }
    static let manifest = PluginManifest(name: "courier", summary: "Carries.", capabilities: [.credentials])
    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {
        guard try context.secret(settings.token)?.text != "" else {
            throw PluginFailure(.settings, "the token is empty; put one into the credential")
        }
    }
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { .pass }
}

@Suite struct SecretPluginTests {
    @Test func aPluginWithASecretCanKeepTheContract() async {
        var suite = PluginConformance(Courier.self, settings: Courier.Settings(token: CredentialName("token")))
        suite.credentials = ["token": Array("hunter2".utf8)]
        #expect(await suite.violations() == [])
    }

    @Test func aMissingSecretIsToldToItsAuthor() async {
        let suite = PluginConformance(Courier.self, settings: Courier.Settings(token: CredentialName("token")))
        let violations = await suite.violations()
        #expect(violations.map(\.rule) == [.initialisation])
        #expect("\(violations)".contains("put LoadCredential=token:PATH into the unit"))
    }
}
