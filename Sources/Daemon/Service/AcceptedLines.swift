import EventFormats
import EventModel
import Pipeline
import PluginKit

/// What submitters are told of accepted deliveries of a batch: a line each, written at once.
struct AcceptedLines {
    private struct Key: Hashable {
        let user: UInt32
        let day: LocalDate
    }

    private var lines: [Key: [UInt8]] = [:]

    /// Adds the line of a delivery.
    mutating func add(_ passage: Passage, at now: Instant) {
        guard let day = now.date else { return }
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.key("time")
            json.string(now.description)
            json.key("delivery")
            json.string(passage.delivery.id.description)
            json.key("file")
            json.string(String(decoding: passage.delivery.file, as: UTF8.self))
            json.key("sha256")
            json.string(passage.delivery.sha256)
            json.key("outcome")
            json.string(passage.outcome.rawValue)
            json.key("message")
            json.string(passage.sentence)
            // Those that the message may name, and that are not among the updates below.
            let changed = Set(
                zip(passage.delivery.items, passage.items).filter { $1.outcome == .accepted }.map(\.0.update.uid))
            let others = passage.named.filter { !changed.contains($0) }
            if !others.isEmpty {
                json.key("others")
                json.array { list in for uid in others { list.string(uid) } }
            }
            json.key("updates")
            json.array { list in
                for (item, passed) in zip(passage.delivery.items, passage.items) where passed.outcome == .accepted {
                    list.object { json in
                        json.key("item")
                        json.integer(item.number)
                        json.key("uid")
                        json.string(item.update.uid)
                        if let intent = passed.intent {
                            json.key("intent")
                            json.string(intent.rawValue)
                        }
                    }
                }
            }
        }
        json.newline()
        let key = Key(user: passage.delivery.submitter, day: day)
        lines[key, default: []] += json.bytes
    }

    /// Hands over what each user is to find, and of which day.
    func forEachUser<E: Error>(_ body: (UInt32, LocalDate, [UInt8]) throws(E) -> Void) throws(E) {
        for (key, bytes) in lines { try body(key.user, key.day, bytes) }
    }
}
