public import EventModel

extension EventUpdate {
    /// Sets a field to what a person said, and notes that as evidence.
    ///
    /// - Throws: With the nearest path, or what the value has to be.
    public mutating func apply(_ correction: Correction) throws(CorrectionFault) {
        let path = try CorrectionPath(correction.path)
        switch path.list {
        case nil:
            let isNew = content.description == nil
            try path.set(correction, in: EventUpdate.corrections, of: &self)
            if path.field == "uid" { uidOrigin = .stated }
            if isNew, path.field == "description.text" { content.description?.language = content.language }
        case ("occurrences", let index)?:
            try path.check(index, content.occurrences.count)
            try path.set(correction, in: Occurrence.corrections, of: &content.occurrences[index])
            if path.field == "when.start" {
                content.occurrences[index].when.precision = JSONTime(correction: correction.value)?.precision ?? .day
            }
        case ("parties", let index)?:
            try path.check(index, content.parties.count)
            try path.set(correction, in: Party.corrections, of: &content.parties[index])
        case (let list, _)?: throw path.unknown(["occurrences", "parties"], instead: list)
        }
        let field = correction.path
        evidence.removeAll { $0.fieldPath == field || $0.fieldPath.hasPrefix(field + ".") }
        evidence.append(Evidence(fieldPath: field, basis: .stated, rule: Correction.rule))
    }
}

extension EventUpdate { static let corrections = correctable }
extension Occurrence { static let corrections = correctable }
extension Party { static let corrections = correctable }

/// A correction's path, taken apart: `occurrences[0].when.start`.
struct CorrectionPath {
    let text: String
    /// The list and the place in it.
    let list: (name: String, index: Int)?
    /// The rest: `when.start`.
    let field: String

    init(_ text: String) throws(CorrectionFault) {
        self.text = text
        var rest = text[...]
        if let (name, index, after) = CorrectionPath.element(rest) {
            list = (name, index)
            rest = after
        } else {
            list = nil
        }
        field = String(rest)
        if list == nil, field.hasPrefix("occurrences") || field.hasPrefix("parties") {
            throw CorrectionFault(text, "say which one, counted from 0, such as occurrences[0].when.start")
        }
    }

    /// `name[3].rest`, taken apart.
    private static func element(_ text: Substring) -> (name: String, index: Int, rest: Substring)? {
        guard let open = text.firstIndex(of: "["), let close = text.firstIndex(of: "]"), open < close,
            let index = Int(written: text[text.index(after: open)..<close], in: 0...Int(Int32.max))
        else { return nil }
        let name = text[..<open]
        let rest = text[text.index(after: close)...]
        guard !name.contains("."), rest.first == "." else { return nil }
        return (String(name), index, rest.dropFirst())
    }

    func check(_ index: Int, _ count: Int) throws(CorrectionFault) {
        guard index >= count, let list else { return }
        let known = count == 0 ? "none" : count == 1 ? "one, \(list.name)[0]" : "\(count), the last is [\(count - 1)]"
        throw CorrectionFault(text, "of \(list.name) there is \(known)")
    }

    func set<Root>(
        _ correction: Correction, in fields: [CorrectableField<Root>], of root: inout Root
    ) throws(CorrectionFault) {
        guard let found = fields.first(where: { $0.path == field }) else {
            throw unknown(fields.map(\.path), instead: field)
        }
        switch found.set(correction.value, &root) {
        case .set: break
        case .unreadable:
            throw CorrectionFault(text, "is \"\(correction.value)\"; expected \(found.expectation)")
        case .missing(let record, let first):
            throw CorrectionFault(text, "there is no \(record); set \(text.dropLast(field.count))\(first) first")
        }
    }

    /// The fault of a path that no field has; `names` are those that could stand for `word`.
    func unknown(_ names: [String], instead word: String) -> CorrectionFault {
        let known = names.map { name in
            guard let list else { return name }
            return list.name == word ? "\(name)[\(list.index)].\(field)" : "\(list.name)[\(list.index)].\(name)"
        }
        return CorrectionFault(text, "there is no such field", known: known)
    }
}
