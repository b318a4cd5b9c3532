import EventModel
import Synchronization

@testable import Spool

/// What is noted of files that may harm others.
extension SimulatedSpool {
    func noteAlone(_ id: DeliveryID, after done: DeliveryID?) throws(SpoolError) -> Int {
        try open("active/.alone")
        return state.withLock { state in
            var mark = AloneMark(state.disk.alone)
            if let done { mark.remove(done) }
            let ends = mark.count(id)
            if !state.isDead { state.disk.alone = mark.bytes }
            return state.damage == .forgetsWhoWasAlone ? 0 : ends
        }
    }

    func noteEvents(_ events: Set<UInt64>, of id: DeliveryID) throws(SpoolError) {
        try open("active/.alone")
        state.withLock { state in
            var mark = AloneMark(state.disk.alone)
            mark.note(events, of: id)
            if !state.isDead { state.disk.alone = mark.bytes }
        }
    }

    func noteAside(_ files: [DeliveryID: Set<UInt64>], untried: DeliveryID?) throws(SpoolError) {
        try open("active/.alone")
        state.withLock { state in
            var mark = AloneMark(state.disk.alone)
            if let untried { mark.takeBack(untried) }
            for (id, events) in files {
                mark.suspect(id)
                mark.note(events, of: id)
            }
            if !state.isDead { state.disk.alone = mark.bytes }
        }
    }

    func suspicion(of id: DeliveryID) throws(SpoolError) -> Suspicion? {
        try open("active/.alone")
        return state.withLock { $0.damage == .forgetsWhoWasAlone ? nil : AloneMark($0.disk.alone)[id] }
    }

    func forgetAlone(after done: DeliveryID?) throws(SpoolError) {
        try open("active/.alone")
        state.withLock { state in
            var mark = AloneMark(state.disk.alone)
            if let done { mark.remove(done) }
            for id in mark.ids where state.disk[.active][id] == nil { mark.remove(id) }
            if !state.isDead { state.disk.alone = mark.bytes }
        }
    }
}
