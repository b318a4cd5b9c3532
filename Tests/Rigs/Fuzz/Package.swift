// swift-tools-version: 6.2
import PackageDescription

/// The fuzzers of the readers, a package of its own: libFuzzer brings its own `main`, and everything below is built with
/// its counters. `Tests/Rigs/fuzz` builds and runs them.
let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "tidingsd", path: "../../..")],
    targets: [
        .target(name: "Fuzzing", swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
        .executableTarget(
            name: "FuzzReaders",
            dependencies: ["Fuzzing", .product(name: "PluginKit", package: "tidingsd")],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
        .executableTarget(
            name: "FuzzDaemon",
            dependencies: ["Fuzzing", .product(name: "Daemon", package: "tidingsd")],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    ]
)
