import Foundation
import Testing

/// Which module may import which. Nothing else is allowed, whatever the manifest would let through.
@Suite struct ImportTests {
    static let system: Set<String> = ["Glibc", "Synchronization"]

    static let allowed: [String: Set<String>] = [
        "EventModel": [],
        "Primitives": ["CPosix", "CCrypto"],
        "PluginKit": ["EventModel", "CPosix"],
        "Reading": ["EventModel"],
        "Announcement": ["EventModel", "Reading", "CGeoNames"],
        "EventFormats": ["EventModel", "Reading", "Announcement", "CSimdJSON"],
        "Spool": ["EventModel", "Primitives", "CPosix", "CACL"],
        "Store": ["Primitives", "CSQLite"],
        "Archive": ["EventModel", "Primitives", "PluginKit", "EventFormats", "Store", "CZstd"],
        "Systemd": ["EventModel", "CSystemd"],
        "Pipeline": ["EventModel", "PluginKit"],
        "Validator": ["EventModel", "PluginKit", "EventFormats"],
        "Archiver": ["EventModel", "Primitives", "PluginKit", "EventFormats", "Store", "Archive"],
        "Notifier": ["EventModel", "Primitives", "PluginKit", "EventFormats", "Store"],
        "CommandLineKit": ["PluginKit", "EventFormats", "CPosix"],
        "Configuration": ["EventModel", "PluginKit", "Reading", "EventFormats", "Spool", "Systemd", "CToml"],
        "Requests": ["EventModel", "PluginKit", "EventFormats", "Pipeline"],
        "Daemon": [
            "EventModel", "Primitives", "PluginKit", "Reading", "EventFormats", "CommandLineKit", "Spool", "Systemd",
            "Pipeline", "Configuration", "Requests", "CPosix",
        ],
        "BuiltIn": ["PluginKit", "Validator", "Archiver", "Notifier"],
        "tidingsd": ["Daemon", "BuiltIn"],
        "tidings": [
            "EventModel", "Primitives", "PluginKit", "Reading", "EventFormats", "CommandLineKit", "Spool", "Store",
            "Archive", "Systemd", "Pipeline", "Configuration", "Requests", "Validator", "CPosix",
        ],
        "TestKit": ["EventModel", "Primitives", "PluginKit", "Reading", "EventFormats"],
    ]

    @Test func importsRunDownwardsOnly() throws {
        var faults: [String] = []
        for file in try SourceTree.swiftFiles("Sources", "Plugins") {
            let allowed = try #require(Self.allowed[file.target], "\(file.target) stands in no row of the table")
            for line in file.lines {
                let words = line.split(separator: " ").map(String.init)
                guard let at = words.firstIndex(of: "import"), at <= 2, !line.hasPrefix("//") else { continue }
                guard
                    words[..<at].allSatisfy({ ["public", "package", "internal", "private", "@testable"].contains($0) })
                else { continue }
                let module = words[at + 1 == words.count - 1 ? at + 1 : at + 2].split(separator: ".")[0]
                if !allowed.contains(String(module)), !Self.system.contains(String(module)) {
                    faults.append("\(file.path) imports \(module)")
                }
            }
        }
        #expect(faults == [])
    }

    @Test func thePluginsUseThePublicContractOnly() throws {
        let shared = ["EventModel", "PluginKit", "EventFormats", "Store", "Archive", "TestKit"].map { "Sources/\($0)" }
        let found = try SourceTree.lines(["Plugins"] + shared) { lines, index in
            let line = lines[index].drop { $0 == " " }
            return line.hasPrefix("package ") || line.contains("@_spi")
        }
        #expect(found == [])
        // What the readers share among themselves is `package`, which a plugin of this package would see.
        for plugin in ["Validator", "Archiver", "Notifier"] {
            #expect(try !#require(Self.allowed[plugin]).contains("Reading"))
        }
    }
}
