import Foundation
import TestKit
import Testing

/// A service with files of several events. An event without a place waits there for a person.
struct Season {
    enum Event {
        /// It is accepted.
        case good
        /// Its day is none of the calendar.
        case bad
        /// It has no place.
        case placeless
    }

    let service: PrivateService

    init() throws {
        service = try PrivateService(
            settings: """
                [[plugins.validator.severity]]
                code = "missing-location"
                severity = "held"
                """)
    }

    /// A calendar of such events, `season-1` and so on.
    static func calendar(_ events: [Event]) -> String {
        let all = events.enumerated().map { index, event in
            """
            BEGIN:VEVENT
            UID:season-\(index + 1)
            DTSTAMP:20261101T090000Z
            DTSTART:2031\(event == .bad ? "0332" : "0314")T200000Z
            SUMMARY:Evening \(index + 1)
            \(event == .placeless ? "CATEGORIES:Music" : "LOCATION:Town Hall")
            END:VEVENT

            """
        }
        return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n" + all.joined() + "END:VCALENDAR\n"
    }

    /// The line of the start of an event.
    static func startLine(ofItem number: Int) -> Int { 3 + 7 * (number - 1) + 4 }

    /// A file of such events outside the spool.
    func file(_ events: [Event]) throws -> String { try service.file("season.ics", Self.calendar(events)) }

    /// Drops such a file and has it worked on.
    func drop(_ events: Event...) throws {
        #expect(try service.run("submit", try file(events)).status == 0)
        try work()
    }

    /// Has the daemon work off what waits.
    func work() throws {
        let ended = try TidingsProgram(
            ["--once", "--config", service.configuration], program: try TidingsProgram.built() + "d"
        ).end()
        #expect([0, 1].contains(ended.status), "\(ended.complaints)")
    }

    /// A daemon that runs until it is told to end.
    func daemon() throws -> TidingsProgram {
        try TidingsProgram(["--config", service.configuration], program: try TidingsProgram.built() + "d")
    }

    /// What waits, as `queue --list` tells it.
    func waiting() throws -> [[String: Any]] { try service.run("queue", "--list", "--json").objects() }

    /// The delivery of which something waits.
    func delivery() throws -> String { try #require(try waiting().first?["delivery"] as? String) }

    /// The updates that are held.
    func held() throws -> [Int] {
        try waiting().filter { $0["folder"] as? String == "held" }.compactMap { $0["item"] as? Int }
    }

    /// The events that are known.
    func events() throws -> Set<String> {
        Set(try service.run("list", "--json").objects().compactMap { $0["uid"] as? String })
    }
}
