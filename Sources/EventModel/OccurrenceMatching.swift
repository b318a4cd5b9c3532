/// Which occurrence of a later revision is which of an earlier one: by id, then by place and start, and the only one
/// of both is the same wherever and whenever it is.
public struct OccurrenceMatching {
    /// For each earlier occurrence, the index of the later one.
    private(set) var partners: [Int?]
    /// Indexes of the later ones that have no earlier one.
    var added: [Int] { laterIndexes.filter { !taken.contains($0) } }

    private let laterIndexes: Range<Int>
    private var taken: Set<Int> = []

    private struct Spot: Hashable {
        let place: String?
        let start: Moment
        /// A series and its first date start together and are not the same.
        let recurs: Bool
    }

    init(from before: [Occurrence], to after: [Occurrence]) {
        partners = Array(repeating: nil, count: before.count)
        laterIndexes = after.indices
        if before.count == 1, after.count == 1 {
            if before[0].id == after[0].id || before[0].when.isRepeated == after[0].when.isRepeated { pair(0, 0) }
            return
        }
        matchByKey(before, after)
        if partners.contains(nil), taken.count < after.count { matchBySpot(before, after) }
    }

    /// Occurrences of two states side by side: the later ones in their order, with nil for one that was not there before,
    /// then those that are gone.
    public static func pairs(
        _ before: [Occurrence], _ after: [Occurrence]
    ) -> [(before: Occurrence?, after: Occurrence?)] {
        let partners = OccurrenceMatching(from: before, to: after).partners
        var pairs: [(before: Occurrence?, after: Occurrence?)] = after.map { (nil, $0) }
        for (index, partner) in partners.enumerated() {
            if let partner { pairs[partner].before = before[index] } else { pairs.append((before[index], nil)) }
        }
        return pairs
    }

    private mutating func pair(_ earlier: Int, _ later: Int) {
        partners[earlier] = later
        taken.insert(later)
    }

    private mutating func matchByKey(_ before: [Occurrence], _ after: [Occurrence]) {
        var indexes: [String: Int] = [:]
        for (index, key) in occurrenceKeys(after).enumerated() { indexes[key] = index }
        for (index, key) in occurrenceKeys(before).enumerated() {
            if let partner = indexes[key] { pair(index, partner) }
        }
    }

    private mutating func matchBySpot(_ before: [Occurrence], _ after: [Occurrence]) {
        var free: [Spot: [Int]] = [:]
        for index in after.indices.reversed() where !taken.contains(index) {
            if let spot = spot(after[index]) { free[spot, default: []].append(index) }
        }
        for index in before.indices where partners[index] == nil {
            guard let spot = spot(before[index]), let candidate = free[spot]?.last,
                after[candidate].id != before[index].id
            else { continue }
            free[spot]?.removeLast()
            pair(index, candidate)
        }
    }

    private func spot(_ occurrence: Occurrence) -> Spot? {
        occurrence.when.start.map {
            Spot(place: occurrence.place?.name ?? occurrence.onlineURL, start: $0, recurs: occurrence.when.isRepeated)
        }
    }
}
