import EventModel
import Testing

/// Only what differs from what a source said last is news, each as a conversation with the desk.
@Suite("What a source said last")
struct SourceBaseTests {
    var desk = Desk()

    @Test("An export that repeats itself with a fresh stamp never brings back what the desk cancelled")
    mutating func repetition() {
        desk.hears(party(.icalendar, issued: "2027-01-01").by("venue"), "new")
        desk.hears(cancellation(.jsonld, issued: "2027-01-02").by("venue"), "cancelled")
        for day in ["2027-01-03", "2027-01-04", "2027-01-05"] {
            desk.hears(party(.icalendar, issued: day).by("venue"), "unchanged")
        }
        #expect(desk.party?.status == .cancelled)
    }

    @Test("Nor does it turn back what the desk moved; what is news in it counts beside that")
    mutating func newsBesideAMove() {
        desk.hears(party(.icalendar, issued: "2027-01-01"), "new")
        desk.hears(party(.jsonld, issued: "2027-01-02") { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(party(.icalendar, issued: "2027-01-03"), "unchanged")
        desk.hears(party(.icalendar, issued: "2027-01-04") { $0.name.text = "The May party" }, "corrected")
        #expect(desk.party?.start == moment("2027-05-02 19:00"))
        #expect(desk.party?.name.text == "The May party")
        #expect(desk.changed == ["name"])
    }

    @Test("What the first statement of a source leaves out changes nothing")
    mutating func firstStatement() {
        desk.hears(
            party(.jsonld, issued: "2027-01-01") {
                $0.description = LanguageText("Dancing.")
                $0.links = ["https://example.org/party"]
                $0.occurrences[0].when.end = moment("2027-05-01 23:00")
            }, "new")
        desk.hears(
            party(.icalendar, issued: "2027-01-02") { $0.occurrences[0].place = Place(name: "New hall") }, "corrected"
        )
        #expect(desk.party?.description?.text == "Dancing.")
        #expect(desk.party?.links == ["https://example.org/party"])
        #expect(desk.party?.occurrences.first?.when.end == moment("2027-05-01 23:00"))
        #expect(desk.party?.occurrences.first?.place?.name == "New hall")
    }

    @Test("A text that names one stop of a tour changes that one, and the others stay")
    mutating func partial() {
        let tour = { (issued: String, cities: [String]) in
            party(.text, issued: issued) { update in
                update.kind = issued == "2027-01-01" ? .announce : .update
                update.extent = .partial
                update.occurrences = cities.map {
                    Occurrence(id: $0, when: When(start: moment("2027-05-01")), place: Place(name: $0, kind: .city))
                }
            }
        }
        desk.hears(tour("2027-01-01", ["london", "paris", "rome"]), "new")
        var moved = tour("2027-01-02", ["paris"])
        moved.update.start = moment("2027-05-08")
        desk.hears(moved, "rescheduled")
        #expect(desk.party?.occurrences.map(\.id) == ["london", "paris", "rome"])
        #expect(desk.party?.occurrences[1].when.start == moment("2027-05-08"))
        #expect(
            desk.changed == [
                "occurrences[paris].status", "occurrences[paris].when.start", "occurrences[paris].previousStarts",
            ])
        desk.hears(tour("2027-01-03", ["rome"]), "unchanged")
        #expect(desk.party?.occurrences.count == 3)
    }

    @Test("A stamp that never moves in a source states no order")
    mutating func constantStamp() {
        desk.hears(party(.icalendar, issued: "2027-01-01"), "new")
        desk.hears(party(.icalendar, issued: "2027-01-01") { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(cancellation(.icalendar, issued: "2027-01-01"), "cancelled")
    }

    @Test("A stamp that moves though nothing changes proves nothing: a change of what another source said is held")
    mutating func restamped() {
        desk.hears(party(.icalendar, issued: "2027-01-01"), "new")
        desk.hears(party(.icalendar, issued: "2027-01-02"), "unchanged")
        desk.hears(party(.jsonld, issued: "2027-01-03") { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(
            party(.icalendar, issued: "2027-01-04") { $0.start = moment("2027-05-03 19:00") }, "held ambiguous-intent")
        #expect(desk.party?.start == moment("2027-05-02 19:00"))
    }

    @Test("A stamp in the future counts as the time of receipt")
    mutating func future() {
        let at = { (day: String, issued: String, alter: @escaping (inout EventUpdate) -> Void) in
            party(.jsonld, issued: issued) {
                $0.receipt.receivedAt = instant(day) ?? $0.receipt.receivedAt
                alter(&$0)
            }
        }
        desk.hears(at("2027-01-01", "2099-01-01") { _ in }, "new")
        #expect(desk.warnings == ["stamp-in-future"])
        desk.hears(at("2027-01-02", "2027-01-02") { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
    }

    @Test("News about what a person has set is held; the person's word ends that")
    mutating func setByAPerson() {
        desk.hears(party(.icalendar), "new")
        desk.hears(
            party(.icalendar) {
                $0.start = moment("2027-05-02 19:00")
                $0.evidence = [
                    Evidence(fieldPath: "occurrences[0].when.start", basis: .stated, rule: Correction.rule)
                ]
            }, "rescheduled", ruling: .accept)
        desk.hears(
            party(.icalendar) {
                $0.start = moment("2027-05-02 19:00")
                $0.description = LanguageText("Dancing.")
            }, "corrected")
        desk.hears(party(.icalendar) { $0.start = moment("2027-05-03 19:00") }, "held ambiguous-intent")
        desk.hears(party(.icalendar) { $0.start = moment("2027-05-03 19:00") }, "rescheduled", ruling: .accept)
    }
}
