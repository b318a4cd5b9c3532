import PluginKit
import Testing

@Suite struct VerdictTests {
    static let all: [Verdict] = [
        .pass, .absorb, .retry(after: .seconds(1)), .retry(after: .seconds(9)), .hold, .reject,
    ]

    @Test(arguments: all, all) func theWorseOfTwoVerdictsCountsInEitherOrder(a: Verdict, b: Verdict) {
        #expect(a.joined(with: b) == b.joined(with: a))
        #expect(a.joined(with: b).rank == max(a.rank, b.rank))
        #expect(a.joined(with: a) == a)
        for c in Self.all {
            #expect(a.joined(with: b).joined(with: c) == a.joined(with: b.joined(with: c)))
        }
    }

    @Test func rejectIsWorstAndPassIsBest() {
        #expect(Self.all.sorted { $0.rank < $1.rank } == Self.all)
    }
}
