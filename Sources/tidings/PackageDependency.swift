import CommandLineKit
import EventFormats
import Glibc
import PluginKit

/// Where the package of tidingsd is that a new package depends on.
struct PackageDependency {
    /// The path or the address.
    let location: String
    /// The line of the manifest.
    let declaration: String
    /// What products are asked of in the manifest.
    let identity: String

    /// Takes what was given, or finds the package above this program or above the current directory.
    init(_ given: String?) throws(Failure) {
        if let given, PackageDependency.isAddress(given) {
            location = given
            declaration = ".package(url: \(given.toml), from: \(programVersion.toml))"
            identity = PackageDependency.identity(ofAddress: given)
            return
        }
        let path = if let given { try PackageDependency.package(at: given) } else { PackageDependency.found() }
        guard let path else {
            throw Failure(
                .noInput,
                "the package of tidingsd is neither above this program nor above the current directory; "
                    + "say where it is with --tidingsd PATH-OR-URL")
        }
        location = path
        declaration = ".package(name: \"tidingsd\", path: \(path.toml))"
        identity = "tidingsd"
    }

    private static func isAddress(_ text: String) -> Bool { text.contains("://") || text.hasPrefix("git@") }

    /// The last part of the address without its ending, in lower case, as the package manager has it.
    private static func identity(ofAddress address: String) -> String {
        let last = address.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? address
        return (last.hasSuffix(".git") ? String(last.dropLast(4)) : last).lowercased()
    }

    private static func package(at path: String) throws(Failure) -> String? {
        guard let absolute = NewFolder.absolute(path), isPackage(absolute) else {
            throw Failure(
                .noInput, "\(path.printable) holds no package of tidingsd; name the folder with its Package.swift")
        }
        return absolute
    }

    private static func found() -> String? {
        for start in ["/proc/self/exe", "."] {
            guard var folder = NewFolder.absolute(start) else { continue }
            while !folder.isEmpty {
                if isPackage(folder) { return folder }
                folder = folder.split(separator: "/").dropLast().map { "/" + $0 }.joined()
            }
        }
        return nil
    }

    private static func isPackage(_ folder: String) -> Bool {
        access("\(folder)/Package.swift", R_OK) == 0 && access("\(folder)/Sources/PluginKit/Plugin.swift", R_OK) == 0
    }
}
