import EventModel
import PluginKit

@testable import Spool

/// A file of the simulated disk.
struct SimulatedFile {
    let inode: UInt64
    /// Which drop it is: the number of its content, whatever its name.
    var drop: Int
    let owner: UInt32
    var size: Int64
    /// Nanoseconds since the epoch.
    var changedAt: Int64
    var kind = FileKind.regular
    var isBeingWritten = false
    /// How many events it tells of.
    var events = 1

    var status: FileStatus {
        FileStatus(
            identity: FileIdentity(device: 1, inode: inode), kind: kind, links: 1, owner: owner, group: owner,
            mode: 0o640, size: size, changedAt: changedAt, modifiedAt: changedAt)
    }

    /// What a reader finds in it: events whose identifiers name the drop and the place in it, from 1.
    var bytes: [UInt8] {
        let list = (1...events).map { #"{"@type":"Event","identifier":"\#(drop)-\#($0)"}"# }
        return Array("[\(list.joined(separator: ","))]".utf8)
    }
}

/// The folders of a simulated spool, and what a power cut may take back of them.
struct SimulatedDisk {
    struct Stored {
        let name: FileName
        var file: SimulatedFile
    }

    struct Report {
        let bytes: [UInt8]
        let until: Instant?
    }

    /// A change of a folder that is not flushed.
    enum Unflushed {
        case claimed(FileName, DeliveryID)
        case removed(DeliveryID, Stored)
    }

    var incoming: [FileName: SimulatedFile] = [:]
    var folders: [Folder: [DeliveryID: Stored]] = [:]
    var reports: [Folder: [DeliveryID: Report]] = [:]
    var unflushed: [Unflushed] = []
    var alone: [UInt8] = []
    var unanswered: [(folder: Folder, id: DeliveryID)] = []
    /// The deliveries that each drop became, and what their senders were told.
    var deliveries: [Int: [DeliveryID]] = [:]
    var answers: [DeliveryID: [SimulatedAnswer]] = [:]

    subscript(folder: Folder) -> [DeliveryID: Stored] {
        get { folders[folder] ?? [:] }
        set { folders[folder] = newValue }
    }

    func ids(in folder: Folder) -> [DeliveryID] { self[folder].keys.sorted() }

    /// Takes back the last changes that were not flushed, in the order of the journal of a filesystem.
    mutating func cutPower(_ random: inout SimulatedRandom) -> Int {
        let lost = unflushed.isEmpty ? 0 : random.int(0...unflushed.count)
        for change in unflushed.suffix(lost).reversed() {
            switch change {
            case .claimed(let name, let id):
                guard incoming[name] == nil, let stored = folders[.active]?.removeValue(forKey: id) else { continue }
                incoming[name] = stored.file
            case .removed(let id, let stored): folders[.active, default: [:]][id] = stored
            }
        }
        unflushed = []
        alone = []
        unanswered = []
        return lost
    }

    /// What the start of a daemon does: what was moved and not told of comes back.
    mutating func recallUnanswered() {
        for (folder, id) in unanswered {
            guard let stored = folders[folder]?.removeValue(forKey: id) else { continue }
            folders[.active, default: [:]][id] = stored
        }
        unanswered = []
    }
}

/// Small, repeatable random numbers (splitmix64).
struct SimulatedRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// True so many times in a hundred.
    mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

    mutating func milliseconds(_ range: ClosedRange<Int>) -> Duration { .milliseconds(int(range)) }
}
