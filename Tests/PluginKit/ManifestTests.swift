import EventModel
import PluginKit
import Testing

@Suite struct ManifestTests {
    @Test func aValidManifestHasNoFaults() {
        let manifest = PluginManifest(
            name: "price-2", summary: "Adds prices.", provides: ["shop.price"], requires: [Resolution.name])
        #expect(manifest.faults == [])
        #expect(
            PluginManifest(name: "x", summary: "Decides.", provides: [Resolution.name], decides: true).faults == [])
    }

    private static func spoilt(_ spoil: (inout PluginManifest) -> Void) -> PluginManifest {
        var manifest = PluginManifest(name: "price", summary: "Adds prices.")
        spoil(&manifest)
        return manifest
    }

    private static let nameRule = "write 1 to 64 lower-case letters, digits and hyphens, a letter first"

    private static let invalid: [(PluginManifest, String)] = [
        (spoilt { $0.name = "Price" }, "the name is \"Price\"; \(nameRule)"),
        (spoilt { $0.name = "2nd" }, "the name is \"2nd\"; \(nameRule)"),
        (spoilt { $0.name = "" }, "the name is \"\"; \(nameRule)"),
        (
            spoilt { $0.summary = "" },
            "the summary is empty or longer than a line; say in one line what the plugin does"
        ),
        (
            spoilt { $0.summary = "One.\nTwo." },
            "the summary is empty or longer than a line; say in one line what the plugin does"
        ),
        (spoilt { $0.batchLimit = 0 }, "batchLimit is 0; a batch has at least 1 delivery"),
        (spoilt { $0.deadline = .zero }, "deadline is 0ms; it must be longer than nothing"),
        (spoilt { $0.provides = ["a.b", "a.b"] }, "provides names a.b twice; name it once"),
        (spoilt { $0.requires = ["a.b", "a.b"] }, "requires names a.b twice; name it once"),
        (
            spoilt { $0.provides = ["price"] },
            "the fact \"price\" has no name of the form publisher.name in lower-case letters"
        ),
        (
            spoilt { ($0.provides, $0.requires) = (["a.b"], ["a.b"]) },
            "the fact a.b is both provided and required; a stage requires facts of earlier stages"
        ),
        (
            spoilt { $0.provides = [Publisher.name] },
            "the fact tidings.publisher comes from the daemon; take it out of provides"
        ),
        (
            spoilt { $0.provides = [PartialPolicy.name] },
            "the fact tidings.partial comes from the daemon; take it out of provides"
        ),
        (
            spoilt { $0.requires = [Release.name] },
            "the fact tidings.release is given by the daemon where there is one; take it out of requires"
        ),
        (spoilt { $0.decides = true }, "a stage that decides provides tidings.resolution; add it to provides"),
        (
            spoilt { $0.provides = [Resolution.name] },
            "provides names tidings.resolution and decides is false; say decides: true"
        ),
    ]

    @Test(arguments: invalid) func aFaultOfTheManifestSaysTheRemedy(manifest: PluginManifest, words: String) {
        #expect(manifest.faults == [words])
    }

    @Test func aNameMayHave64BytesAndNotMore() {
        #expect(PluginManifest.isName(String(repeating: "a", count: 64)))
        #expect(!PluginManifest.isName(String(repeating: "a", count: 65)))
    }
}
