import EventModel

/// A duration of ISO 8601 (`PT2H`, `P1D`, `P2W`), whole numbers only, of ten million days at most.
struct JSONLDDuration: Equatable {
    var years = 0
    var months = 0
    /// Weeks are counted as seven days each.
    var days = 0
    var seconds = 0

    init?(_ text: String) {
        var isTime = false
        var number: Int?
        var parts = 0
        guard text.utf8.first == 0x50 else { return nil }
        for byte in text.utf8.dropFirst() {
            if (0x30...0x39).contains(byte) {
                let (product, overflow) = (number ?? 0).multipliedReportingOverflow(by: 10)
                guard !overflow, product < 1_000_000_000 else { return nil }
                number = product + Int(byte) - 0x30
                continue
            }
            if byte == 0x54, !isTime, number == nil {
                isTime = true
                continue
            }
            guard let count = number else { return nil }
            switch (byte, isTime) {
            case (0x59, false): years += count
            case (0x4D, false): months += count
            case (0x57, false): days += 7 * count
            case (0x44, false): days += count
            case (0x48, true): seconds += 3600 * count
            case (0x4D, true): seconds += 60 * count
            case (0x53, true): seconds += count
            default: return nil
            }
            guard max(years, months) <= 10_000, days <= 10_000_000, seconds <= 864_000_000_000 else { return nil }
            number = nil
            parts += 1
        }
        guard number == nil, parts > 0 else { return nil }
    }

    /// The end of what begins at `start` and lasts that long; nil for months and years, and for hours from a day on.
    func end(after start: Moment) -> Moment? {
        guard years == 0, months == 0, days > 0 || seconds > 0 else { return nil }
        switch start {
        case .date(let date):
            // A day's end is inclusive.
            guard seconds == 0 else { return nil }
            return date.adding(days: days - 1).map { .date($0) }
        case .time(let time, let offset):
            return LocalDateTime(secondsSinceEpoch: time.secondsSinceEpoch + days * 86_400 + seconds)
                .map { .time($0, offset: offset) }
        }
    }
}
