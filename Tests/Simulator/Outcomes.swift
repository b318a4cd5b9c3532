import EventModel
import PluginKit
import Synchronization

@testable import Spool

extension Simulation {
    /// What must hold when everything has come to its end.
    mutating func checkOutcomes() {
        let disk = spool.state.withLock { $0.disk }
        for (drop, time) in whole.sorted(by: { $0.key < $1.key }) { check(drop, time, disk) }
        for folder in [Folder.active, .deferred] where !disk[folder].isEmpty {
            faults.append("\(disk[folder].count) files lie in \(folder.rawValue)/")
        }
        for name in disk.incoming.keys { faults.append("\(name) lies in incoming/") }
        for folder in [Folder.rejected, .held] {
            for id in disk.ids(in: folder) where disk.reports[folder]?[id] == nil {
                faults.append("a file in \(folder.rawValue)/ has no report")
            }
        }
        if !disk.alone.isEmpty, plan.troubles == 0 { faults.append("ends are still noted for a file") }
        if !disk.unanswered.isEmpty {
            faults.append("\(disk.unanswered.count) outcomes are still noted as not told of")
        }
        for (drop, ends) in stages.ends where ends > 4 + plan.powerCuts * 3 {
            faults.append("drop \(drop) ended the process \(ends) times")
        }
        if !plan.hasTrouble, !plan.hasBadDrops { checkOrder() }
    }

    private mutating func check(_ drop: Int, _ time: Duration, _ disk: SimulatedDisk) {
        let nature = stages.natures[drop] ?? .good
        let kept = stages.kept.filter { $0.drop == drop }
        let ids = disk.deliveries[drop] ?? []
        let folders = [Folder.rejected, .held, .accepted].filter { folder in
            disk[folder].values.contains { $0.file.drop == drop }
        }
        let isNowhere = ids.isEmpty && kept.isEmpty && folders.isEmpty
        let expected: [Folder] =
            switch nature {
            case .good where heirsOfKillers.contains(drop) && folders == [.held]: [.held]
            case .good, .retry, .absorb, .slow: plan.keepsBytes ? [] : [.accepted]
            case .reject: [.rejected]
            case .hold, .poison, .hang, .killer: [.held]
            }
        if isNowhere, !changedInWork.contains(drop) { faults.append("drop \(drop) (\(nature)) is lost") }
        if folders == [.held], heirsOfKillers.contains(drop) { return }
        // Its file may have had other bytes before all stages had seen what was read of it.
        if changedInWork.contains(drop), plan.hasTrouble { return }
        let isKept = ![.reject, .hold, .hang, .killer].contains(nature)
        if isKept, kept.isEmpty { faults.append("drop \(drop) (\(nature)) was not kept") }
        if !isKept, !kept.isEmpty { faults.append("drop \(drop) (\(nature)) was kept") }
        if folders != expected, !changedInWork.contains(drop) {
            faults.append(
                "drop \(drop) (\(nature)) lies in \(folders.map(\.rawValue)), not \(expected.map(\.rawValue))")
        }
        if kept.count > 1, plan.powerCuts == 0 { faults.append("drop \(drop) was kept \(kept.count) times") }
        if nature == .good, !plan.hasTrouble, let told = stages.firstTold[drop], told - time > .seconds(300) {
            faults.append("drop \(drop) was told \((told - time).words) after it was whole")
        }
        // What was to be tried again is not, if its file has other bytes by then.
        if nature == .good || nature == .retry && !changedInWork.contains(drop), stages.told[drop] == nil {
            faults.append("drop \(drop) was not told")
        }
        for id in ids where plan.powerCuts == 0 && !changedInWork.contains(drop) && disk.answers[id] == nil {
            faults.append("a delivery of drop \(drop) was not answered")
        }
        // What a stage answered when the process ended is not heard by anybody.
        if !plan.hasTrouble, stages.ends.isEmpty {
            for id in ids where disk.answers[id] != 1 + (nature == .retry ? drop % 3 + 1 : 0) && nature != .killer {
                faults.append("a delivery of drop \(drop) was answered \(disk.answers[id] ?? 0) times")
            }
        }
    }

    /// Whatever a submitter dropped earlier in whole is kept earlier, as long as nothing goes wrong and everything is
    /// heard of in time.
    private mutating func checkOrder() {
        let ids = stages.kept.map(\.id)
        if ids != ids.sorted() { faults.append("deliveries passed one another") }
    }
}
