import EventModel
import Pipeline
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
        // Once beside others and three times alone; what a power cut puts back into incoming/ begins anew.
        for (drop, ends) in stages.ends where ends > 4 * (1 + plan.powerCuts) {
            faults.append("drop \(drop) ended the process \(ends) times")
        }
        if !plan.hasTrouble, !plan.hasBadDrops { checkOrder() }
    }

    private mutating func check(_ drop: Int, _ time: Duration, _ disk: SimulatedDisk) {
        let natures = stages.natures[drop] ?? [.good]
        let expected = Expectation(natures, slice: plan.slice)
        let kept = stages.kept.filter { $0.update.drop == drop }
        let ids = disk.deliveries[drop] ?? []
        let folders = [Folder.rejected, .held, .accepted].filter { folder in
            disk[folder].values.contains { $0.file.drop == drop }
        }
        let isNowhere = ids.isEmpty && kept.isEmpty && folders.isEmpty
        if isNowhere, !changedInWork.contains(drop) { faults.append("drop \(drop) (\(natures)) is lost") }
        if folders == [.held], heirsOfKillers.contains(drop) { return }
        checkAnswers(drop, disk)
        // Its file may have had other bytes before all stages had seen what was read of it.
        if changedInWork.contains(drop), plan.hasTrouble { return }
        checkKept(drop, expected, kept.map(\.update.place))
        let right: [Folder] = expected.folder.map { [$0] } ?? (plan.keepsBytes ? [] : [.accepted])
        if folders != right, !changedInWork.contains(drop) {
            faults.append(
                "drop \(drop) (\(natures)) lies in \(folders.map(\.rawValue)), not \(right.map(\.rawValue))")
        }
        let last = stages.firstTold.filter { $0.key.drop == drop }.map(\.value).max()
        if !natures.contains(where: { $0 != .good }), !plan.hasTrouble, let last, last - time > .seconds(300) {
            faults.append("drop \(drop) was told \((last - time).words) after it was whole")
        }
        // What was to be tried again is not, if its file has other bytes by then.
        let isAnother = changedInWork.contains(drop) && natures != [.good]
        for place in expected.told where !isAnother && stages.told[.init(drop: drop, place: place)] == nil {
            faults.append("event \(place) of drop \(drop) (\(natures)) was not told")
        }
        guard !changedInWork.contains(drop) else { return }
        for id in ids { checkEnd(drop, natures, expected, disk.answers[id] ?? []) }
    }

    /// Nothing that counts is missing in the memory of the stages, nothing that does not is there, and nothing twice.
    private mutating func checkKept(_ drop: Int, _ expected: Expectation, _ places: [Int]) {
        for place in expected.kept.subtracting(places) {
            faults.append("event \(place) of drop \(drop) was not kept")
        }
        for place in Set(places).subtracting(expected.kept) {
            faults.append("event \(place) of drop \(drop) was kept")
        }
        if places.count > Set(places).count, plan.powerCuts == 0 { faults.append("drop \(drop) was kept twice") }
    }

    /// What senders were told of a drop fits together.
    private mutating func checkAnswers(_ drop: Int, _ disk: SimulatedDisk) {
        for id in disk.deliveries[drop] ?? [] {
            let answers = disk.answers[id] ?? []
            for answer in answers where !answer.isSound {
                faults.append("drop \(drop) is \(answer.outcome), and its events are \(answer.updates)")
            }
            for (before, after) in zip(answers, answers.dropFirst()) where !before.agrees(with: after) {
                faults.append("drop \(drop) had the answers \(before.updates), and then \(after.updates)")
            }
        }
    }

    /// The last answer about a delivery says of each event what had to become of it.
    private mutating func checkEnd(
        _ drop: Int, _ natures: [Nature], _ expected: Expectation, _ answers: [SimulatedAnswer]
    ) {
        guard let last = answers.last else {
            if plan.powerCuts == 0 { faults.append("a delivery of drop \(drop) was not answered") }
            return
        }
        if plan.powerCuts == 0, let fates = expected.fates {
            let isRight =
                last.updates.isEmpty
                ? last.outcome.counts && !fates.contains { $0 != .counts }
                : last.updates.count == fates.count
                    && zip(last.updates, fates).allSatisfy { $0.map($1.allows) ?? false }
            if !isRight {
                faults.append("drop \(drop) (\(natures)) is \(last.outcome), its events are \(last.updates)")
            }
        }
        // What a stage answered when the process ended is not heard by anybody.
        guard !plan.hasTrouble, stages.ends.isEmpty else { return }
        let tries = natures.contains(.retry) ? SimulatedStages.tries(of: drop) : 0
        if answers.count != 1 + tries {
            faults.append("a delivery of drop \(drop) (\(natures)) was answered \(answers.count) times")
        }
    }

    /// Whatever a submitter dropped earlier in whole is kept earlier, as long as nothing goes wrong and everything is
    /// heard of in time; the events of a file in their order, though others may get between.
    private mutating func checkOrder() {
        var seen: Set<DeliveryID> = []
        let ids = stages.kept.map(\.id).filter { seen.insert($0).inserted }
        if ids != ids.sorted() { faults.append("deliveries passed one another") }
        for (id, kept) in Dictionary(grouping: stages.kept, by: \.id) {
            let places = kept.map(\.update.place)
            if places != places.sorted() { faults.append("events of \(id) passed one another") }
        }
    }
}
