// swift-tools-version: 6.2
import PackageDescription

/// The fuzzer of the readers, a package of its own: libFuzzer brings its own `main`, and everything below is built with
/// its counters. `Tests/Rigs/fuzz` builds and runs it.
let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "tidingsd", path: "../../..")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                .product(name: "PluginKit", package: "tidingsd"), .product(name: "Daemon", package: "tidingsd"),
            ],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ]
)
