/// Names of files that were not ready, and when to look at each again. Bounded: one that finds no room is found again
/// by a scan.
struct LookAgain: Sendable {
    private struct Entry: Sendable {
        var stillness: Stillness
        /// Monotonic nanoseconds.
        var due: Int64
        var interval: Int64
    }

    let capacity: Int
    private let firstInterval: Int64
    private let lastInterval: Int64
    private var entries: [FileName: Entry] = [:]
    /// Never later than the earliest `due` of a name that is not out.
    private(set) var nextDue: Int64?

    init(capacity: Int, from first: Duration, to last: Duration) {
        self.capacity = capacity
        firstInterval = max(1, first.nanoseconds)
        lastInterval = max(firstInterval, last.nanoseconds)
    }

    var count: Int { entries.count }

    /// What is known of a name's stillness.
    func stillness(_ name: FileName) -> Stillness? { entries[name]?.stillness }

    /// Whether it is too early to look at a name again.
    func isEarly(_ name: FileName, at now: Int64) -> Bool { (entries[name]?.due ?? now) > now }

    /// Notes a look in vain. Looking becomes rarer while the same file stays as it is.
    mutating func note(_ name: FileName, _ stillness: Stillness, at now: Int64) {
        var entry = Entry(stillness: stillness, due: now &+ firstInterval, interval: firstInterval)
        if let before = entries[name] {
            if before.stillness == stillness {
                entry.due = now &+ before.interval
                entry.interval = min(before.interval &* 2, lastInterval)
            }
        } else if entries.count >= capacity {
            return
        }
        entries[name] = entry
        nextDue = min(nextDue ?? entry.due, entry.due)
    }

    /// Forgets a name.
    mutating func forget(_ name: FileName) {
        if !entries.isEmpty { entries[name] = nil }
        if entries.isEmpty { nextDue = nil }
    }

    /// The names that are due. Each is to be noted again or forgotten, or left to the next scan.
    mutating func due(at now: Int64) -> [FileName] {
        guard let next = nextDue, next <= now else { return [] }
        var names: [FileName] = []
        nextDue = nil
        for (name, entry) in entries where entry.due != LookAgain.isOut {
            if entry.due <= now {
                names.append(name)
            } else {
                nextDue = min(nextDue ?? entry.due, entry.due)
            }
        }
        for name in names { entries[name]?.due = LookAgain.isOut }
        return names
    }

    private static let isOut = Int64.min
}
