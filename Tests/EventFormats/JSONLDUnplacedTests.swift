import EventModel
import Testing

@testable import EventFormats

/// What schema.org has no words for finds its place in the written document, however much of it there is.
@Suite struct JSONLDUnplacedTests {
    private func leftover(_ name: String, scope: String = "", _ content: String = "1") -> Extension {
        Extension(vocabulary: "schema.org", scope: scope, name: name, content: content)
    }

    @Test func eachIsTakenOnceFromItsScope() {
        var unplaced = JSONLDUnplaced([
            leftover("x", scope: "a", "1"), leftover("x", scope: "b", "2"), leftover("x", scope: "a", "3"),
            leftover("location.x"), leftover("location.address.x"), leftover("locations.x"),
            Extension(vocabulary: "icalendar", scope: "a", name: "x", content: "4"),
        ])
        #expect(unplaced.take("x", scope: "a") == "1")
        #expect(unplaced.take("x", scope: "a") == "3")
        #expect(unplaced.take("x", scope: "a") == nil)
        let address = unplaced.takeAll(prefix: "location.address.", scope: "") { _, _ in true }
        #expect(address.map(\.key) == ["x"])
        let place = unplaced.takeAll(prefix: "location.", scope: "") { _, _ in true }
        #expect(place.map(\.key) == ["x"])
        #expect(unplaced.rest.map(\.name) == ["x", "locations.x", "x"])
    }

    @Test func ofEqualNamesOnlyTheFirstIsAMember() {
        var unplaced = JSONLDUnplaced([leftover("x", "1"), leftover("x", "2"), leftover("y", "no JSON")])
        #expect(unplaced.takeAll(prefix: "", scope: "") { _, _ in true }.map(\.content) == ["1"])
        #expect(unplaced.rest.map(\.content) == ["2", "no JSON"])
    }

    @Test func manyOfOneNameAreTakenInTheirOrder() {
        var unplaced = JSONLDUnplaced((0..<1000).map { leftover("performer", "\($0)") })
        for number in 0..<1000 { #expect(unplaced.take("performer", scope: "") == "\(number)") }
        #expect(unplaced.visits == 1000)
    }

    /// A thousand occurrences, and a thousand parties, with members of their own: each item is looked at a few times.
    @Test func manyScopesAndPartiesCostWhatTheyHold() {
        var unplaced = JSONLDUnplaced(
            (0..<1000).flatMap { [leftover("seats", scope: "o\($0)"), leftover("parties[\($0)].seats")] })
        for number in 0..<1000 {
            #expect(unplaced.takeAll(prefix: "", scope: "o\(number)") { _, _ in true }.count == 1)
            #expect(unplaced.takeAll(prefix: "parties[\(number)].", scope: "") { _, _ in true }.count == 1)
        }
        #expect(unplaced.rest.isEmpty)
        #expect(unplaced.visits <= 4000)
    }
}
