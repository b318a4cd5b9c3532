// swift-tools-version: 6.2
import PackageDescription

/// A package of somebody else: a plugin, its tests by the conformance suite, and a daemon that has it.
let package = Package(
    name: "ledger",
    dependencies: [.package(name: "tidingsd", path: "../..")],
    targets: [
        .target(name: "LedgerPlugin", dependencies: [.product(name: "PluginKit", package: "tidingsd")]),
        .executableTarget(
            name: "ledger-tidingsd",
            dependencies: ["LedgerPlugin", .product(name: "Daemon", package: "tidingsd")]),
        .testTarget(
            name: "LedgerPluginTests",
            dependencies: ["LedgerPlugin", .product(name: "TestKit", package: "tidingsd")]),
    ]
)
