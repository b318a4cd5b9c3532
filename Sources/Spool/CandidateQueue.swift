/// A dropped file that is to be claimed.
struct Candidate: Hashable, Sendable {
    let name: FileName
    /// The numeric user id of its owner.
    let submitter: UInt32
    /// ctime, nanoseconds since the epoch.
    let changedAt: Int64
    var arrival: Arrival
}

/// A bounded window of candidates: submitters take turns, each one's files in the order of ctime. No submitter has more
/// than a share of it, and when it is full the one with most files gives way, so that nobody's flood keeps another's
/// file out.
struct CandidateQueue: Sendable {
    private struct Waiting: Sendable {
        let candidate: Candidate
        let order: UInt64
        static func before(_ a: Waiting, _ b: Waiting) -> Bool {
            (a.candidate.changedAt, a.order) < (b.candidate.changedAt, b.order)
        }
    }

    let capacity: Int
    /// Candidates of one submitter, at most.
    let share: Int
    private var bySubmitter: [UInt32: Heap<Waiting>] = [:]
    private var turns: [UInt32] = []
    private var turn = 0
    private var known: [FileName: Arrival] = [:]
    private var arrivals: UInt64 = 0

    init(capacity: Int, share: Int) {
        self.capacity = max(1, capacity)
        self.share = max(1, share)
    }

    var count: Int { known.count }
    var isEmpty: Bool { known.isEmpty }

    /// Whether that name waits already.
    func holds(_ name: FileName) -> Bool { known[name] != nil }

    /// How many files of a submitter wait.
    func count(of submitter: UInt32) -> Int { bySubmitter[submitter]?.count ?? 0 }

    /// Whether a submitter has its whole share.
    func isShareUsed(by submitter: UInt32) -> Bool { count(of: submitter) >= share }

    /// Adds a candidate, or strengthens the arrival of one that waits already.
    ///
    /// - Returns: False if a file had to be left out, this one or another.
    mutating func insert(_ candidate: Candidate) -> Bool {
        if let before = known[candidate.name] {
            if candidate.arrival > before { known[candidate.name] = candidate.arrival }
            return true
        }
        if isShareUsed(by: candidate.submitter) { return false }
        let isFull = count >= capacity
        if isFull && !makeRoom(for: candidate.submitter) { return false }
        known[candidate.name] = candidate.arrival
        arrivals += 1
        if bySubmitter[candidate.submitter] == nil { turns.append(candidate.submitter) }
        bySubmitter[candidate.submitter, default: Heap(before: Waiting.before)]
            .insert(Waiting(candidate: candidate, order: arrivals))
        return !isFull
    }

    private mutating func makeRoom(for submitter: UInt32) -> Bool {
        guard let largest = bySubmitter.max(by: { $0.value.count < $1.value.count }),
            largest.value.count > count(of: submitter) + 1,
            let removed = bySubmitter[largest.key]?.removeLast()
        else { return false }
        known[removed.candidate.name] = nil
        return true
    }

    /// Takes the candidate whose turn it is.
    mutating func next() -> Candidate? {
        guard !turns.isEmpty else { return nil }
        if turn >= turns.count { turn = 0 }
        let submitter = turns[turn]
        guard var candidate = bySubmitter[submitter]?.removeFirst()?.candidate else { return nil }
        if bySubmitter[submitter]?.count == 0 {
            bySubmitter[submitter] = nil
            turns.remove(at: turn)
        } else {
            turn += 1
        }
        if let arrival = known.removeValue(forKey: candidate.name) { candidate.arrival = arrival }
        return candidate
    }
}

/// A binary heap: the first by `before` comes out first.
struct Heap<Element: Sendable>: Sendable {
    private var elements: [Element] = []
    private let before: @Sendable (Element, Element) -> Bool

    init(before: @escaping @Sendable (Element, Element) -> Bool) { self.before = before }

    var count: Int { elements.count }
    var first: Element? { elements.first }

    mutating func insert(_ element: Element) {
        elements.append(element)
        var child = elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if !before(elements[child], elements[parent]) { break }
            elements.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() -> Element? {
        guard let last = elements.popLast() else { return nil }
        guard let first = elements.first else { return last }
        elements[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            if child >= elements.count { break }
            if child + 1 < elements.count && before(elements[child + 1], elements[child]) { child += 1 }
            if !before(elements[child], elements[parent]) { break }
            elements.swapAt(child, parent)
            parent = child
        }
        return first
    }

    /// Takes the element that was least work to take: one of the later ones.
    mutating func removeLast() -> Element? { elements.popLast() }

    /// All elements, first ones first.
    consuming func sorted() -> [Element] { elements.sorted(by: before) }
}
