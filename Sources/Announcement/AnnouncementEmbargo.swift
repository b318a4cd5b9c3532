import EventModel

/// Until when a text asks to be kept back.
enum AnnouncementEmbargo {
    case until(Instant, bytes: Range<Int>, rule: String)
    /// It asks, and the time cannot be told; whether it asks in a header.
    case unreadable(bytes: Range<Int>, isHeader: Bool)

    static func find(_ announcement: AnnouncementText) -> AnnouncementEmbargo? {
        let tokens = announcement.tokens
        if let header = announcement.headers.embargoUntil {
            let words = tokens.indices.filter { header.bytes.contains(Int(tokens[$0].start)) }
            guard let first = words.first, let last = words.last, let instant = instant(first..<last + 1, announcement)
            else {
                return .unreadable(bytes: header.bytes, isHeader: true)
            }
            return .until(instant, bytes: header.bytes, rule: "embargo.header")
        }
        for segment in announcement.segments.prefix(12) {
            let words: Range<Int>
            if segment.label == .embargo {
                words = segment.tokens
            } else if let index = segment.tokens.first(where: { tokens[$0].has(.embargo) }) {
                // "The embargo on grain", "no embargo": only what says until when, or stands as a banner.
                let negated = index > segment.tokens.lowerBound && tokens[index - 1].has(.negation)
                let isBanner = segment.isLine && segment.tokens.count <= 12
                guard !negated, isBanner || tokens[index].fold == "embargoed" else { continue }
                words = index..<segment.tokens.upperBound
            } else {
                continue
            }
            guard let instant = instant(words, announcement) else {
                return .unreadable(bytes: announcement.bytes(words), isHeader: false)
            }
            return .until(instant, bytes: announcement.bytes(words), rule: "embargo.words")
        }
        return nil
    }

    /// A date with its year and a time with its distance from UTC: nothing less is a promise that can be kept.
    private static func instant(_ range: Range<Int>, _ announcement: AnnouncementText) -> Instant? {
        let tokens = announcement.tokens
        guard let date = TextDateParser(tokens: tokens).dates(in: range).first, let day = date.first.date(), date.hasDay
        else {
            return nil
        }
        let parser = TextTimeParser(tokens: tokens, zones: announcement.language.zones)
        guard let span = date.times ?? parser.spans(in: range).first else { return nil }
        let offset =
            span.offsetSeconds
            ?? offsets[
                (range.first(where: { $0 >= span.tokens.lowerBound && offsets[tokens[$0].fold] != nil }).map {
                    tokens[$0].fold
                }) ?? ""]
        guard let offset = offset.flatMap(UTCOffset.init(seconds:)),
            let local = LocalDateTime(date: day, hour: span.start.hour, minute: span.start.minute)
        else { return nil }
        return Instant(local, offset: offset)
    }

    /// Abbreviations that mean one distance from UTC the year round.
    private static let offsets: [String: Int] = [
        "utc": 0, "gmt": 0, "cet": 3600, "cest": 7200, "eet": 7200, "eest": 10_800, "edt": -14_400, "est": -18_000,
        "cdt": -18_000, "mdt": -21_600, "mst": -25_200, "pdt": -25_200, "pst": -28_800,
    ]
}
