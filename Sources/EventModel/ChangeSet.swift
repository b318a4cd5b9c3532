/// What one field of an event was and is.
public struct Change: Hashable, Sendable {
    /// What happened to the value.
    public enum Operation: String, Sendable {
        /// There was no value.
        case add
        /// There is no value any more.
        case remove
        /// There is another value.
        case replace
    }

    /// What kind of thing changed. Time, place and status are major.
    public enum Class: String, Sendable, CaseIterable {
        /// When it takes place.
        case time
        /// Where it takes place.
        case place
        /// Whether it takes place.
        case status
        /// Who takes part.
        case party
        /// What is said of it.
        case text
        /// Everything else.
        case meta

        /// Whether subscribers plan by it.
        public var isMajor: Bool { self == .time || self == .place || self == .status }
    }

    /// The field within the event or the occurrence: `when.start`; empty for a whole occurrence.
    public let field: String
    /// The key of the occurrence the field belongs to: its id before the change, or the new one's; nil for a field of
    /// the event. Of several occurrences with one id, the second has `#2` added.
    public let occurrence: String?
    /// What happened.
    public let operation: Operation
    /// The value before; nil for `add`.
    public let from: FieldValue?
    /// The value after; nil for `remove`.
    public let to: FieldValue?
    /// What kind of thing changed.
    public let `class`: Class
    /// The key of the occurrence after the change.
    let laterKey: String?

    init(
        _ field: String, occurrence: String? = nil, laterKey: String? = nil, from: FieldValue?, to: FieldValue?,
        class: Class
    ) {
        self.field = field
        self.occurrence = occurrence
        self.laterKey = laterKey ?? occurrence
        self.from = from
        self.to = to
        self.class = `class`
        operation = from == nil ? .add : to == nil ? .remove : .replace
    }

    /// Makes a change of a field of the event from texts.
    public init(path: String, operation: Operation, before: String?, after: String?, class: Class) {
        field = path
        occurrence = nil
        laterKey = nil
        self.operation = operation
        from = before.map(FieldValue.text)
        to = after.map(FieldValue.text)
        self.class = `class`
    }

    /// The field, occurrences keyed by their id: `occurrences[paris].when.start`.
    public var path: String {
        guard let occurrence else { return field }
        return field.isEmpty ? "occurrences[\(occurrence)]" : "occurrences[\(occurrence)].\(field)"
    }

    /// The value before, as text for a person; nil for `add`.
    public var before: String? { from?.words }

    /// The value after, as text for a person; nil for `remove`.
    public var after: String? { to?.words }

    /// Whether subscribers plan by it.
    public var isMajor: Bool { `class`.isMajor }

    /// The change for people: `start was 2027-04-22T19:00:00, is 2027-04-22T19:30:00`.
    public var words: String { Change.words(path, before: before, after: after) }

    /// The sentence for a change that is known by its texts.
    ///
    /// - Parameters:
    ///   - path: The field, as ``path`` gives it.
    ///   - before: The value before; nil for one that was added.
    ///   - after: The value after; nil for one that was removed.
    public static func words(_ path: String, before: String?, after: String?) -> String {
        var what = path[...]
        var whose = ""
        if what.hasPrefix("occurrences["), let end = what.firstIndex(of: "]") {
            let id = what[what.index(what.startIndex, offsetBy: "occurrences[".count)..<end]
            whose = id == "main" ? "" : "\(id): "
            what = what[what.index(after: end)...].drop { $0 == "." }
        }
        for prefix in ["when.", "place."] where what.hasPrefix(prefix) && what != "place.name" {
            what = what.dropFirst(prefix.count)
        }
        if what == "place.name" { what = "place" }
        if what.isEmpty {
            return before == nil ? "\(whose)is added" : after == nil ? "\(whose)is left out" : "\(whose)changed"
        }
        return switch (before, after) {
        case (nil, let after?): "\(whose)\(what) is now \(after)"
        case (let before?, nil): "\(whose)\(what) was \(before), is no longer stated"
        case (let before?, let after?): "\(whose)\(what) was \(before), is \(after)"
        case (nil, nil): "\(whose)\(what) changed"
        }
    }

    var inverted: Change {
        Change(field, occurrence: laterKey, laterKey: occurrence, from: to, to: from, class: `class`)
    }
}

/// What differs between two revisions of an event, in order: status, occurrences, the rest.
public struct ChangeSet: Hashable, Sendable {
    /// The changes.
    public var changes: [Change]

    /// Makes a change set.
    public init(_ changes: [Change] = []) { self.changes = changes }

    /// Nothing differs.
    public var isEmpty: Bool { changes.isEmpty }

    /// Whether subscribers plan by any of it.
    public var isMajor: Bool { changes.contains(where: \.isMajor) }

    /// What leads back.
    public var inverted: ChangeSet { ChangeSet(changes.map(\.inverted)) }
}

/// Applies changes to the content they were made from. Changes that do not fit are left out.
public func apply(_ changeSet: ChangeSet, to content: EventContent) -> EventContent {
    var result = content
    var list = KeyedOccurrences(content.occurrences)
    for change in changeSet.changes {
        if change.occurrence != nil {
            list.apply(change)
        } else if change.field == occurrencesField {
            list.reorder(change.to)
        } else {
            EventContent.contentFields.first { $0.path == change.field }?.assign(change.to, &result)
        }
    }
    result.occurrences = list.occurrences
    return result
}

/// Occurrences with their keys, while changes are applied to them.
private struct KeyedOccurrences {
    private var entries: [(key: String, occurrence: Occurrence?)]
    private var places: [String: Int] = [:]

    init(_ occurrences: [Occurrence]) {
        let keys = occurrenceKeys(occurrences)
        entries = Array(zip(keys, occurrences.map(Optional.some)))
        for (index, key) in keys.enumerated() { places[key] = index }
    }

    var occurrences: [Occurrence] { entries.compactMap(\.occurrence) }

    mutating func apply(_ change: Change) {
        guard let key = change.occurrence, let laterKey = change.laterKey else { return }
        if change.field.isEmpty, change.from == nil, case .occurrence(let added) = change.to {
            entries.append((laterKey, added))
            return
        }
        guard let index = places[key] else { return }
        if change.field.isEmpty {
            entries[index].occurrence = nil
            return
        }
        entries[index].key = laterKey
        guard var occurrence = entries[index].occurrence else { return }
        Occurrence.contentFields.first { $0.path == change.field }?.assign(change.to, &occurrence)
        entries[index].occurrence = occurrence
    }

    mutating func reorder(_ order: FieldValue?) {
        guard case .texts(let keys) = order else { return }
        let present = entries.filter { $0.occurrence != nil }
        var ranks: [String: Int] = [:]
        for (rank, key) in keys.enumerated() { ranks[key] = rank }
        entries = present.sorted { (ranks[$0.key] ?? .max) < (ranks[$1.key] ?? .max) }
    }
}
