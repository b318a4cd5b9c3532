import BuiltIn
import Daemon
import Foundation
import PluginKit
import TestKit
import Testing

/// Config/tidingsd.toml is made from the settings' own declarations. After a change of one, run this test with
/// TIDINGS_WRITE_REFERENCE=1 to write the file anew.
@Suite struct ReferenceTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private let shipped = root.appendingPathComponent("Config/tidingsd.toml")

    @Test func theShippedConfigurationIsTheReference() throws {
        let reference = Configuration.reference(try Registry(BuiltIn.plugins))
        if ProcessInfo.processInfo.environment["TIDINGS_WRITE_REFERENCE"] == "1" {
            try reference.write(to: shipped, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: shipped, encoding: .utf8) == reference)
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
