import Foundation

/// The project's own files, as the rules of the house see them.
struct SourceTree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct File: CustomStringConvertible {
        let path: String
        let lines: [String]
        var description: String { path }
        /// The target it belongs to.
        var target: String { String(path.split(separator: "/")[1]) }
    }

    /// Swift files below the given folders of the root.
    static func swiftFiles(_ folders: String...) throws -> [File] {
        var files: [File] = []
        for folder in folders {
            let base = root.appendingPathComponent(folder)
            guard let paths = FileManager.default.enumerator(atPath: base.path) else { continue }
            for case let path as String in paths where path.hasSuffix(".swift") && !path.contains(".build/") {
                let text = try String(contentsOf: base.appendingPathComponent(path), encoding: .utf8)
                files.append(File(path: "\(folder)/\(path)", lines: text.components(separatedBy: "\n")))
            }
        }
        return files
    }

    /// `file:line: text` for each line that a predicate finds.
    static func lines(_ folders: [String], where isFound: ([String], Int) -> Bool) throws -> [String] {
        try folders.flatMap { try swiftFiles($0) }.flatMap { file in
            file.lines.indices.filter { isFound(file.lines, $0) }.map { "\(file.path):\($0 + 1): \(file.lines[$0])" }
        }
    }
}
