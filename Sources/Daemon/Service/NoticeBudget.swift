import Spool

/// How many notices of files left alone a user may cause in a minute: nobody fills the journal with them. The rest is
/// counted and told of as one. Of more users than are remembered the others share what one may cause.
struct NoticeBudget {
    /// What a user's minute has left out.
    struct Rest: Sendable {
        /// Nil where they are of several users.
        let owner: UInt32?
        let count: Int
        let limit: Int
        /// The last of them.
        let last: Notice
    }

    private struct Minute {
        let end: Duration
        var told = 1
        var rest: Rest?
    }

    /// Users whose minutes are remembered.
    static let users = 64
    /// What is called a minute.
    static let minute = Duration.seconds(60)

    let limit: Int
    private var minutes: [UInt32?: Minute] = [:]

    init(limit: Int) { self.limit = limit }

    /// Whether the notice is to be told of; it is counted otherwise.
    mutating func admits(_ notice: Notice, at now: Duration) -> Bool {
        let isKnown = minutes[notice.owner] != nil
        let owner = isKnown || minutes.count < NoticeBudget.users ? notice.owner : nil
        guard var minute = minutes[owner] else {
            minutes[owner] = Minute(end: now + NoticeBudget.minute)
            return true
        }
        defer { minutes[owner] = minute }
        if minute.told < limit {
            minute.told += 1
            return true
        }
        minute.rest = Rest(owner: owner, count: (minute.rest?.count ?? 0) + 1, limit: limit, last: notice)
        return false
    }

    /// What the minutes that are over have left out; all minutes are over where no time is given.
    mutating func rest(at now: Duration? = nil) -> [Rest] {
        let over = minutes.filter { minute in now.map { minute.value.end <= $0 } ?? true }
        for owner in over.keys { minutes[owner] = nil }
        return over.values.compactMap(\.rest).sorted { $0.owner ?? .max < $1.owner ?? .max }
    }

    /// When the first minute ends that has left something out.
    var nextEnd: Duration? { minutes.values.filter { $0.rest != nil }.map(\.end).min() }
}
