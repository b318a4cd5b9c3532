import EventModel
import Foundation
import Systemd
import TestKit
import Testing

@testable import Daemon
@testable import Spool

/// What is owed is bounded, forgotten with its event, and told of once.
@Suite struct ReplyOutboxTests {
    private let directory = TemporaryDirectory()
    private let spool: SpoolDirectory
    private let journal: Journal
    private var box: String { "\(spool.path)/replies/\(geteuid())" }

    init() throws {
        spool = try SpoolDirectory.open("\(directory.path)/spool", create: true)
        let log = open("\(directory.path)/log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        journal = Journal(.json, descriptor: log)
        #expect(FileManager.default.createFile(atPath: box, contents: nil))
    }

    private func reply(_ number: UInt64, _ words: String) throws -> OwedReply {
        OwedReply(
            user: geteuid(), name: try #require(FileName("a.txt")), delivery: DeliveryID(high: 1 << 20, low: number),
            json: Array("{\"uid\":\"\(words)\"}".utf8), text: [])
    }

    private func entries() throws -> Int {
        try String(contentsOfFile: "\(directory.path)/log", encoding: .utf8).split(separator: "\n").count
    }

    private func written() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: box).filter { $0.hasSuffix(".json") }.sorted()
    }

    private func owed() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(spool.path)/active").filter { $0.hasSuffix(".owed") }
    }

    @Test func whatIsOwedIsWrittenByTheNextRunToo() throws {
        let first = ReplyOutbox(spool: spool, journal: journal)
        for number in 1...3 as ClosedRange<UInt64> { try first.send(reply(number, "x")) }
        first.retry()
        #expect(try first.count == 3 && entries() == 1, "trouble that lasts is told of once")
        try FileManager.default.removeItem(atPath: box)
        let second = ReplyOutbox(spool: spool, journal: journal)
        try second.load()
        second.retry()
        #expect(try written().count == 3 && owed().isEmpty && second.count == 0)
    }

    @Test func theOldestAreGivenUp() throws {
        let outbox = ReplyOutbox(spool: spool, journal: journal, maxOwed: 2)
        for number in 1...5 as ClosedRange<UInt64> { try outbox.send(reply(number, "x")) }
        #expect(try outbox.count == 2 && owed().count == 2)
        #expect(try entries() == 2, "that it fails, and that some are given up")
        try FileManager.default.removeItem(atPath: box)
        outbox.retry()
        let ids = [4, 5].map { DeliveryID(high: 1 << 20, low: $0).description }
        #expect(try written() == ids.map { "a.txt.\($0).json" })
        #expect(try entries() == 3, "and that they can be written again")
    }

    @Test func whatIsToBeForgottenIsOwedToNobody() throws {
        let outbox = ReplyOutbox(spool: spool, journal: journal)
        try outbox.send(reply(1, "secret"))
        try outbox.send(reply(2, "other"))
        try outbox.forget { Erasure.speaks($0, of: "secret") }
        try FileManager.default.removeItem(atPath: box)
        outbox.retry()
        #expect(try written().count == 1 && owed().isEmpty)
    }

    @Test func whereItCannotEvenBeNotedItIsGivenBack() throws {
        let outbox = ReplyOutbox(spool: spool, journal: journal)
        let reply = try reply(1, "x")
        let note = "\(spool.path)/active/.\(reply.delivery).owed"
        try FileManager.default.createDirectory(atPath: note, withIntermediateDirectories: false)
        #expect(throws: SpoolError.self) { try outbox.send(reply) }
        #expect(outbox.count == 0)
    }
}
