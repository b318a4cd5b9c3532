import EventModel
import Testing

/// The rules of updates, each as a conversation with the desk.
@Suite("The rules of updates")
struct UpdateRuleTests {
    var desk = Desk()

    // MARK: Rule 1

    @Test("The same content as the current revision: unchanged, and a higher sequence is noted")
    mutating func unchanged() {
        desk.hears(party(.icalendar, 0), "new")
        desk.hears(party(.icalendar, 0), "unchanged")
        desk.hears(party(.icalendar, 4), "unchanged")
        desk.hears(party(.icalendar, 3) { $0.start = moment("2027-05-02 19:00") }, "stale")
    }

    @Test("The same content issued again later: unchanged, and what its source issued before is stale")
    mutating func issuedAgain() {
        desk.hears(party(.jsonld, issued: "2027-01-01"), "new")
        desk.hears(party(.jsonld, issued: "2027-03-01"), "unchanged")
        desk.hears(party(.jsonld, issued: "2027-02-01") { $0.start = moment("2027-05-02") }, "stale")
    }

    @Test("What was said before and replaced never turns the event back: proved older it is stale")
    mutating func seenBeforeOlder() {
        desk.hears(party(.icalendar, 0), "new")
        desk.hears(party(.icalendar, 1) { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(party(.icalendar, 0), "stale")
        #expect(desk.party?.start == moment("2027-05-02 19:00"))
    }

    @Test("What was said before and replaced never turns the event back: without an order a person decides")
    mutating func seenBeforeUnstated() {
        desk.hears(party(.icalendar), "new")
        desk.hears(party(.icalendar) { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(party(.icalendar), "held seen-before")
        #expect(desk.party?.start == moment("2027-05-02 19:00"))
    }

    @Test("What was said before may be said again by an update proved newer")
    mutating func seenBeforeNewer() {
        desk.hears(party(.icalendar, 0), "new")
        desk.hears(party(.icalendar, 1) { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(party(.icalendar, 2), "rescheduled")
        #expect(desk.party?.start == moment("2027-05-01 19:00"))
    }

    // MARK: The order of drops

    @Test("What waited while a later drop went on is not the latest word: a person decides what matters")
    mutating func overtakenMajor() {
        desk.hears(party(.icalendar), "new")
        desk.hears(party(.icalendar) { $0.start = moment("2027-05-03 19:00") }, "rescheduled")
        let earlier = party(.icalendar) { $0.start = moment("2027-05-02 19:00") }
        desk.hears(earlier, "held revision-conflict", isOvertaken: true)
        #expect(desk.party?.start == moment("2027-05-03 19:00"))
        desk.hears(cancellation(.icalendar), "held revision-conflict", isOvertaken: true)
        desk.hears(earlier, "rescheduled", ruling: .update(of: "party"), isOvertaken: true)
    }

    @Test("What waited while a later drop went on is stale where it would change nothing that matters")
    mutating func overtakenMinor() {
        desk.hears(party(.icalendar), "new")
        desk.hears(party(.icalendar) { $0.name.text = "The May party" }, "corrected")
        desk.hears(party(.icalendar) { $0.name.text = "A May party" }, "stale", isOvertaken: true)
        #expect(desk.party?.name.text == "The May party")
    }

    @Test("A stated order counts, whatever was dropped first")
    mutating func overtakenWithOrder() {
        desk.hears(party(.icalendar, 1), "new")
        desk.hears(party(.icalendar, 2) { $0.name.text = "A May party" }, "corrected", isOvertaken: true)
        desk.hears(party(.icalendar, 1) { $0.name.text = "Party" }, "stale", isOvertaken: true)
        desk.hears(party(.icalendar, 2) { $0.name.text = "A May party" }, "unchanged", isOvertaken: true)
    }

    // MARK: Rule 2

    @Test("Within one source the sequence proves the order, whatever the issue dates say")
    mutating func sequence() {
        desk.hears(party(.icalendar, 5, issued: "2027-03-01"), "new")
        desk.hears(party(.icalendar, 4, issued: "2027-04-01") { $0.name.text = "Party" }, "stale")
        desk.hears(party(.icalendar, 6, issued: "2027-02-01") { $0.name.text = "Party" }, "corrected")
    }

    @Test("Across sources the issue date proves the order, and sequences are not compared")
    mutating func issueDate() {
        desk.hears(party(.icalendar, 5, issued: "2027-03-01"), "new")
        desk.hears(party(.jsonld, 9, issued: "2027-02-01") { $0.start = moment("2027-05-02 19:00") }, "stale")
        desk.hears(party(.jsonld, 0, issued: "2027-04-01") { $0.start = moment("2027-05-03 19:00") }, "rescheduled")
        desk.hears(party(.icalendar, 6, issued: "2027-03-15") { $0.start = moment("2027-05-04 19:00") }, "stale")
        desk.hears(party(.icalendar, 4, issued: "2027-05-15") { $0.start = moment("2027-05-04 19:00") }, "stale")
    }

    @Test("Sequence equal, issued later, a major change: accepted, and the sequence should have been raised")
    mutating func sequenceNotIncremented() {
        desk.hears(party(.icalendar, 1, issued: "2027-01-01"), "new")
        desk.hears(
            party(.icalendar, 1, issued: "2027-01-02") { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        #expect(desk.warnings == ["sequence-not-incremented"])
        desk.hears(
            party(.icalendar, 1, issued: "2027-01-03") {
                $0.start = moment("2027-05-02 19:00")
                $0.name.text = "May Party"
            }, "corrected")
        #expect(desk.warnings == [])
    }

    @Test("Sequence and issue date equal, content different: a person decides")
    mutating func conflict() {
        desk.hears(party(.jsonld, 1, issued: "2027-01-01"), "new")
        desk.hears(party(.jsonld, 1, issued: "2027-01-01") { $0.name.text = "Other" }, "held revision-conflict")
        #expect(desk.party?.name.text == "May party")
    }

    @Test("Sequence equal, issued earlier: stale")
    mutating func sameSequenceOlder() {
        desk.hears(party(.icalendar, 1, issued: "2027-01-02"), "new")
        desk.hears(party(.icalendar, 1, issued: "2027-01-01") { $0.name.text = "Other" }, "stale")
    }

    // MARK: Rule 3

    @Test("No order stated: the latest word of its source is accepted")
    mutating func latestWord() {
        desk.hears(party(.icalendar), "new")
        desk.hears(party(.icalendar) { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(cancellation(.icalendar), "cancelled")
    }

    @Test("No order stated, from another source than the last: a major change is held, a minor one accepted")
    mutating func otherSource() {
        desk.hears(party(.icalendar), "new")
        desk.hears(party(.jsonld) { $0.start = moment("2027-05-02 19:00") }, "held ambiguous-intent")
        desk.hears(cancellation(.jsonld), "held ambiguous-intent")
        desk.hears(party(.jsonld) { $0.description = LanguageText("Dancing.") }, "corrected")
        #expect(desk.party?.start == moment("2027-05-01 19:00"))
    }

    @Test("A cancellation or a change of time or place is stale only when a stated order proves it")
    mutating func neverStaleUnproved() {
        desk.hears(party(.icalendar, 3), "new")
        desk.hears(party(.icalendar) { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(party(.icalendar) { $0.occurrences[0].place = Place(name: "New hall") }, "rescheduled")
        desk.hears(cancellation(.icalendar, 2), "stale")
        desk.hears(cancellation(.icalendar), "cancelled")
    }

    // MARK: Rule 7

    @Test("An update of another publisher's event is held")
    mutating func foreign() {
        desk.hears(party(.icalendar, 0).by("venue"), "new")
        desk.hears(cancellation(.icalendar, 1).by("rival"), "held foreign-event")
        desk.hears(party(.icalendar, 1) { $0.name.text = "Party" }.by("venue"), "corrected")
        #expect(desk.party?.status == .scheduled)
    }

    @Test("Where what an update says of itself and what it changes disagree, a person decides")
    mutating func disagreement() {
        desk.hears(party(.jsonld, 0), "new")
        desk.hears(party(.jsonld, 1) { $0.status = .rescheduled }, "held ambiguous-intent")
        desk.hears(
            party(.jsonld, 1) {
                $0.status = .postponed
                $0.start = moment("2027-08-01 19:00")
            }, "held ambiguous-intent")
        desk.hears(cancellation(.jsonld, 1) { $0.status = .rescheduled }, "held ambiguous-intent")
        #expect(desk.events["party"]?.revision == 1)
    }

    // MARK: Rules 6 and 8

    @Test("A derived uid that meets a known event and does not say what it is to it is held")
    mutating func sameEventOrNew() {
        let text = { (alter: (inout EventUpdate) -> Void) in
            party(.text) {
                $0.uidOrigin = .derived
                alter(&$0)
            }
        }
        desk.hears(text { _ in }, "new")
        desk.hears(text { _ in }, "unchanged")
        desk.hears(text { $0.start = moment("2027-06-01 19:00") }, "held same-event-or-new")
        desk.hears(
            text {
                $0.kind = .update
                $0.start = moment("2027-05-02 19:00")
            }, "rescheduled")
        desk.hears(
            text {
                $0.uid = "another headline"
                $0.references = [Reference(uid: "party")]
                $0.start = moment("2027-05-03 19:00")
            }, "rescheduled")
        #expect(desk.events.count == 1)
    }

    @Test("What a person accepts counts as the newest word; what a person calls new stands alone")
    mutating func rulings() {
        desk.hears(party(.icalendar), "new")
        desk.hears(party(.icalendar) { $0.start = moment("2027-05-02 19:00") }, "rescheduled")
        desk.hears(party(.icalendar), "held seen-before")
        desk.hears(party(.icalendar), "rescheduled", ruling: .accept)
        #expect(desk.party?.start == moment("2027-05-01 19:00"))
        desk.hears(party(.text) { $0.name.text = "Another" }, "new", ruling: .new)
    }
}
