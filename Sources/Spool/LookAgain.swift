/// Names of files that were not ready, and when to look at each again. Bounded: one that finds no room is found again
/// by a scan.
struct LookAgain: Sendable {
    private struct Entry: Sendable {
        var stillness: Stillness
        /// What spoke for its being whole when it was last looked at.
        var arrival: Arrival
        /// Monotonic nanoseconds.
        var due: Int64
        var interval: Int64
        /// Which of the notes it was.
        var number: UInt64
    }

    let capacity: Int
    private let lastInterval: Int64
    private var entries: [FileName: Entry] = [:]
    private var notes: UInt64 = 0
    /// Never later than the earliest `due` of a name that is not out.
    private(set) var nextDue: Int64?

    init(capacity: Int, to last: Duration) {
        self.capacity = capacity
        lastInterval = max(1, last.nanoseconds)
    }

    var count: Int { entries.count }

    /// What is known of a name's stillness.
    func stillness(_ name: FileName) -> Stillness? { entries[name]?.stillness }

    /// What spoke for a name's being whole.
    func arrival(_ name: FileName) -> Arrival { entries[name]?.arrival ?? .found }

    /// Whether it is too early to look at a name again.
    func isEarly(_ name: FileName, at now: Int64) -> Bool { (entries[name]?.due ?? now) > now }

    /// Notes a look in vain. Looking becomes rarer while the same file stays as it is.
    ///
    /// - Parameter first: Nanoseconds after which to look at it again, the first time.
    mutating func note(
        _ name: FileName, _ stillness: Stillness, _ arrival: Arrival, at now: Int64, after first: Int64
    ) {
        let first = max(1, first)
        notes += 1
        var entry = Entry(
            stillness: stillness, arrival: arrival, due: now &+ first, interval: first, number: notes)
        if let before = entries[name] {
            if before.stillness == stillness {
                let interval = max(before.interval, first)
                entry.due = now &+ interval
                entry.interval = max(first, min(interval &* 2, lastInterval))
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

    /// The names that are due, in the order in which they were noted. Each is to be noted again or forgotten, or left to the next scan.
    mutating func due(at now: Int64) -> [FileName] {
        guard let next = nextDue, next <= now else { return [] }
        var due: [(name: FileName, number: UInt64)] = []
        nextDue = nil
        for (name, entry) in entries where entry.due != LookAgain.isOut {
            if entry.due <= now {
                due.append((name, entry.number))
            } else {
                nextDue = min(nextDue ?? entry.due, entry.due)
            }
        }
        due.sort { $0.number < $1.number }
        for (name, _) in due { entries[name]?.due = LookAgain.isOut }
        return due.map(\.name)
    }

    private static let isOut = Int64.min
}
