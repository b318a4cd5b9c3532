import Testing

@testable import EventModel

@Suite struct NameSupplyTests {
    @Test func eachNameIsGivenOnce() {
        var names = NameSupply(taken: ["hall-2"])
        #expect(
            ["hall", "hall", "hall-3", "hall", "hall-2"].map { names.take($0) } == [
                "hall", "hall-3", "hall-3-2", "hall-4", "hall-2-2",
            ])
    }

    @Test func theMarkStandsBeforeTheNumber() {
        var names = NameSupply(taken: ["a", "a#2"], mark: "#")
        #expect(names.takeNumbered("a") == "a#3")
        #expect(names.contains("a#3"))
    }

    /// A festival of a thousand shows in one hall: each name costs as much as the first.
    @Test func theSameNameCostsNoMoreTheThousandthTime() {
        var names = NameSupply()
        for _ in 0..<1000 { _ = names.take("hall") }
        #expect(names.lookups < 3000)
        #expect(names.take("hall") == "hall-1001")
    }
}
