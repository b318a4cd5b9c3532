import Configuration
import EventModel
import Pipeline
import PluginKit
import Spool

/// What became of the attempt to take one that was set aside.
enum AsideTaken {
    case none
    /// Others are in work beside which it may not be.
    case waits
    case taken
}

/// What waits until the others are through, and what waits behind it.
extension Reception {
    /// Takes up the file that was set aside first, once it has waited so long beyond its time and nothing else is in work.
    func takeAside(waiting wait: Duration, into claimed: inout Claimed) throws(SpoolError) -> AsideTaken {
        let now = clock.uptime
        while let index = recovery.next(waiting: wait, at: now) {
            guard desk.isClear() else { return .waits }
            recovery.isOthersTurn = true
            // It goes behind the others: whatever prevents that it is taken up holds up none of them.
            let next = recovery.aside.remove(at: index)
            guard let passage = try takeUpLeft(next.file, isAlone: true, again: next) else { continue }
            claimed.passages = [passage]
            claimed.isAlone = true
            return .taken
        }
        return .none
    }

    /// Takes up those that waited behind others which are through, oldest first.
    func takeFollowers(_ limit: Int, _ room: Int, into claimed: inout Claimed) throws(SpoolError) {
        guard recovery.aside.contains(where: \.isFollower) else { return }
        let now = clock.uptime
        var room = room
        var before = recovery.aside.filter { !$0.isFollower }
        for next in recovery.aside.filter(\.isFollower).sorted(by: { $0.file.id < $1.file.id }) {
            let isFree = !before.contains { $0.isBefore(next.file.id, next.events) }
            guard isFree, next.notBefore <= now, claimed.passages.count < limit, room > 0 else {
                before.append(next)
                continue
            }
            recovery.aside.removeAll { $0.file.id == next.file.id }
            guard let passage = try takeUpLeft(next.file, isAlone: false, again: next) else { continue }
            room -= passage.delivery.bytes.count
            claimed.passages.append(passage)
        }
    }

    /// Whether one that was set aside may be tried.
    var isAsideDue: Bool { recovery.next(waiting: .zero, at: clock.uptime) != nil }

    /// How long it takes until another one that was set aside may be tried; nil where there is none.
    var nextAside: Duration? {
        let now = clock.uptime
        return recovery.aside.map { $0.notBefore - now }.filter { $0 > .zero }.min()
    }

    /// Deliveries leave the pipeline, and come again alone when the others are through.
    func setAside(_ passages: [Passage]) {
        let alone = recovery.alone.flatMap { alone in
            passages.contains { $0.delivery.id == alone.id } ? alone : nil
        }
        let files = passages.map { ($0.delivery.id, $0.delivery.eventMarks) }
        // ignoring: without the note they only come earlier after an end of the process
        try? spool.noteAside(Dictionary(uniqueKeysWithValues: files), untried: alone?.id)
        for passage in passages {
            guard let file = desk.look(passage.delivery.id)?.file else { continue }
            desk.setAside(file.id)
            let reason = passage.asideReason ?? ""
            setAside(
                file.stored, passage.delivery.eventMarks, reason,
                isNews: alone?.id != file.id || alone?.reason != reason)
        }
        if alone != nil { recovery.alone = nil }
    }

    /// The delivery, unless it speaks of an event that one which waits aside speaks of too: then it waits behind that.
    func admit(_ passage: Passage) -> Passage? {
        guard !recovery.aside.isEmpty else { return passage }
        let (id, events) = (passage.delivery.id, passage.delivery.eventMarks)
        guard let first = recovery.aside.first(where: { $0.isBefore(id, events) }) else { return passage }
        if let file = desk.look(id)?.file.stored {
            desk.setAside(id)
            let reason = "it speaks of the same event as \(first.file.storedName), which waits"
            setAside(file, events, reason, isFollower: true)
        }
        return nil
    }

    func setAside(
        _ file: StoredFile, _ events: Set<UInt64>, _ reason: String, isNews: Bool = true, isFollower: Bool = false
    ) {
        if isNews { tell(.setAside(file, reason: reason)) }
        recovery.aside.append(
            Recovery.Aside(
                file: file, notBefore: clock.uptime, reason: reason, passed: desk.passed, events: events,
                isFollower: isFollower))
    }
}
