import Foundation
import Spool
import Testing

@testable import Configuration
@testable import Daemon
import Primitives

@Suite struct BoundsTests {
    private func hint(_ number: Int) throws -> Hints {
        Hints(names: [Hint(name: try #require(FileName("f\(number)")), arrival: .closed)])
    }

    @Test func hintsThatNobodyLooksAtBecomeAScan() throws {
        let box = HintBox(limit: 1000)
        for number in 0..<100_000 { _ = box.add(try hint(number)) }
        let waiting = box.takeAll()
        #expect(waiting.reduce(0) { $0 + $1.names.count } <= 1000)
        #expect(waiting.contains { $0.isScanNeeded })
    }

    @Test func onlyTheFirstHintHasToBeTold() throws {
        let box = HintBox(limit: 1000)
        #expect(box.add(try hint(1)))
        #expect(!box.add(try hint(2)))
        #expect(box.takeAll().count == 2)
        #expect(box.add(try hint(3)))
    }

    @Test(arguments: [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (1000, 3600)])
    func waitsDoubleUpToTheLongest(attempt: Int, seconds: Int) {
        let backoff = Backoff(first: .seconds(10), longest: .seconds(3600))
        #expect(backoff.wait(afterAttempt: attempt, jitter: 0) == .seconds(seconds))
        #expect(backoff.wait(afterAttempt: attempt, jitter: 1) == .seconds(seconds) * 3 / 4)
    }

    @Test func theTimesToStopFitIntoTheUnits() throws {
        let unit = try String(
            contentsOf: ReferenceTests.root.appendingPathComponent("Deploy/tidingsd.service"), encoding: .utf8)
        let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("TimeoutStopSec=") })
        let seconds = try #require(Int(line.dropFirst("TimeoutStopSec=".count).dropLast()))
        let settings = ServiceSettings()
        #expect(settings.stopTimeout + settings.drainTimeout < .seconds(seconds))
    }
}
