import PluginKit
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

private protocol Silent: SingleUpdatePlugin where Settings == NoSettings {
    init()
}

extension Silent {
    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { self.init() }
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { .pass }
}

private struct Cashier: Silent {
    static let manifest = PluginManifest(name: "cashier", summary: "Adds prices.", provides: ["shop.price"])
}

private struct Haggler: Silent {
    static let manifest = PluginManifest(name: "haggler", summary: "Adds prices.", provides: ["shop.price"])
}

private struct Nameless: Silent {
    static let manifest = PluginManifest(name: "Name Less", summary: "Has no name.")
}

private struct SecretSettings: PluginSettings {
    var token = CredentialName()
    static var schema: [Setting<Self>] { [Setting("token", \.token, "The token.")] }
}

private struct Blabber: SingleUpdatePlugin {
    static let manifest = PluginManifest(name: "blabber", summary: "Has a secret.")
    init(settings: SecretSettings, context: PluginContext) async throws(PluginFailure) {}
    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer { .pass }
}

@Suite struct RegistryTests {
    @Test func aSecretThatThePluginMayNotReadIsAFaultOfTheProgram() {
        let error = #expect(throws: RegistryFault.self) { try Registry([Registration(Blabber.self)]) }
        #expect(
            error?.description
                == "plugin \"blabber\" has the setting token, which names a credential; add credentials to the "
                + "capabilities of its manifest")
    }

    @Test func aManifestThatIsNotValidIsAFaultOfTheProgram() {
        let error = #expect(throws: RegistryFault.self) { try Registry([Registration(Nameless.self)]) }
        #expect(
            error?.description
                == "the manifest of plugin \"Name Less\" is not valid: the name is \"Name Less\"; write 1 to "
                + "64 lower-case letters, digits and hyphens, a letter first")
    }

    @Test func aFactHasOneProviderInAPipeline() throws {
        let registry = try Registry([Registration(Cashier.self), Registration(Haggler.self)])
        #expect(registry.faults(ofPipeline: ["cashier"]).map(\.message) == [])
        #expect(
            registry.faults(ofPipeline: ["cashier", "haggler"]).map(\.message) == [
                "stages \"cashier\" and \"haggler\" both provide the fact shop.price; keep one of them"
            ])
    }
}
