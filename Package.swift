// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules: Swift 6, warnings are errors, imports say what they expose.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ dependencies: [String], path: String? = nil) -> Target {
    .target(
        name: name, dependencies: dependencies.map { .byName(name: $0) }, path: path, swiftSettings: strict)
}

func plugin(_ name: String, _ dependencies: [String]) -> Target {
    module(name, dependencies, path: "Plugins/\(name)")
}

func program(_ name: String, _ dependencies: [String]) -> Target {
    .executableTarget(name: name, dependencies: dependencies.map { .byName(name: $0) }, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [String], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies.map { .byName(name: $0) }, path: "Tests/\(name)",
        exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "tidingsd",
    products: [
        .executable(name: "tidingsd", targets: ["tidingsd"]),
        .executable(name: "tidings", targets: ["tidings"]),
        .library(name: "Daemon", targets: ["Daemon", "BuiltIn"]),
        .library(name: "PluginKit", targets: ["PluginKit", "EventModel", "Reading", "EventFormats"]),
        .library(name: "TestKit", targets: ["TestKit"]),
    ],
    targets: [
        // C libraries and the small shims that Swift needs to call them.
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CPosix"),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CToml"),
        .target(name: "CGeoNames", exclude: ["ATTRIBUTION.md", "cities.bin"]),

        // Floor 0: values and pure rules; digests, calls of the kernel and pauses, each once.
        module("EventModel", []),
        module("Primitives", ["CPosix", "CCrypto"]),
        // Floor 1: the contract, and bytes to values.
        module("PluginKit", ["EventModel", "CPosix"]),
        module("Reading", ["EventModel"]),
        module("Announcement", ["EventModel", "Reading", "CGeoNames"]),
        module("EventFormats", ["EventModel", "Reading", "Announcement", "CSimdJSON"]),
        module("CommandLineKit", ["PluginKit", "EventFormats", "CPosix"]),
        // Floor 2: the outside world.
        module("Spool", ["EventModel", "Primitives", "CPosix"]),
        module("Store", ["Primitives", "CSQLite"]),
        module("Archive", ["EventModel", "Primitives", "PluginKit", "EventFormats", "Store", "CZstd"]),
        module("Systemd", ["EventModel", "CSystemd"]),
        // Floor 3: judging and acting.
        module("Pipeline", ["EventModel", "PluginKit"]),
        plugin("Validator", ["EventModel", "PluginKit", "EventFormats"]),
        plugin("Archiver", ["EventModel", "Primitives", "PluginKit", "EventFormats", "Store", "Archive"]),
        plugin("Notifier", ["EventModel", "Primitives", "PluginKit", "EventFormats", "Store"]),
        module("Configuration", ["EventModel", "PluginKit", "Reading", "EventFormats", "Spool", "Systemd", "CToml"]),
        module("Requests", ["EventModel", "PluginKit", "EventFormats", "Pipeline"]),
        // Floors 4 to 6: composition.
        module(
            "Daemon",
            [
                "EventModel", "Primitives", "PluginKit", "Reading", "EventFormats", "CommandLineKit", "Spool",
                "Systemd", "Pipeline", "Configuration", "Requests", "CPosix",
            ]),
        module("BuiltIn", ["PluginKit", "Validator", "Archiver", "Notifier"]),
        program("tidingsd", ["Daemon", "BuiltIn"]),
        program(
            "tidings",
            [
                "EventModel", "Primitives", "PluginKit", "Reading", "EventFormats", "CommandLineKit", "Spool", "Store",
                "Archive", "Systemd", "Pipeline", "Configuration", "Requests", "Validator", "CPosix",
            ]),
        module("TestKit", ["EventModel", "Primitives", "PluginKit", "Reading", "EventFormats"]),

        tests("EventModel", ["EventModel"]),
        tests("PluginKit", ["PluginKit", "EventModel", "TestKit"]),
        tests("TestKit", ["TestKit", "PluginKit", "EventModel"]),
        tests("Reading", ["Reading"]),
        tests("Announcement", ["Announcement", "Reading", "EventModel"]),
        tests("EventFormats", ["EventFormats", "Reading", "EventModel"]),
        tests("Primitives", ["Primitives"]),
        tests("Spool", ["Spool", "Primitives", "EventModel", "CPosix"]),
        tests("Store", ["Store", "CSQLite"]),
        tests("Systemd", ["Systemd"]),
        tests("Pipeline", ["Pipeline", "PluginKit", "EventModel", "TestKit"]),
        tests("Validator", ["Validator", "PluginKit", "EventModel", "Reading", "EventFormats", "TestKit"]),
        tests(
            "Archiver",
            [
                "Archive", "Archiver", "Primitives", "PluginKit", "EventModel", "Reading", "EventFormats", "Store",
                "TestKit",
            ]),
        tests("Notifier", ["Notifier", "PluginKit", "EventModel", "EventFormats", "Store", "TestKit", "CSQLite"]),
        tests(
            "Daemon",
            [
                "Daemon", "CommandLineKit", "Configuration", "Requests", "Spool", "Systemd", "Pipeline", "BuiltIn",
                "PluginKit", "Primitives", "EventModel", "Reading", "EventFormats", "TestKit",
            ]),
        tests(
            "Tidings",
            [
                "tidings", "Archive", "Archiver", "CommandLineKit", "Configuration", "Daemon", "EventFormats",
                "EventModel", "PluginKit", "Primitives", "Reading", "Requests", "Spool", "TestKit",
            ], exclude: ["Help"]),
        tests(
            "Corpora",
            [
                "Archive", "BuiltIn", "CommandLineKit", "Configuration", "Daemon", "EventFormats", "EventModel",
                "PluginKit", "Reading", "Systemd", "TestKit", "Validator",
            ]),
        .executableTarget(
            name: "journal-probe", dependencies: ["Systemd"], path: "Tests/System/JournalProbe",
            swiftSettings: strict),
        .executableTarget(
            name: "trouble-daemon", dependencies: ["BuiltIn", "Daemon", "PluginKit"],
            path: "Tests/System/TroubleDaemon", swiftSettings: strict),
        .testTarget(
            name: "SystemTests", path: "Tests/System",
            exclude: [
                "JournalProbe", "TroubleDaemon", "await-text", "await-values", "boot", "driver", "lib.sh",
                "10-install.sh",
                "15-tour.sh",
                "20-rights.sh", "30-journal.sh", "40-service.sh", "45-commands.sh", "47-decisions.sh",
                "48-stories.sh", "50-reload.sh",
                "55-resources.sh", "60-crash.sh", "65-trouble.sh", "66-notices.sh", "67-hostile.sh", "70-stop.sh",
                "80-configuration.sh",
                "90-uninstall.sh",
            ],
            sources: ["DeployTests.swift"], swiftSettings: strict),
        tests(
            "Simulator",
            [
                "CommandLineKit", "Configuration", "Daemon", "EventModel", "Pipeline", "PluginKit", "Primitives",
                "Requests",
                "Spool",
                "Systemd", "TestKit",
            ]),
        tests("Tidy", []),
    ],
    cLanguageStandard: .gnu17,
    cxxLanguageStandard: .gnucxx17
)
