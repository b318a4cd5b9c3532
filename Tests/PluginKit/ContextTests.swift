import EventModel
import PluginKit
import Testing

private struct NoClock: ServiceClock {
    var now: Instant { Instant(microseconds: 0) }
    var uptime: Duration { .zero }
    func wait(_ duration: Duration) async throws(CancellationError) {}
}

@Suite struct ContextTests {
    private func context(_ capabilities: Set<Capability>) -> PluginContext {
        PluginContext(
            manifest: PluginManifest(name: "x", summary: "", capabilities: capabilities),
            journal: PluginJournal { _, _, _, _, _ in }, clock: NoClock(), stateDirectory: "/state/x",
            credential: { $0 == "key" ? Array("hunter2\n".utf8) : nil })
    }

    @Test func whatIsDeclaredIsGiven() throws {
        #expect(try context([.stateDirectory]).stateDirectory() == "/state/x")
    }

    @Test func aSecretIsReadByTheNameInTheSettingsAndNeverShown() throws {
        let secret = try #require(try context([.credentials]).secret(CredentialName("key")))
        #expect(secret.text == "hunter2")
        #expect(Secret(Array("x\r\n".utf8)).text == "x" && Secret([0xFF]).text == nil)
        var dumped = ""
        dump(secret, to: &dumped)
        dump([secret], to: &dumped)
        for shown in [
            "\(secret)", String(reflecting: secret), "\([secret])", String(describing: Optional(secret)), dumped,
        ] {
            #expect(!shown.contains("hunter2") && !shown.contains("104"))
        }
    }

    @Test func noNameIsNoSecretAndAMissingOneSaysTheRemedy() throws {
        #expect(try context([.credentials]).secret(CredentialName()) == nil)
        let error = #expect(throws: PluginFailure.self) {
            try context([.credentials]).secret(CredentialName("smtp-password"))
        }
        #expect(
            error?.message
                == "the credential smtp-password is not there; put LoadCredential=smtp-password:PATH into the unit "
                + "(systemctl edit tidingsd) and restart the service")
        #expect(error?.kind == .settings)
    }

    @Test func whatIsNotDeclaredIsRefusedByName() {
        let error = #expect(throws: PluginFailure.self) { try context([]).stateDirectory() }
        #expect(error?.message.contains("plugin x used state-directory without declaring it") == true)
        let secret = #expect(throws: PluginFailure.self) { try context([]).secret(CredentialName("key")) }
        #expect(secret?.message.contains("plugin x used credentials without declaring it") == true)
    }
}
