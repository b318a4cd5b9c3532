extension Record {
    /// A value that says nothing but the fields that everybody may see.
    var publicFields: Self {
        var form = Self.blank
        withUnsafePointer(to: self) { record in
            for field in Self.fields where field.shown != .never { field.show(record, &form) }
        }
        return form
    }
}

extension Event {
    /// What of the event outputs may show: the fields whose rows say so, without working values that the source does not
    /// state and without links that are addresses of mail. Whether the event may be shown at all is another question.
    public var publicForm: Event {
        var form = publicFields
        form.links.removeAll { $0.utf8.prefix(7).elementsEqual("mailto:".utf8, by: { $0 | 0x20 == $1 | 0x20 }) }
        for evidence in evidence where evidence.basis == .inferred { form.withhold(evidence.fieldPath) }
        return form
    }

    /// Takes away a value of which only what is stated may be shown.
    private mutating func withhold(_ path: String) {
        guard path.hasPrefix("\(occurrencesField)["), let close = path.firstIndex(of: "]") else {
            for field in Event.fields where field.shown == .stated && field.name == path {
                field.clear(&self)
            }
            return
        }
        let field = path[close...].dropFirst(2)
        let position: [Substring] = ["place.latitude", "place.longitude"]
        // Half a position is none.
        let paths = position.contains(field) ? position : [field]
        let digits = path[..<close].dropFirst(occurrencesField.count + 1)
        let number = Int(written: digits, in: 0...Int(Int32.max))
        for field in Occurrence.pathFields where field.shown == .stated && paths.contains(field.path[...]) {
            for index in content.occurrences.indices where number == nil || number == index {
                field.clear(&content.occurrences[index])
            }
        }
    }
}
