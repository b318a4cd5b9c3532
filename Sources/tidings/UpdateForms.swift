import EventFormats
import EventModel

/// Writes updates in one of the forms.
enum UpdateForms {
    static func write(_ updates: [EventUpdate], as form: DecodedForm, _ console: Console) {
        for update in updates {
            var json = JSONWriter(capacity: 4096)
            CanonicalJSON.write(update, into: &json)
            json.newline()
            console.write(bytes: json.bytes)
        }
    }
}
