import EventModel

/// Makes updates at random, the same ones for the same seed.
struct UpdateGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    private mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &self)] }

    private mutating func maybe<T>(_ value: (inout UpdateGenerator) -> T) -> T? { chance(50) ? value(&self) : nil }

    private mutating func list<T>(_ most: Int, _ value: (inout UpdateGenerator) -> T) -> [T] {
        var values: [T] = []
        for _ in 0..<Int.random(in: 0...most, using: &self) { values.append(value(&self)) }
        return values
    }

    private mutating func word() -> String {
        pick(["", "a", "b", "Zürich", "x#2", "x", "long text\nof two lines", "]."])
    }

    private mutating func moment() -> Moment {
        guard let date = LocalDate(year: 2027, month: pick([1, 2]), day: pick([1, 2, 3])) else { return moment() }
        guard chance(60), let time = LocalDateTime(date: date, hour: pick([9, 19]), minute: 0) else {
            return .date(date)
        }
        return .time(time, offset: maybe { UTCOffset(seconds: $0.pick([0, 3600])) } ?? nil)
    }

    private mutating func place() -> Place {
        var place = Place(name: word(), kind: pick(PlaceKind.allCases))
        place.streetAddress = maybe { $0.word() }
        place.locality = maybe { $0.word() }
        place.country = maybe { $0.word() }
        place.latitude = maybe { Double($0.pick([1, 2])) / 3 }
        place.geonameID = maybe { $0.pick([1, 2]) }
        place.timeZone = maybe { $0.word() }
        return place
    }

    private mutating func occurrence() -> Occurrence {
        var occurrence = Occurrence(
            id: pick(["x", "y", "z", "x#2", "w", ""]), when: When(start: maybe { $0.moment() }))
        occurrence.when.end = maybe { $0.moment() }
        occurrence.when.recurrenceRule = chance(20) ? "FREQ=WEEKLY" : nil
        occurrence.when.exceptionDates = list(2) { $0.moment() }
        occurrence.status = maybe { $0.pick(EventStatus.allCases) }
        occurrence.previousStarts = list(2) { $0.moment() }
        occurrence.place = maybe { $0.place() }
        occurrence.onlineURL = maybe { $0.word() }
        occurrence.dayAssignment = pick(DayAssignment.allCases)
        return occurrence
    }

    mutating func update() -> EventUpdate {
        var update = EventUpdate(
            uid: pick(["u", "v"]), name: LanguageText(word(), language: word()),
            receipt: Receipt(
                receivedAt: Instant(microseconds: Int64.random(in: 0...9, using: &self)),
                source: Source(mediaType: "text/plain", sha256: word(), byteCount: 1)))
        update.kind = pick(UpdateKind.allCases)
        update.sequence = maybe { $0.pick([0, 1]) }
        update.issuedAt = maybe { Instant(microseconds: $0.pick([0, 1])) }
        update.references = list(2) { Reference(uid: $0.word()) }
        update.status = pick(EventStatus.allCases)
        update.description = maybe { LanguageText($0.word()) }
        update.language = word()
        update.occurrences = list(5) { $0.occurrence() }
        update.parties = list(2) { Party(name: $0.word(), kind: .person, role: $0.pick(PartyRole.allCases)) }
        update.attendanceMode = pick(AttendanceMode.allCases)
        update.embargoUntil = maybe { Instant(microseconds: $0.pick([0, 1])) }
        update.visibility = pick(Visibility.allCases)
        update.links = list(2) { $0.word() }
        update.categories = list(2) { $0.word() }
        update.extensions = list(2) { Extension(vocabulary: "icalendar", scope: $0.word(), content: $0.word()) }
        return update
    }

    /// The same with some things changed, as a correction does it.
    mutating func altered(_ update: EventUpdate) -> EventUpdate {
        var result = update
        let other = self.update()
        if chance(30) { result.status = other.status }
        if chance(30) { result.name = other.name }
        if chance(30) { result.parties = other.parties }
        if chance(20) { result.issuedAt = other.issuedAt }
        if chance(30) { result.occurrences.shuffle(using: &self) }
        if chance(30), !result.occurrences.isEmpty { result.occurrences.removeLast() }
        if chance(30) { result.occurrences.insert(occurrence(), at: 0) }
        if chance(50), let index = result.occurrences.indices.randomElement(using: &self) {
            result.occurrences[index].when.start = maybe { $0.moment() }
            result.occurrences[index].place = maybe { $0.place() }
        }
        if chance(20), let index = result.occurrences.indices.randomElement(using: &self) {
            result.occurrences[index].id = word()
        }
        return result
    }
}
