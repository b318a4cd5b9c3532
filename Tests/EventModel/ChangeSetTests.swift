import EventModel
import Testing

@Suite("A change set")
struct ChangeSetTests {
    @Test("leads from one revision to another and back", arguments: 0..<400)
    func appliesAndInverts(seed: Int) {
        var generator = UpdateGenerator(seed: UInt64(seed))
        let update = generator.update()
        let before = update.content
        let after = (seed % 4 == 0 ? generator.update() : generator.altered(update)).content
        let changes = difference(from: before, to: after)
        #expect(apply(changes, to: before) == after)
        #expect(apply(changes.inverted, to: after) == before)
    }

    @Test("is empty between equal contents only", arguments: 0..<100)
    func emptiness(seed: Int) {
        var generator = UpdateGenerator(seed: UInt64(seed))
        let update = generator.update()
        let before = update.content
        #expect(difference(from: before, to: before).isEmpty)
        let after = generator.altered(update).content
        #expect(difference(from: before, to: after).isEmpty == (before == after))
    }

    @Test("names fields, keyed by occurrence, in the order that people read")
    func paths() {
        let before = party(.icalendar).update.content
        let after = party(.icalendar) {
            $0.name.text = "Party"
            $0.status = .rescheduled
            $0.start = moment("2027-05-02 20:00")
            $0.occurrences[0].place?.name = "New hall"
            $0.occurrences.append(Occurrence(id: "paris", when: When(start: moment("2027-05-03"))))
        }.update.content
        let changes = difference(from: before, to: after).changes
        #expect(
            changes.map(\.path) == [
                "status", "occurrences[1].when.start", "occurrences[1].place.name", "occurrences[paris]", "name",
            ])
        #expect(changes.map(\.class) == [.status, .time, .place, .time, .text])
        #expect(changes.map(\.operation) == [.replace, .replace, .replace, .add, .replace])
        #expect(changes[1].before == "2027-05-01T19:00:00" && changes[1].after == "2027-05-02T20:00:00")
        #expect(changes[2].before == "Old hall" && changes[2].after == "New hall")
        #expect(changes.map(\.isMajor) == [true, true, true, true, false])
    }

    @Test("follows an occurrence whose id changed by its place and start")
    func matching() {
        let stops = ["a", "b"].map {
            Occurrence(id: $0, when: When(start: moment("2027-05-01")), place: Place(name: $0, kind: .city))
        }
        let before = party(.jsonld) { $0.occurrences = stops }.update.content
        let after = party(.jsonld) {
            $0.occurrences = stops
            $0.occurrences[1].id = "renamed"
            $0.occurrences[1].when.end = moment("2027-05-02")
        }.update.content
        let changes = difference(from: before, to: after)
        #expect(changes.changes.map(\.path) == ["occurrences[b].when.end", "occurrences[b].id"])
    }
}
