public import EventModel
public import PluginKit
public import Store

/// That a uid stands for another event: what is said under it is said of that one.
public struct EventLink: Sendable, Hashable {
    /// The uid that stands for another event.
    public var alias: String
    /// The event that is meant.
    public var uid: String
    /// The numeric user id of the person who said so.
    public var decidedBy: UInt32
    /// When.
    public var decidedAt: Instant
    /// What that person said to it.
    public var comment: String

    /// Why a uid cannot be made to stand for an event, as far as the links tell that there are; nil where it can.
    public static func fault(linking alias: String, to uid: String, among links: [EventLink]) -> String? {
        if alias == uid { return "both are \(uid); name two uids" }
        if let link = links.first(where: { $0.alias == uid }) {
            return "\(uid) stands for \(link.uid) itself; name that one"
        }
        if let link = links.first(where: { $0.alias == alias && $0.uid != uid }) {
            return "\(alias) stands for \(link.uid) already; \(link.undoing) first"
        }
        if let link = links.first(where: { $0.uid == alias }) {
            return "\(link.alias) stands for \(alias); \(link.undoing) first"
        }
        return nil
    }

    fileprivate var undoing: String { "'tidings unlink \(uid) \(alias)'" }
}

/// Two uids that a person has said to be one event.
extension Ledger {
    /// Why an order about an event cannot be carried out; nil where it can, or has been.
    public func fault(of order: EventOrder) throws(StoreError) -> OrderFault? {
        try database.transaction { () throws(StoreError) -> OrderFault? in
            let links = try eventLinks()
            switch order.action {
            case .link: return try linkFault(order, links).map { OrderFault($0) }
            case .unlink:
                let isLinked = links.contains { $0.alias == order.uid && $0.uid == order.other }
                if isLinked { return nil }
                if try isUndone(by: order) { return nil }
                return OrderFault("\(order.uid) does not stand for \(order.other ?? "another event")", isGone: true)
            case .withdraw, .readmit:
                guard let link = links.first(where: { $0.alias == order.uid }) else { return nil }
                return OrderFault("\(order.uid) stands for \(link.uid); name that one")
            case .forget:
                guard let link = links.first(where: { $0.alias == order.uid || $0.uid == order.uid }) else {
                    return nil
                }
                return OrderFault("\(link.alias) stands for \(link.uid); \(link.undoing) first, and then forget both")
            }
        }
    }

    private func linkFault(_ order: EventOrder, _ links: [EventLink]) throws(StoreError) -> String? {
        guard let uid = order.other else { return "it names one uid only; name two" }
        if let fault = EventLink.fault(linking: order.uid, to: uid, among: links) { return fault }
        for name in [uid, order.uid] where try forgotten.has(.uid(hash(Array(name.utf8)))) {
            return "an event called \(name) was forgotten, and is not to come back by another name"
        }
        return try events.find(uid) == nil ? "no event is called \(uid)" : nil
    }

    private func isUndone(by order: EventOrder) throws(StoreError) -> Bool {
        try log.rows(uid: order.uid).contains {
            $0.outcome == .unlinked && $0.decidedBy == order.decidedBy && $0.decidedAt == order.decidedAt
        }
    }

    private func eventLinks() throws(StoreError) -> [EventLink] {
        try EventLink.all(links, events)
    }

    /// Makes a uid stand for another event. What its own event's sources have said stays known: to say it again is no news.
    /// Twice is as good as once; what cannot be is not done.
    public func link(_ order: EventOrder) throws(StoreError) {
        try commit { () throws(StoreError) in
            guard let uid = order.other, try linkFault(order, eventLinks()) == nil, let event = try events.find(uid),
                memory?.links[order.uid] == nil
            else { return }
            let former = try events.find(order.uid)
            let number = try note(.linked, order, event, "what is said of \(order.uid) is said of \(uid) from now on")
            try links.insert(
                LinkRow(
                    number: number, uid: order.uid, event: event.number, former: former?.number,
                    decidedBy: order.decidedBy, decidedAt: order.decidedAt, comment: order.comment))
            try rememberLinks()
            guard let former else { return }
            let sources = try numberedSources()
            for var base in try bases.rows(event: former.number) {
                guard let source = sources[base.source], !source.isAlias else { continue }
                base.event = event.number
                base.source = try self.number(of: source.speaking(of: order.uid))
                base.content = try base.content.map { content throws(StoreError) in try copy(content, to: event.number)
                }
                try bases.write(base)
            }
            try moveQuestions(of: former.number, to: event.number) { $0.isAlias ? nil : $0.speaking(of: order.uid) }
        }
    }

    /// Lets a uid stand for its own event again, which is as it was.
    public func unlink(_ order: EventOrder) throws(StoreError) {
        try commit { () throws(StoreError) in
            guard let link = memory?.links[order.uid], let event = try events.row(link.event), event.uid == order.other
            else { return }
            try note(.unlinked, order, event, "\(order.uid) is an event of its own again")
            try links.delete(order.uid)
            try rememberLinks()
            if let former = link.former {
                try moveQuestions(of: event.number, to: former) { $0.spoken(of: order.uid) }
            } else {
                for question in try questions.rows(event: event.number)
                where try numberedSources()[question.source]?.spoken(of: order.uid) != nil {
                    try questions.delete(question.number)
                    try dropContent(question.content, of: event.number)
                }
            }
        }
    }

    private func moveQuestions(
        of old: Int64, to new: Int64, as source: (UpdateSource) -> UpdateSource?
    ) throws(StoreError) {
        let sources = try numberedSources()
        for question in try questions.rows(event: old) {
            guard let next = sources[question.source].flatMap(source) else { continue }
            var moved = question
            moved.event = new
            moved.source = try number(of: next)
            moved.content = try question.content.map { content throws(StoreError) in try copy(content, to: new) }
            try questions.write(moved)
            try dropContent(question.content, of: old)
        }
    }

    func copy(_ content: Int64, to event: Int64) throws(StoreError) -> Int64 {
        let json = try contents.json(content)
        return try self.content(json, hash: hash(json), of: event)
    }

    private func numberedSources() throws(StoreError) -> [Int64: UpdateSource] {
        Dictionary(try bases.sources().map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    private func rememberLinks() throws(StoreError) {
        memory?.links = try Dictionary(links.rows().map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
        memory?.coming = [:]
    }

    @discardableResult
    private func note(
        _ outcome: LogOutcome, _ order: EventOrder, _ event: EventRow, _ message: String
    ) throws(StoreError) -> Int64 {
        var row = LogRow(outcome, at: order.decidedAt)
        (row.event, row.uid, row.revision) = (event.number, order.uid, event.revision)
        (row.decidedBy, row.decidedAt, row.comment) = (order.decidedBy, order.decidedAt, order.comment)
        row.message = message
        return try write(row)
    }

    /// Whether a uid stands for another event.
    public func isAlias(_ uid: String) -> Bool { memory?.links[uid] != nil }

    /// Whether an event's own uid stands for another one.
    func isLinkedAway(_ event: Int64) -> Bool { linkedEvent(insteadOf: event) != nil }

    /// The event that is meant where an event's own uid stands for another one.
    func linkedEvent(insteadOf event: Int64) -> Int64? {
        memory?.links.values.first { $0.former == event }?.event
    }
}

extension StatedUpdate {
    /// The same, said under a uid that stands for another event: a stream of statements of its own.
    public func speaking(of alias: String) -> StatedUpdate {
        StatedUpdate(number: number, update: update, source: source.speaking(of: alias), json: json, hash: hash)
    }
}

extension UpdateSource {
    private static let mark = "\u{1F}uid "

    /// The same source where it speaks of an event under another uid: the two are compared apart.
    fileprivate func speaking(of alias: String) -> UpdateSource {
        var source = self
        source.producer += UpdateSource.mark + alias
        return source
    }

    /// The source itself, where this is how it speaks of that uid; nil where it is not.
    fileprivate func spoken(of alias: String) -> UpdateSource? {
        guard producer.hasSuffix(UpdateSource.mark + alias) else { return nil }
        var source = self
        source.producer.removeLast((UpdateSource.mark + alias).count)
        return source
    }

    /// Whether it speaks under a uid that stands for another event.
    var isAlias: Bool { producer.contains(UpdateSource.mark) }
}

extension EventLink {
    fileprivate static func all(_ links: LinkTable, _ events: EventTable) throws(StoreError) -> [EventLink] {
        var all: [EventLink] = []
        for row in try links.rows() {
            if let link = try EventLink(row, events) { all.append(link) }
        }
        return all
    }

    private init?(_ row: LinkRow, _ events: EventTable) throws(StoreError) {
        guard let event = try events.row(row.event) else { return nil }
        self.init(
            alias: row.uid, uid: event.uid, decidedBy: row.decidedBy, decidedAt: row.decidedAt, comment: row.comment)
    }
}

extension ArchiveReader {
    /// The uids that stand for other events, oldest decision first.
    public func eventLinks() throws(StoreError) -> [EventLink] {
        try database.transaction { () throws(StoreError) in try allLinks() }
    }

    /// The same, within a transaction.
    func allLinks() throws(StoreError) -> [EventLink] { try EventLink.all(linked, events) }
}
