import EventModel
import Foundation
import Testing

@testable import Spool

@Suite struct WindowTests {
    private func candidate(_ name: String, _ user: UInt32, _ time: Int64, _ arrival: Arrival = .found) -> Candidate {
        Candidate(name: FileName(trusted: Array(name.utf8)), submitter: user, changedAt: time, arrival: arrival)
    }

    private func drain(_ queue: inout CandidateQueue) -> [String] {
        var names: [String] = []
        while let next = queue.next() { names.append(next.name.description) }
        return names
    }

    @Test func submittersTakeTurnsEachInTheOrderOfTime() {
        var queue = CandidateQueue(capacity: 10, share: 10)
        for (name, user, time) in [("a3", 1, 3), ("a1", 1, 1), ("a2", 1, 2), ("b9", 2, 9), ("c5", 3, 5), ("c4", 3, 4)] {
            _ = queue.insert(candidate(name, UInt32(user), Int64(time)))
        }
        let names = drain(&queue)
        #expect(names == ["a1", "b9", "c4", "a2", "c5", "a3"])
        #expect(queue.isEmpty)
    }

    @Test func theFloodOfOneLeavesRoomForOthers() {
        var queue = CandidateQueue(capacity: 4, share: 4)
        let fits = (0..<4).map { queue.insert(candidate("a\($0)", 1, Int64($0))) }
        #expect(fits == [true, true, true, true])
        let ownFlood = queue.insert(candidate("a4", 1, 4))
        #expect(!ownFlood)
        let isNothingLeftOut = queue.insert(candidate("b", 2, 100))
        #expect(!isNothingLeftOut, "a file of the flood gave way, and has to be found again")
        #expect(queue.count == 4)
        let names = drain(&queue)
        #expect(names.contains("b") && names.first == "a0")
    }

    @Test func aNameIsHeldOnceWithItsStrongestArrival() {
        var queue = CandidateQueue(capacity: 4, share: 4)
        for arrival in [Arrival.found, .renamed, .closed] {
            _ = queue.insert(candidate("a", 1, 1, arrival))
        }
        #expect(queue.count == 1)
        let first = queue.next()
        let second = queue.next()
        #expect(first?.arrival == .renamed)
        #expect(second == nil)
    }

    @Test(.enabled(if: isRoot, needsRoot)) func oneFileAmongAFloodIsTakenNext() throws {
        let scratch = try Scratch(usesLeases: false)
        for number in 0..<40 { try scratch.drop("flood-\(number)") }
        for number in 0..<40 { chown("\(scratch.path)/incoming/flood-\(number)", 4711, 4711) }
        try scratch.drop("lone")
        chown("\(scratch.path)/incoming/lone", 4712, 4712)
        var intake = scratch.laterIntake()
        intake.requestScan()
        let first = intake.take(files: 2, bytes: .max)
        #expect(Set(first.files.map(\.file.submitter)) == [4711, 4712])
    }

    @Test func aHeapGivesItsElementsInOrder() {
        var heap = Heap<Int>(before: { $0 < $1 })
        let numbers = (0..<200).map { $0 * 7919 % 503 }
        for number in numbers { heap.insert(number) }
        var out: [Int] = []
        while let next = heap.removeFirst() { out.append(next) }
        #expect(out == numbers.sorted())
    }

    @Test func whatFindsNoRoomInTheMemoryOfUnreadyFilesIsDropped() {
        var again = LookAgain(capacity: 2, to: .seconds(30))
        for name in ["a", "b", "c"] {
            again.note(
                FileName(trusted: Array(name.utf8)), Stillness(size: 1, changedAt: 1, inode: 1, since: 0), .found,
                at: 0, after: 2_000_000_000)
        }
        #expect(again.count == 2)
        let early = again.due(at: 1_999_999_999)
        let due = again.due(at: 2_000_000_000)
        #expect(early.isEmpty)
        #expect(due.count == 2)
    }

    @Test func ctimeOlderThanTheSettleTimeIsEnoughWhileTheWallClockIsTrusted() {
        var rule = SettleRule(settle: .seconds(2), rest: .zero)
        let second: Int64 = 1_000_000_000
        func looks(_ ctime: Int64, since: Int64, real: Int64, mono: Int64) -> Bool {
            rule.observe(realtime: real * second, monotonic: mono * second)
            return rule.isStill(
                Stillness(size: 1, changedAt: ctime * second, inode: 1, since: since * second), realtime: real * second,
                monotonic: mono * second)
        }
        #expect(looks(100, since: 10, real: 102, mono: 10))
        #expect(!looks(101, since: 11, real: 103 - 1, mono: 10))
        // The wall clock jumps an hour ahead: all files look old, and none is believed to be for a while.
        #expect(!looks(102, since: 11, real: 3703, mono: 11))
        #expect(looks(102, since: 11, real: 3705, mono: 13))
        // It goes back: a ctime of the future stands still by our own looking only.
        #expect(!looks(3705, since: 14, real: 106, mono: 14))
        #expect(!looks(3705, since: 14, real: 107, mono: 15))
        #expect(looks(3705, since: 14, real: 108, mono: 16))
    }

    @Test func whoseSizeCtimeOrInodeIsAnotherBeginsToStandStillAnew() {
        func seen(size: Int64, changedAt: Int64, inode: UInt64) -> Int64 {
            let status = FileStatus(
                identity: FileIdentity(device: 1, inode: inode), kind: .regular, links: 1, owner: 0, group: 0, mode: 0,
                size: size, changedAt: changedAt, modifiedAt: 0)
            let before = Stillness(size: 5, changedAt: 7, inode: 9, since: 100)
            return Stillness.seen(status, at: 200, before: before).since
        }
        #expect(seen(size: 5, changedAt: 7, inode: 9) == 100)
        // The kernel's clock for files is coarse: two writes may have the same ctime.
        #expect(seen(size: 6, changedAt: 7, inode: 9) == 200)
        #expect(seen(size: 5, changedAt: 8, inode: 9) == 200)
        #expect(seen(size: 5, changedAt: 7, inode: 8) == 200)
    }

    @Test func idsGrowThoughTheClockGoesBack() throws {
        var ids = DeliveryIDGenerator(after: DeliveryID.test(5))
        var last = DeliveryID.test(5)
        for microseconds in [0, 5_000_000, 4_000_000, 4_000_000, 1_000_000_000_000_000, 7] as [Int64] {
            let id = try ids.next(at: Instant(microseconds: microseconds))
            #expect(id > last)
            last = id
        }
    }
}
