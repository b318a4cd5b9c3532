import EventModel
import PluginKit
import Synchronization
import TestKit
import Testing

@testable import Configuration
@testable import Daemon
@testable import Pipeline
@testable import Spool

/// Files that wait aside until the others are through.
@Suite struct AsideTests {
    private let clock = HeldClock()
    private let spool: SimulatedSpool
    private let desk = Desk()
    private let told = Told()

    init() { spool = SimulatedSpool(clock, seed: 1) }

    private func reception(_ change: (inout Configuration) -> Void = { _ in }) async throws -> Reception {
        var configuration = Configuration()
        change(&configuration)
        let reception = try Reception(spool: spool, configuration: configuration, desk: desk, clock: clock) { [told] in
            told.add($0)
        }
        await reception.begin(configuration)
        return reception
    }

    private func drop(_ number: Int, size: Int64 = 1) {
        spool.state.withLock { state in
            state.disk.incoming[FileName(trusted: Array("f\(number)".utf8))] = SimulatedFile(
                inode: UInt64(number + 1), drop: number, owner: 1, size: size, changedAt: 0)
        }
    }

    /// The drops that a claim brings, and whether they are alone.
    private func take(_ reception: Reception, files: Int = 10) async throws -> (passages: [Passage], isAlone: Bool) {
        let claimed = try await reception.take([Hints(isScanNeeded: true)], files: files)
        return (claimed.passages, claimed.isAlone)
    }

    private func setAside(_ passages: [Passage], _ reception: Reception, because reason: String = "slow") async {
        await reception.setAside(
            passages.map { passage in
                var passage = passage
                passage.setAside(reason)
                return passage
            })
    }

    private func end(_ passages: [Passage]) {
        for passage in passages {
            if desk.take(passage.delivery.id) != nil { desk.count(.accepted, []) }
            spool.state.withLock { $0.disk[.active][passage.delivery.id] = nil }
        }
    }

    /// How many ends are noted for the one file that is noted.
    private var ends: String? {
        let mark = spool.state.withLock { String(decoding: $0.disk.alone, as: UTF8.self) }
        return mark.split(separator: " ").dropFirst().first.map(String.init)
    }

    @Test func theyWaitForOthersAndOthersForThemInTurns() async throws {
        let reception = try await reception()
        drop(0)
        await setAside(try await take(reception).passages, reception)
        clock.advance(by: .seconds(11))
        drop(1)
        let overdue = try await take(reception)
        #expect(overdue.passages.map(SimulatedHouse.drop) == [0] && overdue.isAlone)
        await setAside(overdue.passages, reception)
        clock.advance(by: .seconds(3600))
        let other = try await take(reception)
        #expect(other.passages.map(SimulatedHouse.drop) == [1], "however long the first has waited")
        #expect(try await take(reception).passages.isEmpty, "nothing may be in work beside it")
        #expect(desk.isAwaited(), "whoever ends that says so")
        end(other.passages)
        #expect(try await take(reception).passages.map(SimulatedHouse.drop) == [0])
        #expect(told.words.filter { $0.hasPrefix("aside") } == ["aside slow"], "once a cause")
    }

    @Test func withABacklogTheyHaveTheirTurnAgainAndAgain() async throws {
        let reception = try await reception()
        drop(0)
        await setAside(try await take(reception).passages, reception)
        for round in 1...5 {
            clock.advance(by: .seconds(11))
            drop(2 * round)
            drop(2 * round + 1)
            let overdue = try await take(reception, files: 1)
            #expect(overdue.passages.map(SimulatedHouse.drop) == [0])
            await setAside(overdue.passages, reception)
            for _ in 0..<2 { end(try await take(reception, files: 1).passages) }
        }
    }

    @Test func noMoreAreTakenInThanMayBeAside() async throws {
        let reception = try await reception { $0.pipeline.maxPostponed = 2 }
        for number in 0..<3 { drop(number) }
        for _ in 0..<2 { await setAside(try await take(reception, files: 1).passages, reception) }
        let next = try await take(reception, files: 1)
        #expect(next.isAlone && next.passages.map(SimulatedHouse.drop) == [0], "it is one of those")
        await setAside(next.passages, reception)
        end(try await take(reception, files: 1).passages)
        #expect(try await take(reception, files: 1).passages.map(SimulatedHouse.drop) == [2], "there is room again")
    }

    @Test func aReloadWithAFullDeskTakesThemUpAgain() async throws {
        let reception = try await reception { $0.spool.maxBytesInWork = ByteCount(1) }
        for number in 0..<3 { drop(number) }
        #expect(try await take(reception).passages.count == 1)
        #expect(try await take(reception).passages.isEmpty, "no more bytes may be in work")
        #expect(desk.isAwaited())
        await reception.takeUpAgain()
        #expect(try await take(reception).passages.map(SimulatedHouse.drop) == [0])
    }

    @Test func anEndInOrderCountsForNothing() async throws {
        drop(0)
        var reception = try await reception()
        await setAside(try await take(reception).passages, reception)
        for _ in 0..<5 {
            let again = try await take(reception)
            #expect(again.passages.map(\.isDecided) == [false] && again.isAlone && ends == "1")
            await reception.leave()
            #expect(ends == "0")
            _ = desk.take(again.passages[0].delivery.id)
            reception = try await self.reception()
        }
    }

    @Test func whatCannotBeTakenUpForAWhileIsTriedAgain() async throws {
        let first = try await reception()
        drop(0)
        for passage in try await take(first).passages { _ = desk.take(passage.delivery.id) }
        let second = try await reception()
        spool.state.withLock { $0.lacksDescriptors = true }
        #expect(try await take(second).passages.isEmpty)
        clock.advance(by: .seconds(5))
        #expect(try await take(second).passages.isEmpty)
        spool.state.withLock { $0.lacksDescriptors = false }
        clock.advance(by: .seconds(5))
        #expect(try await take(second).passages.map(SimulatedHouse.drop) == [0])
    }

    @Test func anAttemptCountsOnlyWhereOthersHavePassed() async throws {
        let reception = try await reception { $0.pipeline.maxAttempts = 2 }
        drop(0)
        var passages = try await take(reception).passages
        for _ in 0..<10 {
            await setAside(passages, reception)
            passages = try await take(reception).passages
            #expect(passages.map(\.isDecided) == [false], "it may be the stage that is ill")
        }
        for attempt in 1...2 {
            await setAside(passages, reception)
            drop(attempt)
            end(try await take(reception).passages)
            passages = try await take(reception).passages
        }
        #expect(passages.map(\.outcome) == [.held])
        let reason = passages.first?.fileAnswer?.reason
        #expect(reason?.contains("it was tried 2 times (pipeline.max_attempts)") == true)
    }

    @Test func oneThatIsWrittenAnewOrTakenAwayIsNoDeliveryAnyMore() async throws {
        let reception = try await reception()
        drop(0)
        drop(1)
        let passages = try await take(reception).passages
        await setAside(passages, reception)
        let (changed, gone) = (passages[0].delivery.id, passages[1].delivery.id)
        spool.state.withLock { state in
            state.disk[.active][changed]?.file.drop = 7
            state.disk[.active][changed]?.file.size = 70
            state.disk[.active][gone] = nil
        }
        #expect(try await take(reception).passages.isEmpty)
        #expect(try await take(reception).passages.map(SimulatedHouse.drop) == [7])
        #expect(told.words.contains("lost"))
        #expect(desk.count == 1)
    }
}

private final class Told: Sendable {
    private let notices = Mutex<[String]>([])

    var words: [String] { notices.withLock { $0 } }

    func add(_ notice: ReceptionNotice) {
        notices.withLock { words in
            switch notice {
            case .setAside(_, let reason): words.append("aside \(reason)")
            case .lost: words.append("lost")
            default: break
            }
        }
    }
}
