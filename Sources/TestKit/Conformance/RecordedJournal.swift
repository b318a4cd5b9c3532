import PluginKit
import Synchronization

/// A journal that keeps its entries.
final class RecordedJournal: Sendable {
    struct Entry: Sendable {
        let level: JournalLevel
        let message: String
        let fields: [(String, String)]
    }

    private let entries = Mutex<[Entry]>([])

    var all: [Entry] { entries.withLock { $0 } }

    /// What a plugin writes into it.
    var plugin: PluginJournal {
        PluginJournal { level, message, fields, _, _ in
            self.entries.withLock { $0.append(Entry(level: level, message: message, fields: fields)) }
        }
    }

    /// What is wrong with the first entry that is not well-formed.
    func fault() -> String? {
        for entry in all {
            if entry.message.isEmpty { return "an entry of level \(entry.level) has no message; write a sentence" }
            for (name, _) in entry.fields where !RecordedJournal.isFieldName(name) {
                return
                    "the entry \"\(entry.message)\" has a field \"\(name)\"; a name consists of upper-case letters, digits "
                    + "and underscores, begins with a letter and has at most 64 of them"
            }
        }
        return nil
    }

    private static func isFieldName(_ name: String) -> Bool {
        guard let first = name.first, name.utf8.count <= 64 else { return false }
        return ("A"..."Z").contains(first)
            && name.allSatisfy { ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
    }
}
