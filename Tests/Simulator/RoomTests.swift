import Pipeline
import PluginKit
import Synchronization
import TestKit
import Testing

@testable import Configuration
@testable import Daemon
@testable import Spool

/// The free space below which nothing is taken.
@Suite struct RoomTests {
    @Test(arguments: [(0, 1), (1, 0)])
    func filesAreTakenAtTheLeastRoomAndNotBelowIt(missing: Int, taken: Int) async throws {
        let clock = HeldClock()
        let spool = SimulatedSpool(clock, seed: 1)
        var configuration = Configuration()
        configuration.spool.minFreeBytes = .mebibytes(8)
        let free = UInt64(configuration.spool.minFreeBytes.bytes - missing)
        spool.state.withLock { state in
            state.free = free
            state.disk.incoming[FileName(trusted: Array("a".utf8))] = SimulatedFile(
                inode: 1, drop: 0, owner: 1, size: 1, changedAt: 0)
        }
        let reception = try Reception(spool: spool, configuration: configuration, desk: Desk(), clock: clock) { _ in }
        #expect(try await reception.take([Hints(isScanNeeded: true)], files: 10).passages.count == taken)
    }

    @Test(arguments: [(0, nil), (1 << 40, 0)] as [(UInt64, UInt64?)])
    func aFullDiskIsToldOfOnceAndIntakeGoesOnByItself(free: UInt64, inodes: UInt64?) async throws {
        let clock = HeldClock()
        let spool = SimulatedSpool(clock, seed: 1)
        spool.state.withLock { state in
            (state.free, state.inodes) = (free, inodes)
            state.disk.incoming[FileName(trusted: Array("a".utf8))] = SimulatedFile(
                inode: 1, drop: 0, owner: 1, size: 1, changedAt: 0)
        }
        let told = Mutex<[String]>([])
        let configuration = Configuration()
        let reception = try Reception(spool: spool, configuration: configuration, desk: Desk(), clock: clock) {
            notice in
            switch notice {
            case .paused: told.withLock { $0.append("paused") }
            case .resumed: told.withLock { $0.append("resumed") }
            default: told.withLock { $0.append("\(notice)") }
            }
        }
        for _ in 0..<3 {
            let claimed = try await reception.take([Hints(isScanNeeded: true)], files: 10)
            #expect(claimed.passages.isEmpty && claimed.lookAgain == configuration.spool.pause)
        }
        #expect(told.withLock { $0 } == ["paused"])
        spool.state.withLock { ($0.free, $0.inodes) = (1 << 40, 1) }
        #expect(try await reception.take([], files: 10).passages.count == 1, "what was heard before is not forgotten")
        #expect(told.withLock { $0 } == ["paused", "resumed"])
    }
}
