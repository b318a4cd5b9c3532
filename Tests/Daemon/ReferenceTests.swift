import BuiltIn
import Foundation
import PluginKit
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

/// Config/tidingsd.toml and Deploy/man/tidingsd.toml.5 are made from the settings' own declarations.
@Suite struct ReferenceTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(arguments: [("Config/tidingsd.toml", ReferenceForm.toml), ("Deploy/man/tidingsd.toml.5", .man)])
    func whatIsShippedIsTheReference(path: String, form: ReferenceForm) throws {
        let shipped = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
        #expect(Configuration.reference(try Registry(BuiltIn.plugins), as: form) == shipped, "run Deploy/generate")
    }

    /// The settings of everything that is built in, by their full names.
    private func names(_ registry: Registry) -> [String] {
        ReferenceSection.all(registry).flatMap { section in
            section.settings.flatMap { setting in
                ["\(section.name).\(setting.key)"] + (setting.nested ?? []).map(\.key)
            }
        }
    }

    @Test func everyFormHasEverySettingWithItsSentence() throws {
        let registry = try Registry(BuiltIn.plugins)
        #expect(names(registry).count > 40)
        for section in ReferenceSection.all(registry) {
            for setting in section.settings + section.settings.flatMap({ $0.nested ?? [] }) {
                for form in ReferenceForm.allCases {
                    let text = Configuration.reference(registry, as: form).replacing("\\-", with: "-")
                    #expect(text.contains(setting.key))
                    let words = text.split { $0.isWhitespace || $0 == "#" }.joined(separator: " ")
                    #expect(words.contains(setting.summary), "\(form): \(setting.summary)")
                }
            }
        }
    }

    @Test func theTextFitsATerminal() throws {
        let registry = try Registry(BuiltIn.plugins + [Registration(Mailer.self)])
        let text = Configuration.reference(registry, as: .text)
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(text.contains("\n[plugins.mailer]\n  Mails.\n\n  password = { credential = \"\" }\n"))
    }

    @Test func programsGetOneObjectASetting() throws {
        let registry = try Registry(BuiltIn.plugins + [Registration(Mailer.self)])
        let objects = try ReferenceText(registry).json.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(objects.count == names(registry).count)
        let settle = try #require(objects.first { $0["setting"] as? String == "spool.settle" })
        #expect(settle["default"] as? String == "2s" && settle["secret"] as? Bool == false)
        let stages = objects.first { $0["setting"] as? String == "pipeline.stages" }
        #expect(stages?["default"] as? [String] == ["validator", "archiver", "notifier"])
        let title = objects.first { $0["setting"] as? String == "plugins.notifier.channel[].title" }
        #expect(title?["default"] as? String == "Events")
        let password = objects.first { $0["setting"] as? String == "plugins.mailer.password" }
        #expect(password?["default"] as? [String: String] == ["credential": ""] && password?["secret"] as? Bool == true)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/mandoc"), "mandoc is not installed"))
    func theManualPageHasNoFaults() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/mandoc")
        process.arguments = [
            "-T", "lint", "-W", "warning", Self.root.appendingPathComponent("Deploy/man/tidingsd.toml.5").path,
        ]
        process.environment = [:]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(said == "" && process.terminationStatus == 0)
    }

    @Test func theReferenceIsAConfigurationThatIsGoodAndSaysTheDefaults() throws {
        let directory = TemporaryDirectory()
        let registry = try Registry(BuiltIn.plugins)
        let lines = Configuration.reference(registry).split(separator: "\n", omittingEmptySubsequences: false)
        let uncommented = lines.map { line in
            let isSetting = line.hasPrefix("# ") && line.dropFirst(2).first?.isLowercase == true && line.contains(" = ")
            return isSetting ? line.dropFirst(2) : line
        }
        #expect(uncommented.count { $0.first?.isLowercase == true } > 20)
        let file = directory.path + "/tidingsd.toml"
        try uncommented.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
        let configuration = try ConfigurationLoader(file: file, registry: registry).load()
        #expect(configuration.spool.settle == SpoolSettings().settle)
        #expect(configuration.pipeline.stages == PipelineSettings().stages)
    }
}
