import EventModel
import Reading
import Testing

@testable import EventFormats

/// Makes the same events from the same seed.
private struct EventGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    private static let words = [
        "Reading", "Zürich, liest; \\ ja", "two\nlines", "東京 🎷", "\"quoted\"", "a:b=c", "^caret^n", "tab\there", "x",
        "A long headline that goes on and on until it has to be folded somewhere in the middle of a wörd", "END:VEVENT",
    ]
    private static let zones = [
        "Europe/Zurich", "Etc/UTC", "America/New_York", "Asia/Kathmandu", "UTC", "Nowhere/Town",
    ]
    private static let offsets = [0, 3600, -16_200, 20_700].compactMap { UTCOffset(seconds: $0) }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func word() -> String { EventGenerator.words.randomElement(using: &self) ?? "" }

    mutating func maybe<T>(_ percent: Int, _ make: (inout EventGenerator) -> T?) -> T? {
        chance(percent) ? make(&self) : nil
    }

    mutating func list<T>(_ make: (inout EventGenerator) -> T?) -> [T] {
        (0..<(chance(50) ? 0 : Int.random(in: 1...3, using: &self))).compactMap { _ in make(&self) }
    }

    mutating func instant() -> Instant {
        Instant(
            microseconds: Int64.random(in: 0...4_000_000_000, using: &self) * 1_000_000 + (chance(20) ? 123_456 : 0))
    }

    mutating func date() -> LocalDate? { LocalDate(daysSinceEpoch: Int.random(in: 10_000...30_000, using: &self)) }

    mutating func moment(dates: Int) -> Moment? {
        guard let date = date() else { return nil }
        if chance(dates) { return .date(date) }
        let time = LocalDateTime(
            date: date, hour: Int.random(in: 4...23, using: &self), minute: Int.random(in: 0...59, using: &self),
            second: chance(80) ? 0 : 7)
        return time.map { .time($0, offset: nil) }
    }

    mutating func when() -> When {
        let kind = Int.random(in: 0...3, using: &self)
        let dates = kind == 0 ? 100 : 0
        var when = When(start: maybe(90) { $0.moment(dates: dates) })
        when.end = maybe(50) { $0.moment(dates: dates) }
        when.recurrenceDates = list { $0.moment(dates: dates) }
        when.exceptionDates = list { $0.moment(dates: dates) }
        when.recurrenceRule = maybe(30) { _ in "FREQ=WEEKLY;COUNT=3" }
        when.timeZone = maybe(kind == 1 ? 0 : 60) { EventGenerator.zones.randomElement(using: &$0) }
        if kind == 3, case .time(let time, _)? = when.start {
            when.start = .time(time, offset: EventGenerator.offsets.randomElement(using: &self))
        }
        when.precision = chance(10) ? .month : when.start?.time == nil ? .day : .minute
        return when
    }

    mutating func place() -> Place {
        var place = Place(name: word(), kind: PlaceKind.allCases.randomElement(using: &self) ?? .venue)
        if chance(50) {
            (place.latitude, place.longitude) = (
                Double.random(in: -90...90, using: &self), chance(50) ? -1.234e-12 : 1e300
            )
        }
        place.streetAddress = maybe(30) { $0.word() }
        place.locality = maybe(30) { $0.word() }
        place.postalCode = maybe(20) { _ in "8001" }
        place.region = maybe(20) { $0.word() }
        place.country = maybe(30) { _ in "CH" }
        place.geonameID = maybe(20) { _ in 2_657_896 }
        place.timeZone = maybe(20) { _ in "Europe/Zurich" }
        return place
    }

    mutating func occurrence(_ id: String) -> Occurrence {
        var occurrence = Occurrence(id: id, when: when(), place: maybe(60) { $0.place() })
        occurrence.status = maybe(20) { EventStatus.allCases.randomElement(using: &$0) }
        occurrence.onlineURL = maybe(20) { $0.chance(80) ? "https://example.org/a?b=c;d" : "sip:x y" }
        occurrence.previousStarts = list { $0.moment(dates: 50) }
        occurrence.dayAssignment = DayAssignment.allCases.randomElement(using: &self) ?? .each
        return occurrence
    }

    mutating func party() -> Party {
        var party = Party(
            name: word(), kind: PartyKind.allCases.randomElement(using: &self) ?? .person,
            role: PartyRole.allCases.randomElement(using: &self) ?? .sponsor)
        party.acronyms = list { $0.word() }
        party.alternateNames = list { $0.word() }
        party.email = maybe(50) { _ in "info@example.org" }
        party.url = maybe(30) { _ in "https://example.org" }
        return party
    }

    mutating func update(_ uid: String) -> EventUpdate {
        var update = plainUpdate(uid, name: word())
        update.name.language = chance(30) ? "de-CH" : ""
        update.kind = UpdateKind.allCases.randomElement(using: &self) ?? .announce
        update.uidOrigin = chance(20) ? .derived : .stated
        update.sequence = maybe(50) { Int.random(in: 0...5, using: &$0) }
        update.issuedAt = maybe(60) { $0.instant() }
        update.references = list {
            Reference(uid: $0.word(), sequence: $0.maybe(50) { _ in 3 }, issuedAt: $0.maybe(50) { $0.instant() })
        }
        update.status = EventStatus.allCases.randomElement(using: &self) ?? .scheduled
        update.description = maybe(50) { LanguageText($0.word() + " ", language: $0.chance(30) ? "fr" : "") }
        update.language = chance(70) ? update.name.language : "it"
        update.type = chance(30) ? "MusicEvent" : "Event"
        let ids = [
            ["main"], ["main", "20261205T090000", "20261212"], ["paris", "rome/2", "main"], ["20261205"], ["x"], [],
        ]
        update.occurrences = (ids.randomElement(using: &self) ?? []).map { occurrence($0) }
        update.parties = list { $0.party() }
        update.attendanceMode = AttendanceMode.allCases.randomElement(using: &self) ?? .offline
        update.embargoUntil = maybe(20) { $0.instant() }
        update.visibility = chance(20) ? .private : .public
        update.links = list { $0.chance(80) ? "https://example.org/\($0.chance(50))" : $0.word() }
        update.categories = list { $0.word() }
        update.extensions = list {
            Extension(
                vocabulary: "schema.org", scope: $0.chance(50) ? "paris" : "", name: $0.word(),
                content: "{\"a\":[1,\"\($0.chance(50))\"]}")
        }
        return update
    }
}

/// The fields in which two values differ, for a person.
private func differences(_ a: Any, _ b: Any, path: String) -> [String] {
    let (left, right) = (Array(Mirror(reflecting: a).children), Array(Mirror(reflecting: b).children))
    if "\(a)" == "\(b)" { return [] }
    guard !left.isEmpty, left.count == right.count, !(a is any CustomStringConvertible) || a is [Any] else {
        return ["\(path): \(a) → \(b)"]
    }
    return zip(left, right).enumerated().flatMap { index, pair in
        differences(pair.0.value, pair.1.value, path: "\(path).\(pair.0.label ?? String(index))")
    }
}

@Suite struct ICalendarRoundTripTests {
    @Test(arguments: 0..<400)
    func whatIsWrittenIsReadBack(_ seed: Int) throws {
        var generator = EventGenerator(state: UInt64(seed))
        let updates = [generator.update("first"), generator.update("second/one")]
        var options = ICalendarWriter.Options()
        options.publishing = generator.chance(50)
        let bytes = ICalendarWriter.write(updates, options: options)
        // As stated: values at random are not all such that they can be meant.
        let back = readStatements(bytes, context: ReadingContext(receivedAt: Instant(microseconds: 0), sha256: ""))
        #expect(back.updates.count == 2)
        for (index, update) in updates.enumerated() where index < back.updates.count {
            let read = back.updates[index].update
            if read.content != update.content {
                Issue.record("\(differences(update.content, read.content, path: ""))")
            }
            #expect(read.sequence == update.sequence)
        }
    }

    @Test(arguments: 0..<50)
    func linesAreShort(_ seed: Int) {
        var generator = EventGenerator(state: UInt64(seed))
        let text = String(decoding: ICalendarWriter.write([generator.update("u")]), as: UTF8.self)
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
    }

    @Test func whatWasKeptIsWrittenAgain() throws {
        let file = calendar(
            "SUMMARY:Jazz", "DTSTART:20261128", "X-PRICE;CURRENCY=CHF:20", "CLASS:CONFIDENTIAL",
            "ORGANIZER;CN=Club:that",
            "CONFERENCE;VALUE=URI;LABEL=Stream:https://example.org/s", "CREATED:20260101T000000Z", "BEGIN:VLOCATION",
            "NAME:Club",
            "END:VLOCATION")
        let first = try #require(decode(file).updates.first?.update)
        let text = String(decoding: ICalendarWriter.write([first]), as: UTF8.self)
        for line in ["X-PRICE;CURRENCY=CHF:20", "CLASS:CONFIDENTIAL", "ORGANIZER;CN=Club:that", "BEGIN:VLOCATION"] {
            #expect(text.split(separator: "\r\n").filter { $0.contains(line) }.count == 1, "\(line)")
        }
        #expect(decode(text).updates.first?.update.content == first.content)
    }
}
