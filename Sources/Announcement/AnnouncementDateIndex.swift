/// The dates of a text, found by where they stand without a search through all of them.
struct AnnouncementDateIndex: Sendable {
    /// In the order of the text.
    let dates: [AnnouncementDate]
    private var segments: [Int: Range<Int>] = [:]
    private var starts: [Int: Int] = [:]
    private var ends: [Int: Int] = [:]
    /// The segment of the date that most speaks for being the event's.
    let strongestSegment: Int?
    /// Segments with a date of the event that more than its mere presence speaks for.
    let eventSegments: Set<Int>

    init(_ dates: [AnnouncementDate]) {
        self.dates = dates
        for (number, date) in dates.enumerated() {
            segments[date.segment] = (segments[date.segment]?.lowerBound ?? number)..<number + 1
            starts[date.date.tokens.lowerBound] = number
            ends[date.date.tokens.upperBound] = number
        }
        let events = dates.filter { $0.use == .event }
        strongestSegment = events.max { $0.score < $1.score }?.segment
        eventSegments = Set(events.lazy.filter { $0.score > AnnouncementDateFinder.leastScore }.map(\.segment))
    }

    /// The dates of a segment.
    func dates(in segment: Int) -> ArraySlice<AnnouncementDate> { dates[segments[segment] ?? 0..<0] }

    /// The date whose first word that is.
    func date(startingAt token: Int) -> AnnouncementDate? { starts[token].map { dates[$0] } }

    /// The date that ends before a word.
    func date(endingAt token: Int) -> AnnouncementDate? { ends[token].map { dates[$0] } }

    /// The date of the segment that stands before a word, else its first.
    func date(beside token: Int, in segment: Int) -> AnnouncementDate? {
        guard let range = segments[segment] else { return nil }
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if dates[middle].date.tokens.lowerBound < token { low = middle + 1 } else { high = middle }
        }
        return dates[max(range.lowerBound, low - 1)]
    }
}
