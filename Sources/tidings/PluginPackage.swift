import PluginKit

/// The files of a new package.
struct PluginPackage {
    let name: PluginName
    let dependency: PackageDependency
    /// Its absolute path.
    let directory: String

    struct File {
        let path: String
        let text: String
    }

    var files: [File] {
        [
            File(path: "Package.swift", text: manifest),
            File(path: "README.md", text: readme),
            File(path: ".gitignore", text: ".build/\n"),
            File(path: "private/.gitignore", text: "*\n"),
            File(path: "tidingsd.toml", text: configuration),
            File(path: "Sources/\(name.type)/\(name.type).swift", text: plugin),
            File(path: "Sources/\(name.type)/\(name.settings).swift", text: settings),
            File(path: "Sources/\(name.daemon)/main.swift", text: daemon),
            File(path: "Tests/\(name.type)Tests/\(name.type)Tests.swift", text: tests),
        ]
    }

    private func imports(_ modules: String...) -> String {
        modules.map { "import \($0)" }.joined(separator: "\n")
    }

    private var manifest: String {
        """
        // swift-tools-version: 6.2
        \(imports("PackageDescription"))

        let package = Package(
            name: "\(name.text)",
            products: [.library(name: "\(name.type)", targets: ["\(name.type)"])],
            dependencies: [\(dependency.declaration)],
            targets: [
                .target(
                    name: "\(name.type)", dependencies: [.product(name: "PluginKit", package: "\(dependency.identity)")]),
                .executableTarget(
                    name: "\(name.daemon)",
                    dependencies: ["\(name.type)", .product(name: "Daemon", package: "\(dependency.identity)")]),
                .testTarget(
                    name: "\(name.type)Tests",
                    dependencies: ["\(name.type)", .product(name: "TestKit", package: "\(dependency.identity)")]),
            ]
        )

        """
    }

    private var plugin: String {
        """
        public import PluginKit

        /// Rejects updates whose headline is too short.
        public struct \(name.type): SingleUpdatePlugin {
            /// What the plugin is called and what it needs.
            public static let manifest = PluginManifest(
                name: "\(name.text)", summary: "Rejects updates whose headline is too short.")

            private let settings: \(name.settings)

            /// Opens what the plugin needs: nothing, so far.
            public init(settings: \(name.settings), context: PluginContext) async throws(PluginFailure) {
                self.settings = settings
            }

            /// Judges one update. A dropped file may hold several: each gets an answer of its own.
            public func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
                let headline = item.update.name.text
                if headline.split(separator: " ").count >= settings.leastWords { return .pass }
                return Answer(
                    .reject,
                    reason: "the headline \\"\\(headline)\\" has too few words; write at least \\(settings.leastWords)")
            }
        }

        """
    }

    private var settings: String {
        """
        public import PluginKit

        /// The plugin's part of the configuration, `[plugins.\(name.text)]`.
        public struct \(name.settings): PluginSettings {
            /// Words that a headline has at least.
            public var leastWords = 2

            /// All defaults.
            public init() {}

            /// The settings, in the order of the reference.
            public static var schema: [Setting<Self>] {
                [Setting("least_words", \\.leastWords, in: 1...100, "Words that a headline has at least.")]
            }
        }

        """
    }

    private var daemon: String {
        """
        \(imports("BuiltIn", "Daemon", "PluginKit", name.type))

        // tidingsd with the plugins that it ships and this one.
        DaemonProgram.run(plugins: BuiltIn.plugins + [Registration(\(name.type).self)])

        """
    }

    private var tests: String {
        """
        \(imports("PluginKit", "TestKit", "Testing"))

        @testable \(imports(name.type))

        @Suite struct \(name.type)Tests {
            @Test func thePluginKeepsTheContract() async {
                let violations = await PluginConformance(\(name.type).self).violations()
                #expect(violations == [])
            }

            @Test(arguments: [("Fair", Verdict.reject), ("Village Fair", .pass)])
            func aShortHeadlineIsRejected(headline: String, verdict: Verdict) async throws {
                let file = "{\\"@type\\": \\"Event\\", \\"identifier\\": \\"fair\\", \\"name\\": \\"\\(headline)\\"}"
                let answers = try await PluginBench(\(name.type).self).answers(to: file)
                #expect(answers.map(\\.verdict) == [verdict])
            }
        }

        """
    }

    private var configuration: String {
        """
        # A private service for trying the plugin out. The paths are absolute: change them when the package moves.

        [service]
        state_directory = \("\(directory)/private/state".toml)
        log = "console"

        [spool]
        directory = \("\(directory)/private/spool".toml)

        [pipeline]
        stages = ["validator", "\(name.text)", "archiver", "notifier"]

        [plugins.\(name.text)]
        least_words = 2

        """
    }

    private var readme: String {
        """
        # \(name.text)

        A plugin for tidingsd.

            swift test                                                         # the tests, with the contract's own suite
            swift run \(name.daemon) --config tidingsd.toml --create-spool --once
            swift build -c release --static-swift-stdlib                       # the daemon to install

        The second command makes a private spool under `private/`, works off what was dropped into
        `private/spool/incoming/`, and ends. `Sources/\(name.type)` holds the plugin and its settings,
        `Sources/\(name.daemon)` the daemon: tidingsd with this plugin added to its list.

        """
    }
}
