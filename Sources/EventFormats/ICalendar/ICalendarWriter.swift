public import EventModel

/// Writes updates as iCalendar (RFC 5545, 5546, 7986), so that any calendar program reads them and our own reader gets
/// back what they say: what iCalendar has no words for goes into X-TIDINGS properties. An event of one occurrence, or
/// of one recurrence set, keeps its UID, SEQUENCE and RECURRENCE-ID; an event of several places becomes one VEVENT a
/// place, named `<uid>/<occurrence>` and RELATED-TO the whole. What cannot be written: control characters within texts.
public struct ICalendarWriter: Sendable {
    /// How a calendar is written.
    public struct Options: Sendable {
        /// A calendar for subscribers (METHOD:PUBLISH throughout); else a message whose METHOD is CANCEL where all of
        /// its updates cancel.
        public var publishing = true
        /// The calendar's name, shown by the programs of its subscribers.
        public var calendarName: String?
        /// How often a subscriber should look for news, in seconds.
        public var refreshSeconds: Int?

        /// The defaults: a calendar for subscribers, without a name.
        public init() {}
    }

    private let options: Options
    private let zones: ZoneDatabase

    /// Writes one calendar with all updates, in their order.
    public static func write(
        _ updates: [EventUpdate], options: Options = Options(), zones: ZoneDatabase = .system
    ) -> [UInt8] {
        ICalendarWriter(options: options, zones: zones).write(updates)
    }

    private func write(_ updates: [EventUpdate]) -> [UInt8] {
        let isCancellation = !options.publishing && !updates.isEmpty && updates.allSatisfy { $0.kind == .cancel }
        var events: [UInt8] = []
        var used: [String: ClosedRange<Int>] = [:]
        for update in updates {
            var writer = ICalendarEventWriter(
                update: update, isCancellation: isCancellation, zones: zones, writer: ContentWriter())
            writer.write()
            events += writer.writer.bytes
            used.merge(writer.usedZones) { min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound) }
        }
        var calendar = ContentWriter()
        calendar.line("BEGIN", "VCALENDAR")
        calendar.line("VERSION", "2.0")
        calendar.line("PRODID", "-//tidingsd//tidingsd//EN")
        calendar.line("CALSCALE", "GREGORIAN")
        calendar.line("METHOD", isCancellation ? "CANCEL" : "PUBLISH")
        if let name = options.calendarName {
            calendar.text("NAME", name)
            calendar.text("X-WR-CALNAME", name)
        }
        if let seconds = options.refreshSeconds {
            calendar.line("REFRESH-INTERVAL", [("VALUE", "DURATION")], "PT\(seconds)S")
            calendar.line("X-PUBLISHED-TTL", "PT\(seconds)S")
        }
        for (name, years) in used.sorted(by: { $0.key < $1.key }) {
            if let zone = zones.zone(name) { ZoneWriter.write(name, zone, years: years, into: &calendar) }
        }
        var end = ContentWriter()
        end.line("END", "VCALENDAR")
        return calendar.bytes + events + end.bytes
    }
}
