import EventModel

/// What is held against a file of active/.
public struct Suspicion: Hashable, Sendable {
    /// At how many ends of the process it was alone in work.
    public var ends: Int
    /// Marks of the events it speaks of; nil where it was not read before an end, or speaks of too many.
    public var events: Set<UInt64>?

    /// Events of one file that are noted.
    static let mostEvents = 64
}

/// What `active/.alone` says: a line `ID ENDS` for each file, with `EVENT,EVENT,` behind it where its events are known.
struct AloneMark {
    private var entries: [(id: DeliveryID, suspicion: Suspicion)] = []

    /// Reads a mark. Of two lines about one file the first counts: an end may have left the rest of an older text.
    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard (2...3).contains(words.count), let id = DeliveryID(words[0]), let ends = Int(words[1]),
                self[id] == nil
            else { continue }
            entries.append((id, Suspicion(ends: ends, events: words.dropFirst(2).first.flatMap(AloneMark.events))))
        }
    }

    private static func events(_ word: String) -> Set<UInt64>? {
        guard word.hasSuffix(",") else { return nil }
        return Set(word.split(separator: ",").compactMap { UInt64($0, radix: 16) })
    }

    var ids: [DeliveryID] { entries.map(\.id) }

    subscript(id: DeliveryID) -> Suspicion? { entries.first { $0.id == id }?.suspicion }

    mutating func suspect(_ id: DeliveryID) {
        if self[id] == nil { entries.append((id, Suspicion(ends: 0))) }
    }

    mutating func note(_ events: Set<UInt64>, of id: DeliveryID) {
        change(id) { $0.events = events.count > Suspicion.mostEvents ? nil : events }
    }

    mutating func remove(_ id: DeliveryID) { entries.removeAll { $0.id == id } }

    /// Takes back what was counted last for a file.
    mutating func takeBack(_ id: DeliveryID) { change(id) { $0.ends = max(0, $0.ends - 1) } }

    private mutating func change(_ id: DeliveryID, _ change: (inout Suspicion) -> Void) {
        if let index = entries.firstIndex(where: { $0.id == id }) { change(&entries[index].suspicion) }
    }

    /// Counts one more for a file, which comes first from now on; gives how many there were.
    mutating func count(_ id: DeliveryID) -> Int {
        var suspicion = self[id] ?? Suspicion(ends: 0)
        let before = suspicion.ends
        suspicion.ends += 1
        remove(id)
        entries.insert((id, suspicion), at: 0)
        return before
    }

    var bytes: [UInt8] {
        Array(
            entries.map { id, suspicion in
                let events = suspicion.events.map { " " + $0.sorted().map { String($0, radix: 16) + "," }.joined() }
                return "\(id) \(suspicion.ends)\(events == " " ? " ," : events ?? "")\n"
            }.joined().utf8)
    }
}
