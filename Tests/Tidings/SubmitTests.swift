import EventFormats
import EventModel
import Foundation
import Spool
import Testing

@testable import tidings

/// `submit`, with and without an answer.
@Suite struct SubmitTests {
    @Test func aDroppedFileIsWholeAndHasItsName() throws {
        let service = try PrivateService()
        let file = try service.file("choir.jsonld")
        let ended = try service.run("submit", file)
        #expect(ended.output == "\(file): dropped as choir.jsonld\n")
        #expect(ended.status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(service.spool)/incoming")
        #expect(names == ["choir.jsonld"])
        let dropped = try String(contentsOfFile: "\(service.spool)/incoming/choir.jsonld", encoding: .utf8)
        #expect(dropped == Samples.concert)
    }

    @Test func aNameThatIsTakenGetsAMark() throws {
        let service = try PrivateService()
        let file = try service.file("choir.jsonld")
        let objects = try service.run("submit", "--json", file, file).objects()
        #expect(objects.map { $0["file"] as? String } == [file, file])
        #expect(objects.first?["name"] as? String == "choir.jsonld")
        let second = try #require(objects.last?["name"] as? String)
        #expect(second != "choir.jsonld" && second.hasPrefix("choir-") && second.hasSuffix(".jsonld"))
    }

    @Test func whatCannotBeDroppedDoesNotKeepTheOthersBack() throws {
        let service = try PrivateService()
        let ended = try service.run("submit", "/nonexistent", try service.file("choir.jsonld"))
        #expect(ended.complaints.contains("tidings submit: /nonexistent: No such file or directory"))
        #expect(ended.output.contains("dropped as choir.jsonld"))
        #expect(ended.status == 66)
    }

    @Test func withoutASpoolTheRemedyIsNamed() throws {
        let service = try PrivateService()
        try FileManager.default.removeItem(atPath: service.spool)
        let ended = try service.run("submit", try service.file("choir.jsonld"))
        #expect(ended.complaints.contains("\(service.spool)/incoming: No such file or directory"))
        #expect(ended.complaints.contains("is tidingsd installed, and is [spool] directory right?"))
        #expect(ended.status == 69)
    }

    @Test func withoutAnAnswerTheFileIsSafe() throws {
        let service = try PrivateService()
        let file = try service.file("choir.jsonld")
        let ended = try service.run("submit", "--wait", "--timeout", "20ms", file)
        let refusal = "\(file): no answer within 20ms, and no daemon works on the spool; the file is safe in "
        #expect(ended.complaints.contains(refusal))
        #expect(ended.status == 75)
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        let outcome: String
        let status: Int32
        var testDescription: String { outcome }
    }

    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            Answer(outcome: "accepted", status: 0), Answer(outcome: "unchanged", status: 0),
            Answer(outcome: "stale", status: 0), Answer(outcome: "rejected", status: 65),
            Answer(outcome: "held", status: 75), Answer(outcome: "deferred", status: 75),
        ])
    func theOutcomeIsTheExitStatus(_ answer: Answer) throws {
        let service = try PrivateService()
        let file = try service.file("choir.jsonld")
        let daemon = try Answering(service.spool)
        let sender = try service.start(["submit", "--wait", file])
        try daemon.answerOne { _ in answer.outcome }
        let ended = try sender.end()
        #expect(ended.output.contains("\(file): \(answer.outcome): because the test says so\n"))
        #expect(ended.output.contains("    \(file):2:14: warning: no year [year-inferred]\n"))
        #expect(ended.status == answer.status)
        #expect(ended.complaints == "")
    }

    struct Season: Sendable, CustomTestStringConvertible {
        let outcome: String
        let updates: [String]
        let status: Int32
        var testDescription: String { "\(outcome): \(updates.joined(separator: ", "))" }
    }

    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            Season(outcome: "partial", updates: ["accepted", "rejected", "unchanged"], status: 65),
            Season(outcome: "partial", updates: ["held", "rejected", "stale"], status: 65),
            Season(outcome: "partial", updates: ["accepted", "held"], status: 75),
            Season(outcome: "held", updates: ["held", "rejected"], status: 75),
            Season(outcome: "deferred", updates: ["accepted", "deferred", "rejected"], status: 75),
            Season(outcome: "rejected", updates: ["rejected", "rejected"], status: 65),
            Season(outcome: "accepted", updates: ["accepted", "stale"], status: 0),
        ])
    func eachUpdateThatDoesNotCountIsNamed(_ season: Season) throws {
        let service = try PrivateService()
        let file = try service.file("season.ics")
        let daemon = try Answering(service.spool)
        let sender = try service.start(["submit", "--wait", file])
        try daemon.answerOne(updates: season.updates) { _ in season.outcome }
        let ended = try sender.end()
        for (index, outcome) in season.updates.enumerated() {
            let isNamed = !["accepted", "unchanged", "stale"].contains(outcome)
            let name = "    item \(index + 1), season-\(index + 1): \(outcome)\n"
            let why = "      \(file):\(index + 10):1: error: no such day [invalid-date]\n"
            #expect(ended.output.contains(name + why) == isNamed)
            #expect(ended.output.contains("item \(index + 1),") == isNamed)
        }
        #expect(ended.status == season.status)
    }

    @Test(.timeLimit(.minutes(10))) func ofSeveralFilesTheWorstCounts() throws {
        let service = try PrivateService()
        let daemon = try Answering(service.spool)
        let files = try ["a.jsonld", "b.jsonld", "c.jsonld"].map { try service.file($0) }
        let sender = try service.start(["submit", "-w", "--json"] + files)
        for _ in files {
            try daemon.answerOne { ["a.jsonld": "held", "b.jsonld": "rejected"][$0] ?? "accepted" }
        }
        let ended = try sender.end()
        #expect(Set(try ended.objects().map { $0["outcome"] as? String }) == ["held", "rejected", "accepted"])
        #expect(ended.status == 65)
    }

    @Test(.timeLimit(.minutes(10))) func anEarlierAnswerToThatNameIsNotTaken() throws {
        let service = try PrivateService()
        let file = try service.file("choir.jsonld")
        let daemon = try Answering(service.spool)
        let first = try service.start(["submit", "--wait", file])
        try daemon.answerOne { _ in "rejected" }
        #expect(try first.end().status == 65)
        let second = try service.start(["submit", "--wait", file])
        try daemon.answerOne { _ in "accepted" }
        #expect(try second.end().status == 0)
    }
}

/// A daemon that answers as a test wants it.
final class Answering {
    private let spool: SpoolDirectory
    private let watcher: Mutable<Watcher>
    private let intake: Mutable<Intake>

    /// Holds a value that cannot be copied.
    private final class Mutable<Value: ~Copyable> {
        var value: Value
        init(_ value: consuming Value) { self.value = value }
    }

    init(_ path: String) throws {
        spool = try SpoolDirectory.open(path)
        watcher = Mutable(try Watcher.start(spool))
        intake = Mutable(Intake(spool, after: nil))
        intake.value.requestScan()
    }

    /// Takes the next file that is dropped, and answers its sender.
    func answerOne(updates: [String] = [], _ outcome: (String) -> String) throws {
        while true {
            if let file = intake.value.take(files: 1, bytes: 1 << 20).files.first {
                let name = String(decoding: file.file.fileName.bytes, as: UTF8.self)
                #expect(file.wantsReply)
                try spool.writeReply(
                    OwedReply(
                        user: file.file.submitter, name: file.file.fileName, delivery: file.file.id,
                        json: Self.report(file, outcome(name), updates), text: []))
                _ = spool.finish([Ending(file.file, .remove)])
                return
            }
            intake.value.note(try watcher.value.wait(timeout: .seconds(1)))
        }
    }

    /// A report with the keys of the daemon's.
    static func report(_ file: ClaimedFile, _ outcome: String, _ updates: [String]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            for (key, value) in [
                ("schema", "tidings-report/2"), ("delivery", file.file.id.description),
                ("file", String(decoding: file.file.fileName.bytes, as: UTF8.self)), ("sha256", file.sha256),
                ("outcome", outcome), ("message", "because the test says so"),
            ] {
                json.key(dynamic: key)
                json.string(value)
            }
            json.key("updates")
            json.array { list in
                for (index, outcome) in updates.enumerated() { list.object { update(index, outcome, &$0) } }
            }
            json.key("diagnostics")
            json.array { list in
                Diagnostic(
                    .yearInferred, severity: .warning, position: SourcePosition(line: 2, column: 14, bytes: 0..<1),
                    message: "no year"
                ).write(into: &list)
            }
        }
        json.newline()
        return json.bytes
    }

    /// What the report says of one update: of one that does not count with the day that there is not.
    private static func update(_ index: Int, _ outcome: String, _ json: inout JSONWriter) {
        json.key("item")
        json.integer(index + 1)
        json.key("uid")
        json.string("season-\(index + 1)")
        json.key("outcome")
        json.string(outcome)
        json.key("diagnostics")
        json.array { list in
            if ["accepted", "unchanged", "stale"].contains(outcome) { return }
            Diagnostic(
                .invalidDate, severity: .error, position: SourcePosition(line: index + 10, column: 1, bytes: 0..<1),
                update: index, message: "no such day"
            ).write(into: &list)
        }
    }
}
