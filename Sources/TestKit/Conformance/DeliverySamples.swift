import EventFormats
import EventModel
public import PluginKit
import Primitives
import Reading

/// Deliveries for tests: files of every kind, read by the same readers as in the daemon.
public enum DeliverySamples {
    /// One delivery, as the daemon makes it of a dropped file.
    /// - Parameters:
    ///   - name: The file's name as dropped.
    ///   - bytes: What the file holds.
    ///   - number: Numbers the delivery: ids rise with it, and each is received a second after the one before.
    ///   - facts: What the daemon knows of the delivery.
    ///   - itemFacts: What earlier stages found out about each of its updates, and what a person decided.
    public static func delivery(
        _ name: [UInt8], _ bytes: [UInt8], number: Int, facts: Facts = Facts(),
        itemFacts: (DeliveryItem) -> Facts = { _ in Facts() }
    ) -> Delivery {
        let received = start.adding(.seconds(number))
        let sha256 = SHA256.hex(of: bytes)
        var delivery = Delivery(
            id: DeliveryID(at: received, random: (0, UInt64(number))), file: name, bytes: bytes, sha256: sha256,
            submitter: 1000, receivedAt: received,
            decoded: readUpdates(bytes, context: ReadingContext(receivedAt: received, sha256: sha256)), facts: facts)
        for index in delivery.items.indices { delivery.items[index].facts.add(itemFacts(delivery.items[index])) }
        return delivery
    }

    /// The same content in a later delivery, as when a file is dropped again.
    public static func again(_ delivery: Delivery, number: Int) -> Delivery {
        self.delivery(delivery.file, delivery.bytes, number: number, facts: delivery.facts) { item in
            delivery.items.first { $0.number == item.number }?.facts ?? Facts()
        }
    }

    /// Good and bad files of each format, one with several updates, one with a bad event among good ones and one with
    /// none, corrections and a cancellation, odd names, a large file.
    public static func all() -> [Delivery] {
        contents().enumerated().map { number, file in
            delivery(file.name, Array(file.text.utf8) + file.tail, number: number)
        }
    }

    /// When the first was received: what a ``HeldClock`` shows at first, less an hour.
    static let start = HeldClock().now.adding(.seconds(-3600))

    private struct File {
        var name: [UInt8]
        var text: String
        var tail: [UInt8] = []

        init(_ name: String, _ text: String, tail: [UInt8] = []) {
            self.name = Array(name.utf8)
            self.text = text
            self.tail = tail
        }
    }

    private static func contents() -> [File] {
        var files = [
            File("reading.jsonld", reading(day: 12)),
            File("reading corrected.jsonld", reading(day: 13, sequence: 1)),
            File("concert.ics", calendar([event("concert", "Evening Concert", day: 1)])),
            File("several.ics", calendar((1...3).map { event("walk-\($0)", "Walk \($0)", day: $0 + 1) })),
            // 32 May is no day: the second of four cannot be read.
            File(
                "one bad.ics",
                calendar([10, 32, 12, 13].map { event("tour-\($0)", "Tour of the Harbour", day: $0) })),
            File("none.ics", calendar([])),
            File(
                "cancelled.ics",
                calendar([event("concert", "Evening Concert", day: 1, sequence: 1, status: "CANCELLED")])),
            File("ride.txt", announcement),
            File("30 February.jsonld", reading(day: 30, month: 2, identifier: "impossible")),
            File("cut.jsonld", String(reading(day: 14).dropLast(30))),
            File("empty", ""),
            File("latin-1.txt", "Konzert in K", tail: [0xF6, 0x6C, 0x6E, 0x0A]),
            File("-rf", calendar([event("dash", "Dash", day: 6)])),
            File("line\nend\u{1B}[31m.ics", calendar([event("escape", "Escape", day: 7)])),
            File(String(repeating: "n", count: 255), calendar([event("long-name", "Long Name", day: 8)])),
            File("large.ics", calendar((1...40).map { event("large-\($0)", large($0), day: $0 % 28 + 1) })),
        ]
        files[files.count - 4].name = [0x2D, 0xFF, 0xFE, 0x20]
        return files
    }

    private static func reading(
        day: Int, month: Int = 4, sequence: Int = 0, identifier: String = "reading"
    ) -> String {
        """
        {"@context": "https://schema.org", "@type": "Event", "identifier": "\(identifier)@example.org",
         "name": "An Evening of Readings", "sequence": \(sequence), "dateModified": "2026-11-0\(sequence + 1)T09:00:00Z",
         "startDate": "2027-\(month < 10 ? "0" : "")\(month)-\(day)T19:00:00+02:00", "inLanguage": "en",
         "organizer": {"@type": "Organization", "name": "Harbour Library"},
         "location": {"@type": "Place", "name": "Harbour Library", "address": "Quay 1, Oostmeer"}}

        """
    }

    private static func event(
        _ uid: String, _ name: String, day: Int, sequence: Int = 0, status: String = "CONFIRMED"
    ) -> String {
        let date = "202705\(day < 10 ? "0" : "")\(day)"
        return """
            BEGIN:VEVENT\r
            UID:\(uid)@example.org\r
            SEQUENCE:\(sequence)\r
            DTSTAMP:2026110\(sequence + 1)T090000Z\r
            DTSTART;TZID=Europe/Brussels:\(date)T190000\r
            DTEND;TZID=Europe/Brussels:\(date)T210000\r
            SUMMARY:\(name)\r
            STATUS:\(status)\r
            LOCATION:Old Crane\\, Oostmeer\r
            END:VEVENT\r

            """
    }

    private static func calendar(_ events: [String]) -> String {
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n" + events.joined() + "END:VCALENDAR\r\n"
    }

    private static func large(_ number: Int) -> String {
        "Lecture \(number) " + String(repeating: "of a long and varied series ", count: 30)
    }

    private static let announcement = """
        Cyclists for Quiet Streets to ride in two cities

        Cyclists for Quiet Streets to ride in two cities

        The Quiet Streets Network (QSN) announced that its supporters will ride through the centres of two cities.

        The rides will be held on 15 and 16 May 2027 in Lyon and Ghent.

        """
}
