import Requests
import Daemon
import EventModel
import Foundation
import Spool
import TestKit
import Testing

@testable import tidings

/// `retry`, `release`, `discard`, `withdraw`, `readmit` and `forget`: what they put into requests/, and what they say.
@Suite struct AskingTests {
    private let service: PrivateService
    private static let id = "01KB0000000000000000000000"
    private var id: String { Self.id }

    init() throws {
        service = try PrivateService()
        try "x".write(toFile: "\(service.spool)/held/\(id)-a.txt", atomically: false, encoding: .utf8)
    }

    /// All that waits of the delivery.
    private func all() throws -> DecidedItems { try some([]) }

    /// Some of its updates.
    private func some(_ items: some Sequence<Int>) throws -> DecidedItems {
        DecidedItems(try #require(DeliveryID(id)), items: Array(items))
    }

    /// What lies in requests/, read as the daemon reads it.
    private func requests() throws -> [DecisionRequest] {
        let spool = try SpoolDirectory.open(service.spool)
        return try spool.requests(limit: 100).requests.map { try DecisionRequest(try #require($0.bytes)) }
    }

    @Test func aRequestWaitsWhileTheDaemonIsStopped() throws {
        let ended = try service.run("retry", id.lowercased())
        #expect(
            ended.output
                == "\(id): no daemon works on the spool; the request waits for it in \(service.spool)/requests\n")
        #expect(ended.status == 0 && ended.complaints == "")
        #expect(try requests() == [DecisionRequest(.retry(try all()))])
    }

    @Test func allThatIsHeldOfSomebodyIsNamedAtOnce() throws {
        try FileManager.default.removeItem(atPath: "\(service.spool)/held/\(id)-a.txt")
        func hold(_ last: Int, _ user: Int, _ codes: String...) throws {
            let id = "01KCZZZZZZ000000000000000\(last)"
            let updates = codes.enumerated().map {
                #"{"item":\#($0 + 1),"uid":"u","outcome":"held","diagnostics":[{"code":"\#($1)","severity":"held","message":"m"}]}"#
            }
            let report =
                #"{"schema":"tidings-report/1","delivery":"\#(id)","file":"a.ics","submitter":\#(user),"outcome":"held","updates":[\#(updates.joined(separator: ","))]}"#
            try "x".write(toFile: "\(service.spool)/held/\(id)-a.ics", atomically: false, encoding: .utf8)
            try report.write(toFile: "\(service.spool)/held/\(id).report.json", atomically: false, encoding: .utf8)
        }
        try hold(1, 4321, "blast-radius", "foreign-event", "blast-radius")
        try hold(2, 4321, "blast-radius")
        try hold(3, 4322, "blast-radius")
        let since = ["--user", "4321", "--since", "2025-01-01T00:00:00Z"]
        #expect(try service.start(["discard"] + since + ["--code", "blast-radius"]).end().status == 0)
        let discarded = try requests()
        #expect(
            Set(discarded.map(\.subject))
                == ["01KCZZZZZZ0000000000000001, items 1 and 3", "01KCZZZZZZ0000000000000002"])
        #expect(discarded.allSatisfy { $0.action.word == "discard" })
        #expect(try service.start(["release"] + since).end().status == 0)
        #expect(try requests().count == 4)
        let list = try service.start(["queue", "--list", "--json"] + since + ["--code", "foreign-event"]).end()
            .objects()
        #expect(list.map { $0["item"] as? Int } == [2])
        let late = try service.run("release", "--user", "4321", "--since", "2027-01-01T00:00:00Z")
        #expect(late.status == 66 && late.complaints.contains("nothing that came from there since then is held"))
        #expect(try service.run("release").status == 64)
        #expect(try service.run("release", id, "--code", "blast-radius").status == 64)
    }

    @Test func aReleaseSaysWhatWasDecided() throws {
        let ended = try service.run(
            "release", id, "--set", "year=2027", "-s", "name.text=A=B", "-m", "they rang", "--json")
        let object = try #require(try ended.objects().first)
        #expect(object["action"] as? String == "release" && object["delivery"] as? String == id)
        #expect(object["items"] as? [Int] == [])
        #expect(try #require(object["request"] as? String).hasPrefix("release-"))
        #expect(
            try requests() == [
                DecisionRequest(
                    .release(
                        try all(), .accept,
                        corrections: [Correction("year", "2027"), Correction("name.text", "A=B")]), comment: "they rang"
                )
            ])
        _ = try service.run("release", id, "--as", "new")
        #expect(try requests().contains { $0.action == .release(try all(), .new, corrections: []) })
    }

    @Test func updatesOfADeliveryAreOneRequest() throws {
        let words = ["\(id)/3", "\(id.lowercased())/1", "\(id)/3"]
        let ended = try service.start(["release", "--json"] + words).end()
        let object = try #require(try ended.objects().first)
        #expect(object["delivery"] as? String == id && object["items"] as? [Int] == [1, 3])
        #expect(try requests() == [DecisionRequest(.release(try some([1, 3]), .accept, corrections: []))])
        let shown = try service.start(["discard"] + words).end()
        #expect(shown.output.hasPrefix("\(id), items 1 and 3: no daemon works on the spool; "))
        #expect(try requests().contains(DecisionRequest(.discard(try some([1, 3])))))
        #expect(try service.run("retry", "\(id)/2").output.hasPrefix("\(id)/2: no daemon works on the spool; "))
    }

    @Test func aHundredUpdatesAreAskedForAtOnce() throws {
        let ended = try service.start(["release"] + (1...100).map { "\(id)/\($0)" }).end()
        #expect(ended.output.hasPrefix("\(id), items 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 90 more: "))
        #expect(ended.output.filter { $0 == "\n" }.count == 1 && ended.status == 0)
        #expect(try requests() == [DecisionRequest(.release(try some(1...100), .accept, corrections: []))])
    }

    @Test func theDeliveryAndOneOfItsUpdatesAreTheDelivery() throws {
        _ = try service.run("discard", "\(id)/3", id)
        #expect(try requests() == [DecisionRequest(.discard(try all()))])
    }

    @Test(arguments: [["--as", "new"], ["--update-of", "c1"], ["--set", "year=2027"]])
    func whatIsSaidOfOneUpdateIsNotSaidOfTwo(_ options: [String]) throws {
        let ended = try service.start(["release", "\(id)/1", "\(id)/2"] + options).end()
        #expect(
            ended.complaints
                == "tidings release: --as, --update-of and --set are about one update; release the others by themselves\n"
                + "Try 'tidings release --help'.\n")
        #expect(ended.status == 64)
        #expect(try requests() == [])
    }

    @Test func whatIsInWorkIsAskedForAndWaits() throws {
        let other = "01KB0000000000000000000001"
        try "x".write(toFile: "\(service.spool)/active/\(other)-b.txt", atomically: false, encoding: .utf8)
        #expect(try service.run("release", "\(other)/2").status == 0)
        #expect(try requests().map(\.delivery) == [DeliveryID(other)])
    }

    @Test func whatIsKnownToWaitNowhereIsNotAskedFor() throws {
        let other = "01KB0000000000000000000001"
        for (command, word) in [("retry", other), ("release", "\(other)/2"), ("discard", other)] {
            let ended = try service.run(command, word)
            #expect(ended.status == 66)
            #expect(
                ended.complaints
                    == "tidings \(command): no delivery \(other) waits in held/, rejected/ or deferred/; 'tidings why "
                    + "\(other)' tells what became of it\n")
        }
        #expect(try service.run("release", id, "--update-of", "c1").status == 66)
        for command in ["withdraw", "readmit"] {
            let ended = try service.run(command, "c1")
            #expect(ended.status == 66)
            #expect(
                ended.complaints == "tidings \(command): no event is called \"c1\"; 'tidings list' shows all of them\n")
        }
        #expect(try requests() == [])
    }

    @Test func toForgetSaysWhatCannotBeCalledBack() throws {
        let refused = try service.run("forget", "c1")
        #expect(refused.status == 64)
        #expect(refused.complaints.contains("nothing is done, since there is no terminal to ask at; add --yes"))
        #expect(try requests() == [])
        let ended = try service.run("forget", "c1", "--yes")
        #expect(ended.status == 0)
        #expect(ended.complaints.contains("what was sent, copied or backed up cannot be called back"))
        #expect(ended.complaints.contains("no event is called \"c1\"; files set aside that speak of it are removed"))
        #expect(try requests() == [DecisionRequest(.forget(uid: "c1"))])
    }

    @Test(
        .enabled(if: geteuid() == 0, "root can be another user"),
        arguments: [
            ["withdraw", "c1", "--yes"], ["readmit", "c1"], ["forget", "c1", "--yes"], ["retry", id],
            ["release", id], ["discard", "\(id)/2"],
        ])
    func whoMayNotAskIsToldSoAndNothingElse(_ words: [String]) throws {
        for (path, mode) in [("", 0o755), ("/tidingsd.toml", 0o644), ("/spool", 0o755)] as [(String, mode_t)] {
            #expect(chmod(service.folder.path + path, mode) == 0)
        }
        let program = "\(service.folder.path)/tidings"
        try TidingsProgram.copy(TidingsProgram.built(), to: program)
        let ended = try TidingsProgram(
            ["--reuid=65534", "--regid=65534", "--clear-groups", program] + words
                + ["--config", service.configuration], program: "/usr/bin/setpriv"
        ).end()
        #expect(ended.status == 77 && ended.output == "")
        #expect(
            ended.complaints.hasPrefix(
                "tidings \(words[0]): cannot create a file in \(service.spool)/requests: "))
        #expect(ended.complaints.contains("tidings-admin"))
        #expect(ended.complaints.filter { $0 == "\n" }.count == 1, "\(ended.complaints)")
        #expect(try requests() == [])
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        let result: String
        let status: Int32
        var testDescription: String { result }
    }

    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            Answer(result: "accepted", status: 0), Answer(result: "unchanged", status: 0),
            Answer(result: "held", status: 75), Answer(result: "deferred", status: 75),
            Answer(result: "rejected", status: 65), Answer(result: "discarded", status: 0),
            Answer(result: "refused", status: 65), Answer(result: "gone", status: 65),
            Answer(result: "partial", status: 75),
        ])
    func whatCameOfItIsTheExitStatus(_ answer: Answer) throws {
        let spool = try SpoolDirectory.open(service.spool)
        let watcher = try Watcher.start(spool)
        let asking = try service.start(["retry", "--wait", id])
        while true {
            guard let request = try spool.requests(limit: 1).requests.first else {
                _ = try watcher.wait(timeout: .seconds(1))
                continue
            }
            let reply =
                "{\"schema\":\"tidings-decision/1\",\"action\":\"retry\",\"delivery\":\"\(id)\",\"result\":"
                + "\"\(answer.result)\",\"message\":\"because the test says so\"}\n"
            try spool.writeReply(
                OwedReply(
                    user: request.user, name: request.name, delivery: request.mark, json: Array(reply.utf8), text: []))
            try spool.remove(request)
            break
        }
        let ended = try asking.end()
        #expect(ended.output == "\(id): \(answer.result): because the test says so\n")
        #expect(ended.status == answer.status)
    }

    @Test func withoutAnAnswerTheRequestWaits() throws {
        let ended = try service.run("discard", "--wait", "--timeout", "20ms", id)
        #expect(ended.status == 75)
        #expect(
            ended.complaints
                == "tidings discard: \(id): no answer within 20ms, and no daemon works on the spool; the request waits in "
                + "\(service.spool)/requests\n")
    }
}
