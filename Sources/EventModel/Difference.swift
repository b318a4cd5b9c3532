/// What leads from one content of an event to another: `apply(difference(from: a, to: b), to: a)` has the content of
/// `b`, and the inverse leads back.
public func difference(from before: EventContent, to after: EventContent) -> ChangeSet {
    var changes: [Change] = []
    withUnsafePointer(to: before) { before in
        withUnsafePointer(to: after) { after in
            for field in EventContent.contentFields {
                if field.path == occurrencesField {
                    appendOccurrences(before.pointee.occurrences, after.pointee.occurrences, &changes)
                } else {
                    append(field, before, after, to: &changes)
                }
            }
        }
    }
    return ChangeSet(changes)
}

/// The field that is told occurrence by occurrence; a change of it alone is one of their order.
let occurrencesField = "occurrences"

private func append<Root>(
    _ field: PathField<Root>, _ before: UnsafePointer<Root>, _ after: UnsafePointer<Root>, key: String? = nil,
    laterKey: String? = nil, to changes: inout [Change]
) {
    guard let (from, to) = field.difference(before, after) else { return }
    let change = if case .event(let stated) = field.subject { stated } else { Change.Class.meta }
    changes.append(Change(field.path, occurrence: key, laterKey: laterKey, from: from, to: to, class: change))
}

private func appendOccurrences(_ before: [Occurrence], _ after: [Occurrence], _ changes: inout [Change]) {
    if before == after { return }
    let keys = (before: occurrenceKeys(before), after: occurrenceKeys(after))
    let partners = OccurrenceMatching(from: before, to: after).partners
    for (index, occurrence) in before.enumerated() {
        let key = keys.before[index]
        if let partner = partners[index] {
            append(occurrence, after[partner], key: key, laterKey: keys.after[partner], to: &changes)
        } else {
            changes.append(Change("", occurrence: key, from: .occurrence(occurrence), to: nil, class: .time))
        }
    }
    let kept = Set(partners.compactMap { $0 })
    for (index, occurrence) in after.enumerated() where !kept.contains(index) {
        changes.append(Change("", occurrence: keys.after[index], from: nil, to: .occurrence(occurrence), class: .time))
    }
    // Without a word about the order, the kept ones stay as they stood and the new ones follow.
    let added = after.indices.filter { !kept.contains($0) }
    let removed = before.indices.filter { partners[$0] == nil }
    let forward = partners.compactMap { $0 } + added
    let backward = after.indices.compactMap { partners.firstIndex(of: $0) } + removed
    if forward != Array(after.indices) || backward != Array(before.indices) {
        changes.append(Change(occurrencesField, from: .texts(keys.before), to: .texts(keys.after), class: .meta))
    }
}

private func append(
    _ before: Occurrence, _ after: Occurrence, key: String, laterKey: String, to changes: inout [Change]
) {
    guard before != after else { return }
    withUnsafePointer(to: before) { before in
        withUnsafePointer(to: after) { after in
            for field in Occurrence.contentFields {
                append(field, before, after, key: key, laterKey: laterKey, to: &changes)
            }
        }
    }
}

/// Keys that tell the occurrences of one event apart: their ids, with `#2`, `#3` added where an id comes again.
func occurrenceKeys(_ occurrences: [Occurrence]) -> [String] {
    var counts: [String: Int] = [:]
    for occurrence in occurrences { counts[occurrence.id, default: 0] += 1 }
    guard counts.count < occurrences.count else { return occurrences.map(\.id) }
    var names = NameSupply(taken: Set(counts.keys), mark: "#")
    var seen: Set<String> = []
    return occurrences.map { occurrence in
        seen.insert(occurrence.id).inserted ? occurrence.id : names.takeNumbered(occurrence.id)
    }
}
