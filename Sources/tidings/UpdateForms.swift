import EventFormats
import EventModel

/// Writes updates in one of the forms.
enum UpdateForms {
    static func write(_ updates: [EventUpdate], as form: DecodedForm, isPretty: Bool, _ console: Console) {
        guard !updates.isEmpty else { return }
        switch form {
        case .json:
            for update in updates {
                var json = JSONWriter(capacity: 4096)
                CanonicalJSON.write(update, into: &json)
                json.newline()
                console.write(bytes: json.bytes)
            }
        case .jsonld:
            let bytes = JSONLDWriter.write(updates, isPretty: isPretty)
            console.write(bytes: bytes.last == UInt8(ascii: "\n") ? bytes : bytes + [UInt8(ascii: "\n")])
        case .ics:
            var options = ICalendarWriter.Options()
            options.publishing = updates.contains { $0.kind != .cancel }
            console.write(bytes: ICalendarWriter.write(updates, options: options))
        }
    }
}
