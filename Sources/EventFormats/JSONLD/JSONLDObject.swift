/// An object's members, by the terms that are known. Of two equal keys the later counts; null is as good as absent.
struct JSONLDObject<Term: RawRepresentable & CaseIterable & Sendable & Equatable> where Term.RawValue == String {
    /// The object.
    let node: JSONNode
    // Places on the tape: values of known terms, and keys of the other members. Plain numbers, so that looking a term
    // up keeps no counts of references.
    private var known: [(term: Term, value: Int)] = []
    private var otherKeys: [Int] = []

    init(_ node: JSONNode, _ table: JSONKeys<Term>) {
        self.node = node
        known.reserveCapacity(24)
        for (key, value) in node.members where !value.isNull {
            if let term = table.word(key) {
                known.append((term, value.index))
            } else if let term = key.withText({ table.word(SchemaName.short($0)) }) ?? nil {
                known.append((term, value.index))
            } else if key.withText(SchemaName.isAttendee) != true {
                otherKeys.append(key.index)
            }
        }
    }

    /// The value of a term.
    subscript(term: Term) -> JSONNode? {
        var place = known.count - 1
        while place >= 0 {
            if known[place].term == term { return JSONNode(document: node.document, index: known[place].value) }
            place -= 1
        }
        return nil
    }

    /// The terms that are there, in the order of the file.
    var terms: [(term: Term, value: JSONNode)] {
        known.map { ($0.term, JSONNode(document: node.document, index: $0.value)) }
    }

    /// Members whose keys are no known term, in order. Who attends is not among them.
    var others: [(key: JSONNode, value: JSONNode)] {
        otherKeys.map {
            (JSONNode(document: node.document, index: $0), JSONNode(document: node.document, index: $0 + 1))
        }
    }

    /// Whether one of the terms is there.
    func contains(where matches: (Term) -> Bool) -> Bool { known.contains { matches($0.term) } }
}

extension JSONNode {
    /// The value as JSON without white space, and without the members that name people who attend.
    var compact: String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        appendCompact(to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    func appendCompact(to out: inout [UInt8]) {
        switch kind {
        case .object:
            out.append(0x7B)
            var isFirst = true
            for (key, value) in members where key.withText(SchemaName.isAttendee) != true {
                if !isFirst { out.append(0x2C) }
                isFirst = false
                key.appendSource(to: &out)
                out.append(0x3A)
                value.appendCompact(to: &out)
            }
            out.append(0x7D)
        case .array:
            out.append(0x5B)
            var isFirst = true
            for element in elements {
                if !isFirst { out.append(0x2C) }
                isFirst = false
                element.appendCompact(to: &out)
            }
            out.append(0x5D)
        default: appendSource(to: &out)
        }
    }

    private func appendSource(to out: inout [UInt8]) {
        let range = bytes
        out.append(
            contentsOf: UnsafeBufferPointer(start: document.input + range.lowerBound, count: range.count))
    }
}
