import Spool

/// What several sources tell of one subject, each thing once.
struct Story {
    private(set) var entries: [Happening] = []
    /// The sources that could not be asked, and why.
    private(set) var notes: [(source: String, reason: String)] = []
    /// The deliveries that are known to have several updates.
    private var ofSeveral: Set<String> = []

    /// Adds what a source tells. One that this user may not read is noted.
    mutating func gather<E: Error>(_ source: String, _ read: () throws(E) -> [Happening]) {
        do throws(E) {
            add(try read())
        } catch {
            let reason = (error as? Failure)?.message ?? (error as? SpoolError)?.note ?? "\(error)"
            notes.append((source, reason))
        }
    }

    /// Adds entries. Of a thing that is known already, what was missing is taken over.
    mutating func add(_ others: [Happening]) {
        for other in others where other.isOfSeveral || other.items.contains(where: { $0 > 1 }) {
            if let delivery = other.delivery { ofSeveral.insert(delivery) }
        }
        let known = entries.indices
        for other in others {
            if let index = known.last(where: { entries[$0].isSame(other, isOfSeveral: isOfSeveral(other)) }) {
                entries[index].complete(from: other)
            } else {
                entries.append(other)
            }
        }
    }

    /// Whether an entry is about a delivery that is known to have several updates.
    func isOfSeveral(_ entry: Happening) -> Bool { entry.delivery.map(ofSeveral.contains) ?? false }

    /// What concerns the subject: of one update, not what became of its neighbours. What sums up a delivery of several
    /// gives way to what is known of the update itself.
    func entries(about subject: StorySubject) -> [Happening] {
        let entries = subject.item.map { item in
            self.entries.filter { $0.items.isEmpty || $0.items.contains(item) }
        }
        let concerned = entries ?? self.entries
        let told = Set(
            concerned.filter { !$0.isSummary && $0.outcome != nil && subject.isOne($0) }.compactMap(\.delivery))
        return concerned.filter { entry in
            !(entry.isSummary && isOfSeveral(entry) && entry.delivery.map(told.contains) ?? false)
        }
    }
}
