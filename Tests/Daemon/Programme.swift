/// Calendars as submitters drop them: an event for each name, of which the keeper obeys the first word.
enum Programme {
    /// A calendar of events with those names. An event whose name begins with `no day` has a date that there is not.
    static func calendar(_ names: [String], uid: String) -> String {
        let events = names.enumerated().map { event($1, uid: "\(uid)-\($0 + 1)") }
        return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n" + events.joined() + "END:VCALENDAR\n"
    }

    /// The line on which the start of an event stands.
    static func startLine(ofItem number: Int) -> Int { 3 + 7 * (number - 1) + 4 }

    private static func event(_ name: String, uid: String) -> String {
        let day = name.hasPrefix("no day") ? "0332" : "0314"
        let summary = name.replacing(",", with: "\\,").replacing(";", with: "\\;")
        return """
            BEGIN:VEVENT
            UID:\(uid)
            DTSTAMP:20261101T090000Z
            DTSTART;TZID=Europe/Zurich:2031\(day)T200000
            SUMMARY:\(summary)
            LOCATION:Town Hall
            END:VEVENT

            """
    }
}
