import EventModel
import Reading

/// A revision number as a file states it. iCalendar limits them to 32 bits (RFC 5545 §3.3.8).
enum SequenceNumber {
    case stated(Int)
    case negative
    case tooLarge

    /// Reads a whole number of whatever size; nil for anything else.
    init?(_ text: String) {
        if let number = Int(written: text, in: Int.min...Int.max) {
            self = number < 0 ? .negative : number > Int(Int32.max) ? .tooLarge : .stated(number)
            return
        }
        let sign = text.utf8.first { $0 == 0x2B || $0 == 0x2D }
        let digits = text.utf8.dropFirst(sign != nil && text.utf8.first == sign ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self = text.utf8.first == 0x2D ? .negative : .tooLarge
    }

    /// What is said of one below zero; `name` is what the format calls it.
    static func negativeMessage(_ name: String, _ value: String) -> String {
        "\(name) \(value.quotable) is below 0 and is not used; \(remedy)"
    }

    /// What is said of one that no calendar can hold.
    static func tooLargeMessage(_ name: String, _ value: String) -> String {
        "\(name) \(value.quotable) is too large and is not used; \(remedy)"
    }

    /// What is said of what is no number.
    static func unreadableMessage(_ name: String, _ value: String) -> String {
        "\(name) '\(value.quotable)' is no whole number and is not used; \(remedy)"
    }

    private static let remedy = "count revisions upwards from 0, by one each"
}
