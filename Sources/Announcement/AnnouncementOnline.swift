/// Where a text says the event can be attended online.
struct AnnouncementOnline {
    private let announcement: AnnouncementText
    private static let reach = 12

    init(_ announcement: AnnouncementText) { self.announcement = announcement }

    /// The words that say so, and the address to go to.
    func find(_ places: [AnnouncementPlace]) -> (url: String?, bytes: Range<Int>)? {
        let tokens = announcement.tokens
        if let place = places.first(where: \.isOnline) {
            return (link(near: place.tokens.lowerBound, place.segment), announcement.bytes(place.tokens))
        }
        for (number, segment) in announcement.segments.enumerated() {
            if segment.label == .online, !segment.tokens.isEmpty {
                return (link(near: segment.tokens.lowerBound, number), announcement.bytes(segment.tokens))
            }
            guard segment.label == nil else { continue }
            for index in segment.tokens where tokens[index].has(.online) {
                // "Tickets are sold online" is no way to attend.
                let before = max(segment.tokens.lowerBound, index - AnnouncementOnline.reach)..<index
                let around = before.lowerBound..<min(segment.tokens.upperBound, index + AnnouncementOnline.reach)
                guard
                    !around.contains(where: {
                        tokens[$0].has(.deadline) && tokens[$0].fold != "by" && tokens[$0].fold != "before"
                    }),
                    before.contains(where: { tokens[$0].has([.takes, .future, .moved]) || tokens[$0].has(.holding) })
                        || segment.isLine && segment.tokens.count <= 6
                else { continue }
                return (link(near: index, number), tokens[index].bytes)
            }
        }
        return nil
    }

    /// The first link of the segment or of the two after it.
    private func link(near index: Int, _ segment: Int) -> String? {
        for number in segment..<min(segment + 3, announcement.segments.count) {
            for position in announcement.segments[number].tokens where announcement.tokens[position].kind == .link {
                let text = announcement.source.text(announcement.tokens[position].bytes)
                return text.hasPrefix("http") ? text : "https://\(text)"
            }
        }
        return nil
    }
}
