/// Which files were told of already, so that each gets one entry. Bounded; what a whole scan has not met is forgotten.
struct NoticeMemory: Sendable {
    private struct Told: Sendable {
        var reason: Notice.Reason
        var pass: UInt64
    }

    let limit: Int
    private var told: [FileName: Told] = [:]
    private var pass: UInt64 = 0
    /// Whose files were among those that are not remembered; nobody's flood keeps quiet what is said of another's.
    private var overflowing: Set<UInt32> = []
    private static let overflowingOwners = 64

    init(limit: Int) { self.limit = limit }

    /// The notice if it is news, nil otherwise.
    mutating func news(_ notice: Notice) -> Notice? {
        if let before = told[notice.name], NoticeMemory.same(before.reason, notice.reason) {
            told[notice.name]?.pass = pass
            return nil
        }
        if told.count >= limit && told[notice.name] == nil {
            guard overflowing.count < NoticeMemory.overflowingOwners, overflowing.insert(notice.owner).inserted else {
                return nil
            }
            return Notice(
                folder: notice.folder, name: notice.name, owner: notice.owner, reason: .tooManyToTell(limit: limit))
        }
        told[notice.name] = Told(reason: notice.reason, pass: pass)
        return notice
    }

    /// A scan begins.
    mutating func beginPass() { pass += 1 }

    /// The scan has seen every name.
    mutating func endPass() {
        let current = pass
        if told.contains(where: { $0.value.pass < current }) {
            told = told.filter { $0.value.pass == current }
        }
        if told.count < limit / 2 { overflowing = [] }
    }

    /// A temporary that lies there for another day, or a link more, is no news.
    private static func same(_ a: Notice.Reason, _ b: Notice.Reason) -> Bool {
        switch (a, b) {
        case (.hardLinked, .hardLinked), (.forgottenTemporary, .forgottenTemporary): true
        default: a == b
        }
    }
}
