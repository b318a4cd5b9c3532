import EventModel
import PluginKit
import Synchronization
import Systemd
import TestKit
import Testing

@testable import Configuration
@testable import Daemon
@testable import Pipeline
@testable import Spool

/// Long files, of which the stages see a part at a time.
@Suite struct SliceTests {
    private let clock = HeldClock()
    private let spool: SimulatedSpool
    private let desk = Desk()

    init() { spool = SimulatedSpool(clock, seed: 1) }

    private func configuration(_ change: (inout Configuration) -> Void = { _ in }) -> Configuration {
        var configuration = Configuration()
        configuration.pipeline.slice = 1
        change(&configuration)
        return configuration
    }

    private func reception(_ configuration: Configuration) async throws -> Reception {
        let reception = try Reception(spool: spool, configuration: configuration, desk: desk, clock: clock) { _ in }
        await reception.begin(configuration)
        return reception
    }

    private func completion(_ configuration: Configuration) -> Completion {
        Completion(
            configuration, spool: spool, desk: desk, progress: Progress(), clock: clock,
            journal: Journal(.json, level: .error, descriptor: -1))
    }

    private func drop(_ number: Int, events: Int = 1) {
        spool.state.withLock { state in
            state.disk.incoming[FileName(trusted: Array("f\(number)".utf8))] = SimulatedFile(
                inode: UInt64(number + 1), drop: number, owner: 1, size: 1, changedAt: 0, events: events)
        }
    }

    private func take(_ reception: Reception) async throws -> [Passage] {
        try await reception.take([Hints(isScanNeeded: true)], files: 1).passages
    }

    /// The drop and the items of each claim until nothing comes, each finished before the next.
    private func work(_ reception: Reception, _ completion: Completion) async throws -> [String] {
        var order: [String] = []
        while order.count < 100 {
            let claimed = try await reception.take([Hints(isScanNeeded: true)], files: 1)
            if claimed.passages.isEmpty, claimed.lookAgain != .zero { break }
            order += claimed.passages.map { "\(SimulatedHouse.drop($0)):\($0.slice.map { $0 + 1 })" }
            _ = try await completion.finish(claimed.passages, for: reception)
        }
        return order
    }

    @Test func othersGetBetween() async throws {
        let configuration = configuration()
        let (reception, completion) = (try await reception(configuration), completion(configuration))
        for (number, events) in [(0, 3), (1, 1), (2, 1)] { drop(number, events: events) }
        let order = try await work(reception, completion)
        #expect(order.filter { $0.hasPrefix("0") } == ["0:[1]", "0:[2]", "0:[3]"])
        #expect(order.count == 5)
        let last = try #require(order.lastIndex(of: "0:[3]"))
        #expect(try #require(order.firstIndex(of: "1:[1]")) < last && #require(order.firstIndex(of: "2:[1]")) < last)
        #expect(desk.count == 0)
    }

    @Test func twoLongOnesTakeTurns() async throws {
        let configuration = configuration()
        let (reception, completion) = (try await reception(configuration), completion(configuration))
        for number in 0..<2 { drop(number, events: 3) }
        let order = try await work(reception, completion)
        for number in 0..<2 {
            #expect(order.filter { $0.hasPrefix("\(number)") } == (1...3).map { "\(number):[\($0)]" })
        }
        #expect(order.firstIndex(of: "1:[1]") ?? .max < order.firstIndex(of: "0:[3]") ?? 0)
    }

    @Test func whereThereIsNoRoomForOthersItGoesOn() async throws {
        let configuration = configuration { $0.spool.maxBytesInWork = ByteCount(1) }
        let (reception, completion) = (try await reception(configuration), completion(configuration))
        drop(0, events: 3)
        let first = try await take(reception)
        drop(1)
        _ = try await completion.finish(first, for: reception)
        #expect(try await work(reception, completion) == ["0:[2]", "0:[3]", "1:[1]"])
    }

    @Test func anotherShiftBeginsItAnew() async throws {
        let configuration = configuration()
        let (reception, completion) = (try await reception(configuration), completion(configuration))
        drop(0, events: 3)
        _ = try await completion.finish(try await take(reception), for: reception)
        await reception.takeUpAgain()
        #expect(try await work(reception, completion) == ["0:[1]", "0:[2]", "0:[3]"])
        #expect(desk.count == 0)
    }

    @Test func whatIsAloneIsAloneWithAllOfIt() async throws {
        let configuration = configuration()
        drop(0, events: 3)
        // Another process ends with it in work.
        for passage in try await take(try await self.reception(configuration)) { _ = desk.take(passage.delivery.id) }
        let (reception, completion) = (try await reception(configuration), completion(configuration))
        drop(1)
        var order: [Int] = []
        while order.count < 10 {
            let claimed = try await reception.take([Hints(isScanNeeded: true)], files: 9)
            if claimed.passages.isEmpty, claimed.lookAgain != .zero { break }
            order += claimed.passages.map(SimulatedHouse.drop)
            if claimed.passages.first.map(SimulatedHouse.drop) == 0 {
                #expect(claimed.isAlone && claimed.passages.count == 1)
                #expect(
                    !spool.state.withLock { $0.disk.alone }.isEmpty, "an end is held against it until it is through")
            }
            _ = try await completion.finish(claimed.passages, for: reception)
        }
        #expect(order == [0, 0, 0, 1], "nothing is in work beside it, and nothing between")
    }
}
