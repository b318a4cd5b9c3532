import Testing

@testable import Pipeline

/// What becomes of a delivery, by what became of its items.
@Suite struct OutcomeTests {
    private static let table: [([Outcome], Outcome?)] = [
        ([], nil),
        ([.accepted], .accepted),
        ([.unchanged], .unchanged),
        ([.stale], .stale),
        ([.rejected], .rejected),
        ([.held], .held),
        ([.discarded], .discarded),
        ([.replaced], .replaced),
        ([.expired], .expired),
        ([.accepted, .expired], .partial),
        ([.expired, .discarded, .replaced], .expired),
        ([.held, .expired], .held),
        ([.deferred], .deferred),
        ([.accepted, .replaced], .partial),
        ([.discarded, .replaced], .replaced),
        ([.held, .replaced], .held),
        ([.rejected, .replaced], .rejected),
        ([.accepted, .unchanged, .stale], .accepted),
        ([.unchanged, .stale], .unchanged),
        ([.accepted, .rejected], .partial),
        ([.unchanged, .rejected], .partial),
        ([.stale, .held], .partial),
        ([.accepted, .discarded], .partial),
        ([.accepted, .held, .rejected], .partial),
        ([.held, .rejected], .held),
        ([.held, .discarded], .held),
        ([.rejected, .discarded], .rejected),
        ([.rejected, .rejected], .rejected),
        ([.accepted, .deferred], .deferred),
        ([.rejected, .held, .deferred, .stale], .deferred),
    ]

    @Test(arguments: table) func aDeliveryBecomes(items: [Outcome], expected: Outcome?) {
        #expect(Outcome(of: items) == expected)
    }

    /// All lists of up to four outcomes that an item can have.
    private static let lists: [[Outcome]] = {
        let ofItems = Outcome.allCases.filter { $0 != .partial }
        var all: [[Outcome]] = [[]]
        var longest = all
        for _ in 1...4 {
            longest = longest.flatMap { list in ofItems.map { list + [$0] } }
            all += longest
        }
        return all
    }()

    @Test func theOrderOfTheItemsDoesNotMatter() {
        for list in Self.lists {
            let sorted = list.sorted { $0.rawValue < $1.rawValue }
            #expect(Outcome(of: list) == Outcome(of: sorted), "\(list)")
        }
    }

    @Test func theSameOnceMoreChangesNothing() {
        for list in Self.lists { #expect(Outcome(of: list) == Outcome(of: list + list.prefix(2)), "\(list)") }
    }

    @Test func itCountsWhereAllItemsCountAndIsPartialWhereSomeDo() {
        for list in Self.lists where !list.isEmpty {
            let counting = list.count(where: \.counts)
            let outcome = Outcome(of: list)
            #expect(outcome?.counts == (counting == list.count), "\(list)")
            let isPartial = counting > 0 && counting < list.count && !list.contains(.deferred)
            #expect((outcome == .partial) == isPartial, "\(list)")
        }
    }

    @Test func nobodyIsNeededWhereNoItemNeedsAnybody() {
        for list in Self.lists
        where !list.isEmpty && list.allSatisfy({ !$0.isOpen && $0 != .discarded && $0 != .replaced }) {
            #expect(Outcome(of: list)?.isOpen == false, "\(list)")
        }
    }
}
