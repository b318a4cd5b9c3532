import PluginKit
import Testing

/// Verdicts as numbers give them: every kind, and retries of a few and of many lengths.
private struct GeneratedVerdicts {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    private mutating func number() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next() -> Verdict {
        switch number() % 8 {
        case 0: .pass
        case 1: .absorb
        case 2: .hold
        case 3: .reject
        case 4: .retry(after: .nanoseconds(Int64(bitPattern: number()) / 2))
        default: .retry(after: .seconds(Int64(number() % 4)))
        }
    }
}

@Suite struct VerdictTests {
    private static let triples: [(Verdict, Verdict, Verdict)] = {
        var generated = GeneratedVerdicts(seed: 1)
        return (0..<10_000).map { _ in (generated.next(), generated.next(), generated.next()) }
    }()

    @Test func joiningIsCommutativeAssociativeAndIdempotent() {
        for (a, b, c) in Self.triples {
            #expect(a.joined(with: b) == b.joined(with: a))
            #expect(a.joined(with: b).joined(with: c) == a.joined(with: b.joined(with: c)))
            #expect(a.joined(with: a) == a)
        }
    }

    @Test func passChangesNothingAndRejectWins() {
        for (a, _, _) in Self.triples {
            #expect(a.joined(with: .pass) == a)
            #expect(a.joined(with: .reject) == .reject)
        }
    }

    @Test func theWorseOfTwoCountsAndOfTwoRetriesTheLater() {
        for (a, b, _) in Self.triples {
            let joined = a.joined(with: b)
            #expect(joined.rank == max(a.rank, b.rank))
            #expect(joined == a || joined == b)
            if case .retry(let first) = a, case .retry(let second) = b {
                #expect(joined == .retry(after: max(first, second)))
            }
        }
    }

    @Test func theOrderOfTheVerdicts() {
        let ranks = [Verdict.pass, .absorb, .retry(after: .zero), .hold, .reject].map(\.rank)
        #expect(ranks == ranks.sorted() && Set(ranks).count == ranks.count)
    }
}
