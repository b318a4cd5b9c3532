import EventModel
import Testing

/// What the event is after an update, each as a conversation with the desk.
@Suite("The state after an update")
struct UpdateStateTests {
    var desk = Desk()

    // MARK: Rule 4

    @Test("A cancellation needs a uid only; the rest of the event stays known")
    mutating func cancelled() {
        desk.hears(party(.icalendar, 0), "new")
        desk.hears(cancellation(.icalendar, 1), "cancelled")
        #expect(desk.party?.status == .cancelled)
        #expect(desk.party?.name.text == "May party")
        #expect(desk.party?.start == moment("2027-05-01 19:00"))
        #expect(desk.changed == ["status"])
        desk.hears(cancellation(.icalendar, 1), "unchanged")
    }

    @Test("The cancellation of an unknown event is kept, so that a late original proved older is stale")
    mutating func tombstone() {
        desk.hears(cancellation(.icalendar, 2), "cancelled")
        #expect(desk.warnings == ["cancel-unknown-target"])
        #expect(desk.events["party"]?.isTombstone == true)
        desk.hears(party(.icalendar, 1), "stale")
    }

    @Test("A cancelled event returns only by an update proved newer")
    mutating func reinstated() {
        desk.hears(party(.icalendar, 0), "new")
        desk.hears(cancellation(.icalendar, 1), "cancelled")
        desk.hears(party(.icalendar) { $0.name.text = "Party" }, "held ambiguous-intent")
        desk.hears(party(.icalendar, 0), "stale")
        desk.hears(party(.icalendar, 2), "reinstated")
        #expect(desk.party?.status == .scheduled)
    }

    @Test("An event that was cancelled before it was announced returns in the same way")
    mutating func reinstatedFromTombstone() {
        desk.hears(cancellation(.icalendar), "cancelled")
        desk.hears(party(.icalendar), "held ambiguous-intent")
        desk.hears(party(.icalendar, 1, issued: "2027-01-01"), "held ambiguous-intent")
        desk.hears(cancellation(.icalendar, 1) { $0.description = LanguageText("Storm.") }, "corrected")
        desk.hears(party(.icalendar, 2), "reinstated")
        #expect(desk.events["party"]?.isTombstone == false)
        #expect(desk.party?.name.text == "May party")
    }

    private static func tour(_ sequence: Int, _ alter: (inout EventUpdate) -> Void = { _ in }) -> Said {
        party(.jsonld, sequence) { update in
            update.occurrences = ["london", "paris", "rome"].map {
                Occurrence(id: $0, when: When(start: moment("2027-05-01")), place: Place(name: $0, kind: .city))
            }
            alter(&update)
        }
    }

    @Test("A cancellation that names occurrences is partial")
    mutating func partial() {
        desk.hears(Self.tour(0), "new")
        desk.hears(
            cancellation(.jsonld, 1) { $0.occurrences = [Occurrence(id: "paris", when: When())] }, "cancelled")
        #expect(desk.party?.status == .scheduled)
        #expect(desk.party?.occurrences.map(\.status) == [nil, .cancelled, nil])
        #expect(desk.changed == ["occurrences[paris].status"])
        #expect(desk.party?.occurrences[1].place?.name == "paris")
    }

    @Test("A cancellation that names all occurrences cancels the event")
    mutating func allNamed() {
        desk.hears(Self.tour(0), "new")
        desk.hears(cancellation(.jsonld, 1) { $0.occurrences = Self.tour(0).update.occurrences }, "cancelled")
        #expect(desk.party?.status == .cancelled)
        #expect(desk.party?.occurrences.map(\.status) == [nil, nil, nil])
    }

    @Test("A cancellation of an occurrence that is not known is held")
    mutating func unknownOccurrence() {
        desk.hears(Self.tour(0), "new")
        desk.hears(
            cancellation(.jsonld, 1) { $0.occurrences = [Occurrence(id: "oslo", when: When())] },
            "held ambiguous-intent")
    }

    @Test("A cancelled occurrence stays cancelled when an update leaves it out, and returns only when proved newer")
    mutating func partialReinstated() {
        desk.hears(Self.tour(0), "new")
        desk.hears(
            cancellation(.jsonld, 1) { $0.occurrences = [Occurrence(id: "paris", when: When())] }, "cancelled")
        desk.hears(Self.tour(2) { $0.occurrences.remove(at: 1) }, "unchanged")
        desk.hears(
            Self.tour(3) {
                $0.sequence = nil
                $0.name.text = "Tour"
            }, "held ambiguous-intent")
        desk.hears(Self.tour(4), "reinstated")
        #expect(desk.party?.occurrences.map(\.status) == [nil, nil, nil])
    }

    @Test("One date of a weekly series can be cancelled or moved, and the series stays")
    mutating func series() {
        let weekly = { (sequence: Int) in
            party(.icalendar, sequence) { $0.occurrences[0].when.recurrenceRule = "FREQ=WEEKLY;COUNT=4" }
        }
        let single = { (update: inout EventUpdate) in
            update.extent = .partial
            update.occurrences = [
                Occurrence(
                    id: "20270508T190000", when: When(start: moment("2027-05-08 19:00")), place: Place(name: "Old hall")
                )
            ]
        }
        desk.hears(weekly(0), "new")
        desk.hears(cancellation(.icalendar, 1, single), "cancelled")
        #expect(desk.party?.status == .scheduled)
        #expect(desk.party?.occurrences.map(\.status) == [nil, .cancelled])
        desk.hears(
            party(.icalendar, 2) {
                single(&$0)
                $0.occurrences[0].id = "20270515T190000"
                $0.start = moment("2027-05-16 19:00")
            }, "corrected")
        #expect(desk.party?.occurrences.count == 3)
        desk.hears(cancellation(.icalendar, 3) { $0.occurrences = weekly(0).update.occurrences }, "cancelled")
        #expect(desk.party?.occurrences[0].status == .cancelled)
    }

    @Test("The first date of a series is not the series")
    mutating func firstOfSeries() {
        desk.hears(party(.icalendar, 0) { $0.occurrences[0].when.recurrenceRule = "FREQ=WEEKLY" }, "new")
        desk.hears(
            cancellation(.icalendar, 1) {
                $0.occurrences = party(.icalendar).update.occurrences
                $0.occurrences[0].id = "20270501T190000"
            }, "cancelled")
        #expect(desk.party?.status == .scheduled)
    }

    // MARK: Rule 5

    @Test(
        "The first that is heard of an event may be a change of it: accepted with a warning, and held from a text",
        arguments: [
            (EventStatus.postponed, "postponed"), (.rescheduled, "rescheduled"), (.movedOnline, "moved-online"),
        ])
    mutating func firstHeard(status: EventStatus, intent: String) {
        desk.hears(party(.text) { $0.status = status }, "held ambiguous-intent")
        desk.hears(cancellation(.text), "held ambiguous-intent")
        desk.hears(party(.jsonld) { $0.status = status }, intent)
        #expect(desk.warnings == ["first-heard-changed"])
    }

    @Test("Postponed: the old start moves to the previous ones, and there is none")
    mutating func postponed() {
        desk.hears(party(.jsonld, 0), "new")
        desk.hears(
            party(.jsonld, 1) {
                $0.status = .postponed
                $0.start = nil
            }, "postponed")
        #expect(desk.party?.start == nil)
        #expect(desk.party?.former == [moment("2027-05-01 19:00")])
    }

    @Test("Postponed with its original start, as schema.org wants it: the same")
    mutating func postponedWithStart() {
        desk.hears(party(.jsonld, 0), "new")
        desk.hears(party(.jsonld, 1) { $0.status = .postponed }, "postponed")
        #expect(desk.party?.start == nil)
        #expect(desk.party?.former == [moment("2027-05-01 19:00")])
        #expect(desk.changed == ["status", "occurrences[1].when.start", "occurrences[1].previousStarts"])
    }

    @Test("A new date for a postponed event: rescheduled, with its former starts")
    mutating func newDate() {
        desk.hears(party(.jsonld, 0), "new")
        desk.hears(party(.jsonld, 1) { $0.status = .postponed }, "postponed")
        desk.hears(
            party(.icalendar, 7, issued: "2027-04-01") { $0.start = moment("2027-05-08 19:00") },
            "held ambiguous-intent")
        desk.hears(party(.jsonld, 2) { $0.start = moment("2027-06-01 19:00") }, "rescheduled")
        #expect(desk.party?.status == .rescheduled)
        #expect(desk.party?.former == [moment("2027-05-01 19:00")])
    }

    @Test("Rescheduled: the new start, and the old one appended to the previous ones, whoever says it or not")
    mutating func rescheduled() {
        desk.hears(party(.icalendar, 0), "new")
        desk.hears(party(.icalendar, 1) { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(
            party(.icalendar, 2) {
                $0.start = moment("2027-05-03 19:00")
                $0.status = .rescheduled
                $0.occurrences[0].previousStarts = [moment("2027-05-02 19:00")].compactMap { $0 }
            }, "rescheduled")
        #expect(desk.party?.status == .rescheduled)
        #expect(desk.party?.start == moment("2027-05-03 19:00"))
        #expect(
            desk.party?.former == [moment("2027-05-01 19:00"), moment("2027-05-02 19:00")])
        desk.hears(
            party(.icalendar, 3) {
                $0.start = moment("2027-05-03 19:00")
                $0.name.text = "Party"
            }, "corrected")
        #expect(desk.changed == ["name"])
    }

    @Test("A day that gets its time is corrected, not rescheduled")
    mutating func refined() {
        desk.hears(party(.icalendar, 0) { $0.start = moment("2027-05-01") }, "new")
        desk.hears(party(.icalendar, 1), "corrected")
        #expect(desk.party?.status == .scheduled)
        #expect(desk.party?.former == [])
    }

    @Test("Moved online, by word or by the way to attend")
    mutating func movedOnline() {
        desk.hears(party(.jsonld, 0), "new")
        desk.hears(party(.jsonld, 1) { $0.attendanceMode = .online }, "moved-online")
        var other = Desk()
        other.hears(party(.jsonld, 0), "new")
        other.hears(
            party(.jsonld, 1) {
                $0.status = .movedOnline
                $0.occurrences[0].onlineURL = "https://example.org/live"
            }, "moved-online")
    }

    @Test("One city of a tour moves: that one is rescheduled")
    mutating func oneCityMoves() {
        desk.hears(Self.tour(0), "new")
        desk.hears(Self.tour(1) { $0.occurrences[1].when.start = moment("2027-05-09") }, "rescheduled")
        #expect(desk.party?.status == .scheduled)
        #expect(desk.party?.occurrences.map(\.status) == [nil, .rescheduled, nil])
    }

    @Test("An occurrence keeps the id it is known by, though another source names it otherwise")
    mutating func stableIDs() {
        desk.hears(Self.tour(0), "new")
        desk.hears(
            Self.tour(1) {
                for index in $0.occurrences.indices { $0.occurrences[index].id = "https://example.org/\(index)" }
            }, "unchanged")
        desk.hears(
            Self.tour(2) {
                $0.occurrences[1].id = "https://example.org/1"
                $0.occurrences[1].when.end = moment("2027-05-02")
                $0.extensions = [Extension(vocabulary: "schema.org", scope: "https://example.org/1", content: "{}")]
            }, "corrected")
        #expect(desk.party?.occurrences.map(\.id) == ["london", "paris", "rome"])
        #expect(desk.party?.extensions.map(\.scope) == ["paris"])
    }
}
