import PluginKit
import Testing

/// What becomes of the good updates of a file that has others.
@Suite struct PartialPolicyTests {
    private static let table: [(PartialPolicy, [Verdict], Verdict?)] = [
        (.accept, [.pass, .reject], nil),
        (.accept, [.pass, .hold, .reject], nil),
        (.hold, [.pass, .pass], nil),
        (.hold, [.pass, .absorb], nil),
        (.hold, [.pass, .retry(after: .seconds(1))], nil),
        (.hold, [.pass, .reject], .hold),
        (.hold, [.pass, .hold], .hold),
        (.hold, [.reject, .hold, .pass], .hold),
        (.reject, [.pass, .pass], nil),
        (.reject, [.absorb, .retry(after: .zero)], nil),
        (.reject, [.pass, .reject], .reject),
        (.reject, [.pass, .hold], .hold),
        (.reject, [.hold, .reject, .pass], .reject),
        (.reject, [], nil),
    ]

    @Test(arguments: table) func theGoodOnesGet(policy: PartialPolicy, beside: [Verdict], expected: Verdict?) {
        #expect(policy.answer(beside: beside)?.verdict == expected)
        #expect(policy.answer(beside: beside.reversed())?.verdict == expected, "their order does not matter")
    }

    @Test func theReasonNamesTheSettingThatDidIt() {
        #expect(
            PartialPolicy.hold.answer(beside: [.reject])?.reason
                == "another event of the file is rejected, and its publisher's setting is partial = \"hold\"")
        #expect(
            PartialPolicy.reject.answer(beside: [.reject])?.reason
                == "another event of the file is rejected, and its publisher's setting is partial = \"reject\"")
        #expect(
            PartialPolicy.reject.answer(beside: [.hold])?.reason
                == "another event of the file is held, and its publisher's setting is partial = \"reject\"")
    }
}
