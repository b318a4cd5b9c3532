import EventModel
import Testing

@testable import Requests
@testable import Daemon

/// The form of a request: written and read by one type, and read strictly.
@Suite struct DecisionRequestTests {
    private static let id = DeliveryID(high: 1 << 20, low: 7)

    @Test(arguments: [
        DecisionRequest(.retry(.init(id))), DecisionRequest(.discard(.init(id)), comment: "a \"joke\""),
        DecisionRequest(.retry(.init(id, items: [4]))), DecisionRequest(.discard(.init(id, items: [1, 2]))),
        DecisionRequest(.release(.init(id, items: Array(1...DecisionRequest.maxItems)), .accept, corrections: [])),
        DecisionRequest(.release(.init(id), .accept, corrections: [])),
        DecisionRequest(.release(.init(id, items: [3]), .new, corrections: [])),
        DecisionRequest(
            .release(
                .init(id, items: [3]), .update(of: "gala@example.org"),
                corrections: [Correction("year", "2027"), Correction("name.text", "A\n“B”")])),
        DecisionRequest(.withdraw(uid: "gala")), DecisionRequest(.readmit(uid: "gala")),
        DecisionRequest(.forget(uid: "ünï\u{202E}")), DecisionRequest(.revert(.init(id, items: [2]))),
        DecisionRequest(.suspend(.user(1000))), DecisionRequest(.resume(.publisher("town-hall"))),
    ])
    func itIsReadAsItWasWritten(_ request: DecisionRequest) throws {
        #expect(try DecisionRequest(request.json) == request)
    }

    private static let start = "{\"schema\":\"tidings-request/1\","
    private static let full = "\(start)\"delivery\":\"\(id)\","

    @Test(arguments: [
        ("", "it is not JSON"), ("[]", "it is no JSON object"), ("{}", "its schema is not \"tidings-request/1\""),
        ("{\"schema\":\"tidings-request/2\",\"action\":\"retry\"}", "its schema is not"),
        ("\(start)\"action\":\"retry\"}", "its \"delivery\" is missing"),
        ("\(start)\"action\":\"retry\",\"delivery\":7}", "its \"delivery\" is no text"),
        ("\(start)\"action\":\"retry\",\"delivery\":\"x\"}", "its delivery is \"x\"; expected an id of 26 digits"),
        ("\(start)\"action\":\"forget\"}", "its \"uid\" is missing"),
        ("\(start)\"action\":\"forget\",\"uid\":\"\"}", "its uid is empty"),
        ("\(start)\"action\":\"retyr\"}", "its action is \"retyr\"; did you mean \"retry\"?"),
        ("\(start)\"action\":\"drink\"}", "expected one of retry, release, discard, revert, withdraw, "),
        ("\(start)\"action\":\"suspend\",\"origin\":\"1000\"}", "expected \"user NUMBER\" or \"publisher NAME\""),
        ("\(full)\"action\":\"retry\",\"uid\":\"x\"}", "\"uid\" does not belong to \"retry\"; leave it out"),
        ("\(full)\"action\":\"discard\",\"set\":{}}", "\"set\" does not belong to \"discard\""),
        ("\(full)\"action\":\"retry\",\"decidedBy\":0}", "it has the unknown key \"decidedBy\""),
        ("\(full)\"action\":\"retry\",\"delivrey\":0}", "unknown key \"delivrey\"; did you mean \"delivery\"?"),
        ("\(full)\"action\":\"retry\",\"action\":\"discard\"}", "its key \"action\" stands there twice"),
        ("\(full)\"action\":\"retry\",\"items\":[]}", "its \"items\" is no list of numbers from 0 on"),
        ("\(full)\"action\":\"retry\",\"items\":3}", "its \"items\" is no list of numbers"),
        ("\(full)\"action\":\"retry\",\"items\":[-1]}", "its \"items\" is no list of numbers"),
        ("\(full)\"action\":\"retry\",\"items\":[1,\"2\"]}", "its \"items\" is no list of numbers"),
        ("\(full)\"action\":\"retry\",\"items\":[1.5]}", "its \"items\" is no list of numbers"),
        ("\(full)\"action\":\"retry\",\"items\":[9223372036854775808]}", "its \"items\" is no list of numbers"),
        ("\(start)\"action\":\"forget\",\"uid\":\"x\",\"items\":[1]}", "\"items\" does not belong to \"forget\""),
        ("\(start)\"action\":\"restore\",\"uid\":\"x\"}", "its action is \"restore\""),
        ("\(full)\"action\":\"release\",\"as\":\"old\"}", "its \"as\" is \"old\"; expected \"new\""),
        ("\(full)\"action\":\"release\",\"as\":\"new\",\"updateOf\":\"x\"}", "both \"as\" and \"updateOf\""),
        ("\(full)\"action\":\"release\",\"set\":[]}", "its \"set\" is no object"),
        ("\(full)\"action\":\"release\",\"set\":{\"year\":2027}}", "what it sets year to is no text; put it in quotes"),
        ("\(full)\"action\":\"release\",\"set\":{\"year\":\"1\",\"year\":\"2\"}}", "it sets year twice"),
        ("\(full)\"action\":\"release\",\"set\":{\"a\":{\"b\":\"c\"}}}", "what it sets a to is no text"),
    ])
    func whatIsNotOfTheFormIsRefused(json: String, words: String) throws {
        let fault = #expect(throws: RequestFault.self) { _ = try DecisionRequest(Array(json.utf8)) }
        #expect("\(try #require(fault))".contains(words))
    }

    @Test func limitsAreKept() throws {
        let most = (0..<DecisionRequest.maxCorrections).map { Correction("p\($0)", "v") }
        #expect(throws: Never.self) {
            _ = try DecisionRequest(DecisionRequest(.release(.init(Self.id), .accept, corrections: most)).json)
        }
        #expect(throws: RequestFault.self) {
            _ = try DecisionRequest(
                DecisionRequest(.release(.init(Self.id), .accept, corrections: most + [Correction("q", "v")])).json)
        }
        let longest = String(repeating: "u", count: DecisionRequest.longestText)
        #expect(try DecisionRequest(DecisionRequest(.withdraw(uid: longest)).json).uid == longest)
        #expect(throws: RequestFault.self) {
            _ = try DecisionRequest(DecisionRequest(.withdraw(uid: longest + "u")).json)
        }
    }

    @Test(arguments: [
        "accepted", "held", "discarded", "partial", "withdrawn", "readmitted", "forgotten", "suspended", "resumed",
        "refused", "gone",
    ])
    func aReplyIsReadAsItWasWritten(word: String) throws {
        let result = try #require(DecisionReply.Result(word: word))
        #expect(result.word == word)
        let reply = DecisionReply(
            action: "release", items: DecidedItems(Self.id, items: [3, 4]), uid: nil, result: result,
            message: "it is \"so\"", decidedBy: 4003,
            decidedAt: Instant(microseconds: 0))
        #expect(DecisionReply(reply.json) == reply)
        #expect(DecisionReply(Array(reply.json.dropLast(3))) == nil)
    }

    @Test func moreItemsThanOneRequestHasRoomForAreRefused() {
        let items = Array(1...DecisionRequest.maxItems + 1)
        let fault = #expect(throws: RequestFault.self) {
            _ = try DecisionRequest(DecisionRequest(.discard(.init(Self.id, items: items))).json)
        }
        #expect(fault?.description.contains("more than \(DecisionRequest.maxItems) items") == true)
    }

    @Test(
        arguments: [
            ("", []), ("/0", [0]), ("/3", [3]), ("/1000000", [1_000_000]),
        ] as [(String, [Int])])
    func itemsAreWrittenBehindTheDelivery(suffix: String, items: [Int]) {
        let decided = DecidedItems("\(Self.id)\(suffix)")
        #expect(decided == DecidedItems(Self.id, items: items))
        #expect(decided?.description == "\(Self.id)\(suffix)")
    }

    @Test(arguments: ["/", "/-1", "/01x", "/3/4", "/1000001", "/9223372036854775808", " /3"])
    func whatNamesNoItemIsNone(suffix: String) {
        #expect(DecidedItems("\(Self.id)\(suffix)") == nil)
    }

    @Test(arguments: [
        ([4, 3], "items 3 and 4"), ([7, 3, 4, 3], "items 3, 4 and 7"),
        (Array(1...12), "items 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more"),
    ])
    func manyItemsAreNamedInTheirOrder(items: [Int], words: String) {
        #expect(DecidedItems(Self.id, items: items).description == "\(Self.id), \(words)")
    }
}
