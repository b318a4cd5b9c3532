import Pipeline
import PluginKit

@testable import Spool

/// What an event of a drop does to the stages that see it.
enum Nature: Int, CaseIterable {
    case good, reject, hold, absorb, retry, poison, hang, slow, killer

    /// Whether the others of its file feel it too.
    var isFelt: Bool {
        switch self {
        case .good, .reject, .hold, .absorb: false
        case .retry, .poison, .hang, .slow, .killer: true
        }
    }
}

/// What has to become of a drop, by what its events do.
struct Expectation {
    enum Fate { case counts, rejected, held }

    /// What becomes of each event; nil where nobody answers for them one by one, since the file is held unread.
    let fates: [Fate]?
    /// Events that are kept, by their places from 0.
    let kept: Set<Int>
    /// Events that subscribers are told of.
    let told: Set<Int>

    /// - Parameter slice: Events that the stages see at once.
    init(_ natures: [Nature], slice: Int) {
        let felt = natures.firstIndex(where: \.isFelt)
        let nature = felt.map { natures[$0] }
        let beside = felt.map { $0 / slice * slice..<min(natures.count, ($0 / slice + 1) * slice) } ?? 0..<0
        func fate(_ place: Int) -> Fate {
            switch (natures[place], nature) {
            case (.reject, _): .rejected
            case (.hold, _): .held
            // A stage that cannot work on one cannot work on what stands beside it either.
            case (_, .hang) where beside.contains(place): .held
            case (.absorb, _): .counts
            case (_, .poison) where beside.contains(place): .held
            default: .counts
            }
        }
        fates = nature == .killer ? nil : natures.indices.map(fate)
        kept = Set(
            natures.indices.filter { place in
                switch nature {
                // What stands before it had passed each time that the stages came to it.
                case .killer: fate(place) == .counts && place < beside.lowerBound
                // The last stage fails for what the one before it has kept.
                case .poison:
                    fate(place) == .counts
                        || beside.contains(place) && natures[place] != .reject && natures[place] != .hold
                default: fate(place) == .counts
                }
            })
        told = kept.filter { fate($0) == .counts && natures[$0] != .absorb }
    }

    /// The folder in which the file ends; nil where it leaves as one that counts.
    var folder: Folder? {
        guard let fates else { return .held }
        if fates.contains(.held) { return .held }
        return fates.contains(.counts) ? nil : .rejected
    }
}

extension Expectation.Fate {
    /// Whether that is an answer that goes with it.
    func allows(_ outcome: Outcome) -> Bool {
        switch self {
        case .counts: outcome.counts
        case .rejected: outcome == .rejected
        case .held: outcome == .held
        }
    }
}
