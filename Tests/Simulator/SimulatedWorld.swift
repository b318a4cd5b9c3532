import EventModel
import PluginKit
import Synchronization
import TestKit

@testable import Spool

/// What people and machines do to the daemon.
extension Simulation {
    mutating func drop(_ nature: Nature? = nil) {
        let number = dropped
        dropped += 1
        let natures = nature.map { [$0] } ?? plan.natures(&random)
        stages.natures[number] = natures
        let owner = UInt32(random.chance(80) ? 1 : random.int(2...4))
        let name = FileName(trusted: Array("f\(random.int(0...plan.drops))".utf8))
        let isSlow = random.chance(20)
        let (inode, now) = (nextInode, clock.now.microseconds * 1000)
        nextInode += 1
        let replaced = spool.state.withLock { state in
            let before = state.disk.incoming[name]
            state.disk.incoming[name] = SimulatedFile(
                inode: inode, drop: number, owner: owner, size: Int64(number), changedAt: now, isBeingWritten: isSlow,
                events: natures.count)
            return before?.drop
        }
        trace.note("drop \(owner)\(isSlow ? " slowly" : "")", [number])
        if let replaced { whole[replaced] = nil }
        if isSlow {
            schedule(.closed(name), after: random.milliseconds(1...60_000))
        } else {
            whole[number] = clock.uptime
            hear(name, .renamed)
        }
    }

    mutating func close(_ name: FileName) {
        let number = spool.state.withLock { state -> Int? in
            guard state.disk.incoming[name]?.isBeingWritten == true else { return nil }
            state.disk.incoming[name]?.isBeingWritten = false
            state.disk.incoming[name]?.changedAt = clock.now.microseconds * 1000
            return state.disk.incoming[name]?.drop
        }
        guard let number else { return }
        whole[number] = clock.uptime
        hear(name, .closed)
    }

    /// Tells of a name, late, or not at all.
    private mutating func hear(_ name: FileName, _ arrival: Arrival) {
        if random.chance(10) { return }
        let hints = random.chance(5) ? Hints(isScanNeeded: true) : Hints(names: [Hint(name: name, arrival: arrival)])
        schedule(.heard(hints), after: random.milliseconds(0...50), ofRun: true)
    }

    /// Something falls ill for a while: a stage, the disk, a folder, the descriptors; or a file changes in work.
    mutating func trouble() {
        let until = clock.uptime + random.milliseconds(10...20_000)
        switch random.int(0...4) {
        case 0: stages.illUntil[random.int(0...2)] = until
        case 1: spool.state.withLock { $0.free = $0.free == 0 ? 1 << 40 : 0 }
        case 2:
            let folder = [Folder.rejected, .held, .deferred, .accepted][random.int(0...3)]
            spool.state.withLock { $0.refusing.formSymmetricDifference([folder]) }
        case 3: spool.state.withLock { $0.lacksDescriptors.toggle() }
        default: changeInWork()
        }
        trace.note("trouble")
        schedule(.trouble, after: .seconds(40))
        if clock.uptime > .milliseconds(plan.span) { heal() }
    }

    private mutating func heal() {
        agenda.remove { if case .trouble = $0 { true } else { false } }
        spool.state.withLock { ($0.free, $0.refusing, $0.lacksDescriptors) = (1 << 40, [], false) }
    }

    /// Somebody who has a file open writes to it while it is in work, and closes it.
    private mutating func changeInWork() {
        let now = clock.now.microseconds * 1000
        let number = dropped
        let changed = spool.state.withLock { state -> (drop: Int, events: Int)? in
            guard let id = state.disk.ids(in: .active).first, let file = state.disk[.active][id]?.file else {
                return nil
            }
            state.disk[.active][id]?.file.drop = number
            state.disk[.active][id]?.file.isBeingWritten = false
            state.disk[.active][id]?.file.size += 1
            state.disk[.active][id]?.file.changedAt = now
            state.disk.deliveries[number] = []
            // What was told so far was about other bytes.
            state.disk.answers[id] = nil
            return (file.drop, file.events)
        }
        guard let (changed, events) = changed else { return }
        changedInWork.insert(changed)
        if stages.natures[changed]?.contains(.killer) == true || heirsOfKillers.contains(changed) {
            heirsOfKillers.insert(number)
        }
        // Nobody has read what it said before.
        if !read.contains(changed) { whole[changed] = nil }
        dropped += 1
        stages.natures[number] = Array(repeating: .good, count: events)
        whole[number] = clock.uptime
        trace.note("changed in work", [number])
    }

    /// Whether nothing more is going to come, and nothing lies where it ought not to stay.
    var isAtRest: Bool {
        agenda.isQuiet
            && spool.state.withLock { state in
                state.disk.incoming.isEmpty && state.disk[.active].isEmpty && state.disk[.deferred].isEmpty
            }
    }
}
