import EventModel
import Testing

@testable import EventFormats

/// A readable status is taken, whatever its spelling; one that cannot be read is for a person.
@Suite struct StatusSpellingTests {
    private func status(_ decoded: Decoded) throws -> (EventStatus, [String]) {
        let update = try #require(decoded.updates.first).update
        return (update.status, decoded.diagnostics.map { "\($0.severity.word) \($0.code.rawValue) \($0.field)" })
    }

    private static let taken = ["warning spelling-taken status"]
    private static let held = ["held unknown-status status"]

    @Test(arguments: [
        ("CANCELED", EventStatus.cancelled), ("Cancel", .cancelled), ("EventCancelled", .cancelled),
        ("called off", .cancelled), ("POSTPONED", .postponed), ("RESCHEDULED", .rescheduled), ("SCHEDULED", .scheduled),
        ("https://schema.org/EventMovedOnline", .movedOnline),
    ])
    func inCalendars(_ word: String, _ expected: EventStatus) throws {
        let read = try status(decode(calendar("SUMMARY:x", "STATUS:\(word)")))
        #expect(read.0 == expected)
        #expect(read.1 == Self.taken)
    }

    @Test(arguments: [
        ("CANCELLED", EventStatus.cancelled), ("confirmed", .scheduled), ("", .scheduled),
    ])
    func asTheStandardHasIt(_ word: String, _ expected: EventStatus) throws {
        let read = try status(decode(calendar("SUMMARY:x", "STATUS:\(word)")))
        #expect(read.0 == expected)
        #expect(read.1 == [])
    }

    @Test(arguments: ["SOLD-OUT", "NEEDS-ACTION", "X"])
    func whatCannotBeReadIsHeld(_ word: String) throws {
        #expect(try status(decode(calendar("SUMMARY:x", "STATUS:\(word)"))).1 == Self.held)
        #expect(try status(decode(calendar("SUMMARY:x", "X-TIDINGS-STATUS:\(word)"))).1 == Self.held)
        #expect(try status(JSONLDReading.read(JSONLDReading.event(#""eventStatus":"\#(word)""#))).1 == Self.held)
    }

    @Test(arguments: [
        (#""canceled""#, EventStatus.cancelled), (#""Event Cancelled""#, .cancelled),
        (#""EVENT_POSTPONED""#, .postponed),
        (#""https://schema.org/#EventRescheduled""#, .rescheduled),
        (#"{"@type":"Text","name":"Cancelled"}"#, .cancelled),
        (#"["Confirmed","Postponed"]"#, .postponed),
    ])
    func inJSON(_ value: String, _ expected: EventStatus) throws {
        let read = try status(JSONLDReading.read(JSONLDReading.event(#""eventStatus":\#(value)"#)))
        #expect(read.0 == expected)
        #expect(Set(read.1) == Set(Self.taken))
    }

    @Test(arguments: [
        "Canceled: Board meeting", "CANCELLED:  Board meeting", " Abgesagt: Board meeting", "Annulé : Board meeting",
    ])
    func asOutlookWritesIt(_ title: String) throws {
        let plain = decode(calendar("SUMMARY:\(title)", "DTSTART:20270918T080000Z"))
        #expect(try status(plain) == (.cancelled, Self.taken))
        #expect(plain.updates.first?.update.name.text == "Board meeting")
        #expect(plain.updates.first?.update.evidence.map(\.rule) == ["status.title"])
        // Where the status says so itself there is nothing to warn of, and the title is the same.
        let stated = decode(calendar("SUMMARY:\(title)", "STATUS:CANCELLED"))
        #expect(try status(stated) == (.cancelled, []))
        #expect(stated.updates.first?.update.name.text == "Board meeting")
        let json = JSONLDReading.read(
            #"{"@type":"Event","identifier":"e","name":"\#(title)","startDate":"2027-09-18"}"#)
        #expect(try status(json) == (.cancelled, Self.taken))
        #expect(json.updates.first?.update.kind == .cancel)
    }

    @Test(arguments: ["Canceled", "Canceled: ", "Cancelled flights: a talk", "Not cancelled: Board meeting"])
    func otherTitlesAreTitles(_ title: String) throws {
        let decoded = decode(calendar("SUMMARY:\(title)", "DTSTART:20270918T080000Z"))
        #expect(try status(decoded) == (.scheduled, []))
    }

    @Test func oneDateOfASeriesMayBeCalledOffInItsTitle() throws {
        let decoded = decode(
            """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:choir
            SUMMARY:Choir
            DTSTART:20270901T180000Z
            RRULE:FREQ=WEEKLY;COUNT=4
            END:VEVENT
            BEGIN:VEVENT
            UID:choir
            SUMMARY:Canceled: Choir
            RECURRENCE-ID:20270908T180000Z
            DTSTART:20270908T180000Z
            END:VEVENT
            END:VCALENDAR
            """)
        let update = try #require(decoded.updates.first).update
        #expect(update.status == .scheduled)
        #expect(update.occurrences.map(\.status) == [nil, .cancelled])
        #expect(update.extensions == [])
    }
}
