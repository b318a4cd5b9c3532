import CPosix
import EventModel
import Foundation
import Testing

@testable import Spool

/// A private spool in a folder of its own, removed with it.
final class Scratch: Sendable {
    let path: String
    let spool: SpoolDirectory

    init(usesLeases: Bool = true) throws {
        path = NSTemporaryDirectory() + "spool-\(UUID().uuidString)"
        spool = try SpoolDirectory.open(path, create: true, usesLeases: usesLeases)
    }

    /// Lets every user into the root and these folders.
    func letEverybody(into folders: [Folder]) {
        for path in [path] + folders.map({ "\(path)/\($0.rawValue)" }) { chmod(path, 0o777) }
    }

    /// Takes in what was dropped a minute ago.
    func laterIntake(_ settings: IntakeSettings = IntakeSettings()) -> Intake {
        let later = HeldClock(realtime: SpoolClock.system.realtime() + Duration.seconds(60).nanoseconds)
        return Intake(spool, settings: settings, after: nil, clock: later.clock)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func drop(_ name: String, _ text: String = "hello") throws {
        try write("incoming/\(name)", text)
    }

    /// Writes a file, and waits until nobody has it open to write: what was open when another test forked, its child has
    /// until its exec, and would be taken for the file's writer.
    func write(_ place: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(place)"))
        let file = open("\(path)/\(place)", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        while tidings_has_writer(file) == 1 { sched_yield() }
    }

    func names(_ folder: Folder) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder.rawValue)")) ?? []
        return all.filter { $0 != ".lock" }.sorted()
    }

    func text(_ place: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(place)").map { String(decoding: $0, as: UTF8.self) }
    }

    func claim(
        _ name: String, _ arrival: Arrival = .found, as id: DeliveryID = .test(1), limit: Int = 1 << 20,
        hooks: ClaimHooks = .none, isStill: Bool = true
    ) throws -> ClaimResult {
        try spool.claim(
            try #require(FileName(name)), arrival, as: id, limit: limit, hooks: hooks, isStill: { _ in isStill })
    }

    func claimed(_ name: String, as id: DeliveryID = .test(1)) throws -> ClaimedFile {
        guard case .claimed(let file) = try claim(name, .renamed, as: id) else { throw NotClaimed(name: name) }
        return file
    }

    struct NotClaimed: Error { let name: String }
}

extension DeliveryID {
    static func test(_ number: UInt64) -> DeliveryID { DeliveryID(high: 0x0190_0000_0000_0000, low: number) }
}

/// Clocks that stand still until the test moves them.
final class HeldClock: @unchecked Sendable {
    // Invariant: a test moves and reads the clocks on one thread.
    var realtime: Int64
    var monotonic: Int64 = 1_000_000_000_000

    init(realtime: Int64 = SpoolClock.system.realtime()) { self.realtime = realtime }

    func advance(_ duration: Duration) {
        realtime += duration.nanoseconds
        monotonic += duration.nanoseconds
    }

    var clock: SpoolClock { SpoolClock(realtime: { self.realtime }, monotonic: { self.monotonic }) }
}

/// Acts as another user for access to files on this thread only, as far as root may.
func asUser<Result>(_ user: UInt32, group: UInt32? = nil, _ body: () throws -> Result) throws -> Result {
    typealias Change = @convention(c) (UInt32) -> Int32
    let setUser = unsafeBitCast(try #require(dlsym(nil, "setfsuid")), to: Change.self)
    let setGroup = unsafeBitCast(try #require(dlsym(nil, "setfsgid")), to: Change.self)
    let groupBefore = setGroup(group ?? user)
    let userBefore = setUser(user)
    defer {
        _ = setUser(UInt32(bitPattern: userBefore))
        _ = setGroup(UInt32(bitPattern: groupBefore))
    }
    return try body()
}

/// Tests that need several users, and so root, skip with this.
let needsRoot = Comment(rawValue: "acting as several users needs root")
var isRoot: Bool { geteuid() == 0 }
