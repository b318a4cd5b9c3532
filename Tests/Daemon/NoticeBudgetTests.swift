import Foundation
import Pipeline
import PluginKit
import Synchronization
import Systemd
import TestKit
import Testing

@testable import Configuration
@testable import Daemon
@testable import Spool

/// A submitter cannot fill the journal with what is left alone.
@Suite struct NoticeBudgetTests {
    private let clock = HeldClock()
    private let spool: SpoolDirectory
    private let scratch: TemporaryDirectory
    private let told = Told()

    init() throws {
        scratch = TemporaryDirectory()
        spool = try SpoolDirectory.open("\(scratch.path)/spool", create: true)
    }

    @Test func aUsersNoticesHaveABudgetAndTheRestIsOneEntry() async throws {
        let reception = try reception(limit: 3)
        var looks: [Duration?] = []
        for round in 0..<20 {
            looks.append(try await swap("link", in: reception, round))
            clock.advance(by: .seconds(1))
        }
        #expect(told.codes == Array(repeating: "fileLeftAlone", count: 3))
        #expect(looks[2] == nil && looks[3] == .seconds(57), "somebody has to look when the minute is over")
        clock.advance(by: .seconds(40))
        _ = try await reception.take([], files: 9)
        #expect(told.codes.count == 4)
        let user = geteuid()
        #expect(
            told.messages.last
                == "17 more notices of files of user \(user) were left out within a minute, after 3 "
                + "(spool.max_notices_per_minute); find out what puts such files there; the last one: incoming/link is "
                + "a FIFO of user \(user) and is left where it is: only regular files are taken; remove it")
        _ = try await swap("link", in: reception, 0)
        #expect(told.codes.count == 5, "another minute has a budget of its own")
    }

    @Test func theRestIsToldWhenTheDaemonEnds() async throws {
        let reception = try reception(limit: 1)
        for round in 0..<3 { _ = try await swap("link", in: reception, round) }
        await reception.leave()
        #expect(told.codes == ["fileLeftAlone", "noticesLeftOut"])
        await reception.leave()
        #expect(told.codes.count == 2)
    }

    @Test func whatIsTakenHasItsOutcomeWhateverWasLeftOut() async throws {
        let reception = try reception(limit: 1)
        for round in 0..<3 { _ = try await swap("link", in: reception, round) }
        let name = try #require(FileName("update.txt"))
        try "text".write(toFile: "\(scratch.path)/update.txt", atomically: false, encoding: .utf8)
        #expect(rename("\(scratch.path)/update.txt", "\(scratch.path)/spool/incoming/update.txt") == 0)
        #expect(
            try await reception.take(
                [Hints(names: [Hint(name: name, arrival: .renamed)], isScanNeeded: true)], files: 9
            ).passages.count == 1)
    }

    @Test func whoeverElseHasOneIsToldOf() {
        var budget = NoticeBudget(limit: 2)
        let admitted = (0..<10).filter { _ in budget.admits(notice(of: 1), at: .zero) }
        #expect(admitted.count == 2)
        let other = budget.admits(notice(of: 2), at: .zero)
        #expect(other)
    }

    @Test func manyUsersShareOneBudget() {
        var budget = NoticeBudget(limit: 2)
        let admitted = (0..<10_000).filter { budget.admits(notice(of: UInt32($0)), at: .zero) }
        #expect(admitted.count == NoticeBudget.users + 2)
        let rest = budget.rest(at: NoticeBudget.minute)
        #expect(rest.map(\.count) == [10_000 - admitted.count] && rest.first?.owner == nil)
        #expect(rest.first?.description.contains("of files of further users") == true)
    }

    private func notice(of owner: UInt32) -> Notice {
        Notice(folder: .incoming, name: FileName(trusted: [0x61]), owner: owner, reason: .mountPoint)
    }

    private func reception(limit: Int) throws -> Reception {
        var configuration = Configuration()
        configuration.spool.maxNoticesPerMinute = limit
        return try Reception(spool: spool, configuration: configuration, desk: Desk(), clock: clock) { [told] in
            told.add($0)
        }
    }

    /// Puts something else under the name, which is news each time; gives when somebody has to look again.
    private func swap(_ name: String, in reception: Reception, _ round: Int) async throws -> Duration? {
        let path = "\(scratch.path)/spool/incoming/\(name)"
        unlink(path)
        #expect(round.isMultiple(of: 2) ? symlink("/etc/hostname", path) == 0 : mkfifo(path, 0o644) == 0)
        return try await reception.take([Hints(isScanNeeded: true)], files: 9).lookAgain
    }
}

private final class Told: Sendable {
    private let notices = Mutex<[ReceptionNotice]>([])

    var codes: [String] { notices.withLock { $0.map { "\($0.entry.messageID)" } } }
    var messages: [String] { notices.withLock { $0.map(\.entry.message) } }

    func add(_ notice: ReceptionNotice) { notices.withLock { $0.append(notice) } }
}
