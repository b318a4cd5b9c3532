import EventModel

/// How values of a type are written in corrections.
struct CorrectionKind<Value: Sendable>: Sendable {
    let expectation: String
    let read: @Sendable (String) -> Value?

    init(_ expectation: String, _ read: @escaping @Sendable (String) -> Value?) {
        self.expectation = expectation
        self.read = read
    }
}

extension CorrectionKind where Value == String {
    static let text = CorrectionKind("a text") { $0.isEmpty ? nil : $0 }

    static let identifier = CorrectionKind("an identifier without white space") { text in
        text.isEmpty || text.utf8.contains { $0 <= 0x20 || $0 == 0x7F } ? nil : text
    }

    static let recurrenceRule = CorrectionKind("a recurrence rule such as FREQ=WEEKLY;UNTIL=20271231") { text in
        // ignoring: which part is wrong; the expectation shows the whole
        (try? RecurrenceRule(text))?.text
    }
}

extension CorrectionKind where Value == Int {
    static let count = CorrectionKind("a whole number from 0") { Int(written: $0, in: 0...Int(Int32.max)) }
}

extension CorrectionKind where Value == Double {
    static let number = CorrectionKind("a number") { Double(written: $0) }
    static let degrees = CorrectionKind("a number of degrees") { Double(written: $0) }
}

extension CorrectionKind where Value == Instant {
    static let instant = CorrectionKind(
        "a time with its distance from UTC such as 2027-03-05T10:00:00+01:00", Instant.init(rfc3339:))
}

extension CorrectionKind where Value == Moment {
    static let moment = CorrectionKind(timeExpectation) { JSONTime(correction: $0)?.moment }
    static let lastDay = CorrectionKind(timeExpectation) { JSONTime(correction: $0)?.lastDay }
    private static let timeExpectation = "a date such as 2027-03-05 or a time such as 2027-03-05T19:30:00"
}

extension JSONTime {
    /// Reads the value of a correction; nil where it is none.
    init?(correction text: String) {
        var text = text
        // ignoring: which part is wrong; the expectation shows the whole
        guard let time = text.withUTF8({ try? JSONTime($0) }) else { return nil }
        self = time
    }
}
