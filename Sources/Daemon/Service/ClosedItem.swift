import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool

/// An update that waits in held/ for nothing any more, and has not been told of yet.
struct ClosedItem: Hashable, Sendable {
    /// Its number in the file, from 1.
    var number: Int
    /// What became of it.
    var outcome: Outcome
    /// A sentence that says why.
    var reason: String

    init(_ number: Int, _ outcome: Outcome, reason: String) {
        (self.number, self.outcome, self.reason) = (number, outcome, reason)
    }

    /// Reads one back as ``note(_:name:)`` wrote it; nil for anything else.
    init?(_ node: JSONNode) {
        guard let number = node["item"]?.integer, let outcome = node["outcome"]?.text.flatMap(Outcome.init(rawValue:))
        else { return nil }
        self.init(number, outcome, reason: node["reason"]?.text ?? "")
    }

    /// What active/ remembers of a file of which something waits no more, so that it outlives a kill: that, and the name as
    /// dropped.
    static func note(_ items: [ClosedItem], name: FileName?) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("fileBytes")
            json.array { list in for byte in name?.bytes ?? [] { list.integer(byte) } }
            json.key("closed")
            json.array { list in
                for item in items {
                    list.object { json in
                        json.key("item")
                        json.integer(item.number)
                        json.key("outcome")
                        json.string(item.outcome.rawValue)
                        json.key("reason")
                        json.string(item.reason)
                    }
                }
            }
        }
        json.newline()
        return json.bytes
    }
}

extension ItemPassage {
    /// Whether it waited for a person until there was nothing to decide any more.
    var isClosed: Bool { settled == .replaced || settled == .expired }
}

extension Passage {
    /// Whether it is told of since something of it waits no more.
    var isClosing: Bool { items.contains(where: \.isClosing) }

    /// The sentence about what waits no more: `item 3: replaced by …; 2 others wait for a person still`.
    var closingSentence: String? {
        let closing = items.indices.filter { items[$0].isClosing }
        guard let first = closing.first else { return nil }
        var sentence = items[first].reason
        if items.count > 1 { sentence = "item \(delivery.items[first].number): \(sentence)" }
        if closing.count > 1 {
            sentence +=
                "; \(closing.count - 1) more of its \(items.count) updates wait\(closing.count == 2 ? "s" : "") no more either"
        }
        let waiting = items.count { $0.outcome == .held }
        if waiting == 0 { return sentence }
        return sentence + "; \(waiting == 1 ? "another one waits" : "\(waiting) others wait") for a person still"
    }

    /// What the deciding stage has closed while it decided about this, in whatever delivery that stands.
    var replaced: [ReplacedItem] { delivery.items.flatMap { $0.facts[Replacement.self]?.items ?? [] } }
}
