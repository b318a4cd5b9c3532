import Daemon
import EventFormats
import EventModel

/// One thing that happened to a delivery.
struct Happening {
    var time: Instant
    var delivery: String?
    /// The name as dropped, for people.
    var file: String?
    /// The event it is about, where it is about one.
    var uid: String?
    var stage: String?
    var outcome: String?
    /// What the update does; of a delivery with many updates, what most people want to know first.
    var intent: String?
    var codes: [String] = []
    var message = ""
    /// Further lines for people: findings and changes.
    var details: [String] = []

    func write(into json: inout JSONWriter) {
        json.key("time")
        json.string(time.description)
        json.optional("delivery", delivery)
        json.optional("file", file)
        json.optional("uid", uid)
        json.optional("stage", stage)
        json.optional("outcome", outcome)
        json.optional("intent", intent)
        json.key("codes")
        json.array { list in for code in codes { list.string(code) } }
        json.key("message")
        json.string(message)
    }

    func write(to console: Console) {
        var head = "\(time.toTheSecond)"
        if let outcome { head += "  \(outcome.printable)" }
        if let intent, intent != outcome { head += " (\(intent.printable))" }
        if let file { head += "  \(file)" }
        console.paragraph(
            head, styling: outcome.map { ("  \($0.printable)", Outcome(rawValue: $0)?.style) })
        if !message.isEmpty { console.paragraph(message.printable, indent: 4) }
        for detail in details where !message.contains(detail) { console.paragraph(detail.printable, indent: 4) }
        let origin = [stage.map { "stage \($0)" }, delivery.map { "delivery \($0)" }].compactMap { $0 }
        if !origin.isEmpty { console.line("    " + console.styled(origin.joined(separator: ", ").printable, .faint)) }
    }

    /// Whether both speak of the same thing that happened.
    func isSame(_ other: Happening) -> Bool {
        guard delivery == other.delivery, outcome == other.outcome else { return false }
        // Of a decision the answer says what the journal says after who asked for what.
        if outcome == nil { return message.hasSuffix(other.message) }
        return delivery != nil && (uid == nil || other.uid == nil || uid == other.uid)
    }

    /// Takes over what the other account knows and this one does not.
    mutating func complete(from other: Happening) {
        file = file ?? other.file
        uid = uid ?? other.uid
        stage = stage ?? other.stage
        intent = intent ?? other.intent
        if codes.isEmpty { codes = other.codes }
        if !other.message.isEmpty, !message.hasSuffix(other.message) { message = other.message }
        if details.isEmpty { details = other.details }
    }
}

extension Instant {
    /// For people, who do not care for fractions of a second: `2027-01-15T08:00:00Z`.
    var toTheSecond: Instant {
        Instant(microseconds: microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000)
    }
}

extension JSONWriter {
    /// A member that is always there: null where there is no value.
    mutating func optional(_ key: StaticString, _ text: String?) {
        self.key(key)
        if let text { string(text) } else { null() }
    }

    /// A member that is always there: null where there is no value.
    mutating func optional(_ key: StaticString, _ number: Int?) {
        self.key(key)
        if let number { integer(number) } else { null() }
    }
}
