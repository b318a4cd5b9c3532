import Glibc
import PluginKit

/// `publishers.NAME.complete`: which of a publisher's files are whole lists, as patterns of their names.
struct PublisherLists: Hashable {
    /// The longest pattern, in bytes: no name of a file is longer.
    private static let longestPattern = 255
    static let key = "complete"
    static let summary =
        "Names of files that are whole lists of its events, with * and ?: a list for each pattern, and a file belongs to the "
        + "first that matches. Coming events of a list that are missing from the next one wait for a person as one item "
        + "(missing-from-list)."

    private var patterns: [String: [String]] = [:]

    /// The patterns of a publisher; nil where its section does not say.
    subscript(publisher: String) -> [String]? { patterns[publisher] }

    /// Reads the setting of a section.
    mutating func add(_ entry: SettingValue.Entry, _ name: String, _ faults: inout [SettingFault]) {
        guard case .array(let elements) = entry.value.content else {
            faults.append(
                SettingFault(
                    at: entry.value.place,
                    "publishers.\(name).complete is \(entry.value.words); write a list of names of files in brackets, such "
                        + "as [\"venue-*.ics\"]"))
            return
        }
        var read: [String] = []
        for element in elements {
            guard case .string(let pattern) = element.content else {
                faults.append(
                    SettingFault(
                        at: element.place,
                        "publishers.\(name).complete has \(element.words); write names of files, such as \"venue-*.ics\""
                    ))
                continue
            }
            if let fault = PublisherLists.fault(of: pattern, among: read) {
                faults.append(
                    SettingFault(at: element.place, "publishers.\(name).complete has \(element.words); \(fault)"))
            } else {
                read.append(pattern)
            }
        }
        patterns[name] = read
    }

    private static func fault(of pattern: String, among others: [String]) -> String? {
        if pattern.isEmpty { return "write the name of a file, or leave it out" }
        if pattern.utf8.count > longestPattern { return "no file has a name of more than \(longestPattern) bytes" }
        if pattern.utf8.contains(0) || pattern.contains("/") {
            return "the name of a file has no \"/\": leave the folder out"
        }
        return others.contains(pattern) ? "name it once" : nil
    }

    /// The first pattern that a name matches.
    static func first(of patterns: [String], matching name: [UInt8]) -> String? {
        let name = name.map { CChar(bitPattern: $0) } + [0]
        return patterns.first { fnmatch($0, name, 0) == 0 }
    }
}
