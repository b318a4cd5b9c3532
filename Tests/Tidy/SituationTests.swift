import Foundation
import Testing

/// The table of situations names tests that exist and entries that are written, and leaves no kind of entry out.
@Suite struct SituationTests {
    private struct Row: CustomStringConvertible {
        let line: Int
        let cells: [String]
        var description: String { "Situations.md:\(line)" }

        /// What stands in backquotes in a cell.
        func names(_ cell: Int) -> [String] {
            cells[cell].components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        }
    }

    private static let columns = ["situation", "the daemon", "the journal", "a person", "test"]

    private func rows() throws -> [Row] {
        try text("Sources/Daemon/Daemon.docc/Situations.md").components(separatedBy: "\n").enumerated()
            .filter { $0.element.hasPrefix("|") && !$0.element.hasPrefix("|---") }
            .map { offset, line in
                let cells = line.dropFirst().dropLast().components(separatedBy: "|")
                return Row(line: offset + 1, cells: cells.map { $0.trimmingCharacters(in: .whitespaces) })
            }
            .filter { $0.cells != Self.columns }
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: SourceTree.root.appendingPathComponent(path), encoding: .utf8)
    }

    private func messageIDs() throws -> [String] {
        try text("Sources/Systemd/MessageID.swift").components(separatedBy: "\n").compactMap {
            $0.firstMatch(of: /^    case (\w+) = "/).map { String($0.1) }
        }
    }

    /// The functions of all tests, and the commands under Deploy/.
    private func tests() throws -> Set<String> {
        var names: Set<String> = []
        for file in try SourceTree.swiftFiles("Tests") {
            for line in file.lines {
                if let match = line.firstMatch(of: /\bfunc (\w+)\(/) { names.insert(String(match.1)) }
            }
        }
        let manager = FileManager.default
        for file in try manager.contentsOfDirectory(atPath: SourceTree.root.path + "/Tests/System")
        where file.hasSuffix(".sh") {
            for line in try text("Tests/System/\(file)").components(separatedBy: "\n") {
                if let match = line.firstMatch(of: /^(test_\w+)\(\)/) { names.insert(String(match.1)) }
            }
        }
        for command in try manager.contentsOfDirectory(atPath: SourceTree.root.path + "/Deploy") {
            names.insert("Deploy/\(command)")
        }
        return names
    }

    @Test func everyRowNamesATestThatExists() throws {
        let (rows, tests) = (try rows(), try tests())
        #expect(rows.count > 40)
        for row in rows {
            guard row.cells.count == Self.columns.count else {
                #expect(Bool(false), "\(row) has \(row.cells.count) columns")
                continue
            }
            #expect(row.cells.allSatisfy { !$0.isEmpty }, "\(row) has an empty cell")
            #expect(!row.names(4).isEmpty, "\(row) names no test")
            for name in row.names(4) { #expect(tests.contains(name), "\(row) names \(name), which is no test") }
        }
    }

    @Test func everyKindOfEntryStandsInSomeRow() throws {
        let named = Set(try rows().filter { $0.cells.count == Self.columns.count }.flatMap { $0.names(2) })
        let known = Set(try messageIDs())
        // Neither says that something has happened to a delivery, the spool or the service.
        let details: Set = ["stageAnswered", "pluginMessage"]
        #expect(known.subtracting(named).subtracting(details).sorted() == [])
        let words = named.filter { $0.first?.isLowercase == true && $0.allSatisfy(\.isLetter) }
        #expect(words.subtracting(known).sorted() == [], "these are no kinds of entries")
    }
}
