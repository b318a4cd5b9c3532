import Pipeline
import PluginKit
import Synchronization
import TestKit
import Testing

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
}
