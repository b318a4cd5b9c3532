import EventModel

/// What an RFC 5545 RECUR value says, for people: `Repeats every 2 weeks until 5 March 2027`.
enum RepetitionWords {
    static func of(_ rule: String) -> String {
        var unit: String?
        var interval = 1
        var until: LocalDate?
        for part in rule.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            switch pair[0].uppercased() {
            case "FREQ":
                unit = ["DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"][pair[1].uppercased()]
            case "INTERVAL": interval = Int(written: pair[1], in: 1...9999) ?? 1
            case "UNTIL": until = date(pair[1])
            default: break
            }
        }
        guard let unit else { return "Repeats" }
        let pace = interval > 1 ? "every \(interval) \(unit)s" : "every \(unit)"
        return "Repeats \(pace)" + (until.map { " until \($0.words)" } ?? "")
    }

    private static func date(_ text: Substring) -> LocalDate? {
        guard text.utf8.count >= 8, let year = Int(written: text.prefix(4), in: 1...9999),
            let month = Int(written: text.dropFirst(4).prefix(2), in: 1...12),
            let day = Int(written: text.dropFirst(6).prefix(2), in: 1...31)
        else { return nil }
        return LocalDate(year: year, month: month, day: day)
    }
}
