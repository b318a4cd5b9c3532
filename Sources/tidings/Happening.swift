import Requests
import EventFormats
import EventModel
import Pipeline

/// One thing that happened to a delivery.
struct Happening {
    var time: Instant
    var delivery: String?
    /// The updates of the delivery that it is about, by their places in the file, from 1; none where it is about all of
    /// them, or nobody says about which.
    var items: [Int] = []
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
    /// Whether it sums up what became of a delivery, which may have several updates.
    var isSummary = false
    /// Whether the delivery is known to have several updates.
    var isOfSeveral = false

    /// The update that it is about, where it is about one.
    var item: Int? {
        get { items.count == 1 ? items[0] : nil }
        set { items = newValue.map { [$0] } ?? [] }
    }

    func write(into json: inout JSONWriter) {
        json.key("time")
        json.string(time.description)
        json.optional("delivery", delivery)
        json.optional("item", item)
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

    /// Writes it for people; of a delivery of several updates with the one that it is about.
    func write(to console: Console, isOfSeveral: Bool) {
        var head = "\(time.toTheSecond)"
        if let outcome { head += "  \(outcome.printable)" }
        if let intent, intent != outcome { head += " (\(intent.printable))" }
        let subject = [file, isOfSeveral ? item.map { "item \($0)" } : nil].compactMap { $0 }
        if !subject.isEmpty { head += "  \(subject.joined(separator: ", "))" }
        console.paragraph(
            head, styling: outcome.map { ("  \($0.printable)", Outcome(rawValue: $0)?.style) })
        if !message.isEmpty { console.paragraph(message.printable, indent: 4) }
        for detail in details where !message.contains(detail) { console.paragraph(detail.printable, indent: 4) }
        let origin = [stage.map { "stage \($0)" }, whereabouts.map { "delivery \($0)" }].compactMap { $0 }
        if !origin.isEmpty { console.line("    " + console.styled(origin.joined(separator: ", ").printable, .faint)) }
    }

    /// The delivery, with the updates where there are several.
    private var whereabouts: String? {
        guard items.count > 1, let id = delivery.flatMap({ DeliveryID($0) }) else { return delivery }
        return DecidedItems(id, items: items).description
    }

    /// Whether both speak of the same thing that happened.
    ///
    /// - Parameter isOfSeveral: Whether the delivery has several updates: then nobody can tell of which of them an account
    ///   of the whole speaks.
    func isSame(_ other: Happening, isOfSeveral: Bool) -> Bool {
        guard delivery == other.delivery, outcome == other.outcome else { return false }
        if !items.isEmpty, !other.items.isEmpty, items != other.items { return false }
        // Of a decision the answer says what the journal says after who asked for what.
        if outcome == nil { return message.hasSuffix(other.message) }
        guard delivery != nil, uid == nil || other.uid == nil || uid == other.uid else { return false }
        let isClear = !isOfSeveral || items.isEmpty == other.items.isEmpty && isSummary == other.isSummary
        return isClear || uid != nil && uid == other.uid
    }

    /// Takes over what the other account knows and this one does not. What an update's own account says is better than what
    /// one of its delivery does.
    mutating func complete(from other: Happening) {
        let isBetter = isSummary && !other.isSummary
        if items.isEmpty { items = other.items }
        file = file ?? other.file
        uid = uid ?? other.uid
        stage = isBetter ? other.stage ?? stage : stage ?? other.stage
        intent = isBetter ? other.intent ?? intent : intent ?? other.intent
        if codes.isEmpty || isBetter && !other.codes.isEmpty { codes = other.codes }
        if message.isEmpty || isBetter && !other.message.isEmpty { message = other.message }
        if details.isEmpty { details = other.details }
        isSummary = isSummary && other.isSummary
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
