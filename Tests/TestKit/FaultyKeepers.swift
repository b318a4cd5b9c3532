import EventModel
import Foundation
import PluginKit
import Synchronization

/// A file with a line for each thing that a plugin remembers.
final class Notes: Sendable {
    let path: String
    private let lines: Mutex<[String]>

    init(_ path: String) {
        self.path = path
        // ignoring: there is none at first.
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        lines = Mutex(text.split(separator: "\n").map(String.init))
    }

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String, isKept: Bool = true) throws(PluginFailure) {
        let all = lines.withLock { lines in
            if !lines.contains(line) { lines.append(line) }
            return lines
        }
        if isKept { try Notes.write(all, path) }
    }

    private static func write(_ lines: [String], _ path: String) throws(PluginFailure) {
        do {
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw PluginFailure(.permanent, "\(path) cannot be written", cause: error)
        }
    }
}

/// A faulty plugin that keeps notes in its state directory.
protocol FaultyKeeper: FaultyPlugin {
    var notes: Notes { get }
}

extension FaultyKeeper {
    static var manifest: PluginManifest {
        PluginManifest(name: "faulty", summary: "Has a fault.", capabilities: [.stateDirectory])
    }

    static func notes(_ context: PluginContext) throws(PluginFailure) -> Notes {
        Notes(try context.stateDirectory() + "/notes")
    }
}

/// Remembers what it has answered in memory alone.
struct ForgetsAtAKill: FaultyKeeper {
    let notes: Notes

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { notes = try Self.notes(context) }

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        let content = "\(delivery.sha256)/\(item.number)"
        let known = notes.all.first { $0.hasPrefix("\(content) ") }
        if known == nil { try notes.add("\(content) \(delivery.id)", isKept: false) }
        if let known, !known.hasSuffix("\(delivery.id)") { return Answer(.absorb, reason: "this was dropped before") }
        return plain(item)
    }
}

/// Takes an update that is offered again for a second one.
struct RefusesAgain: FaultyKeeper {
    let notes: Notes

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { notes = try Self.notes(context) }

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        let update = "\(delivery.id)/\(item.number)"
        if notes.all.contains(update) { return Answer(.reject, reason: "this was offered before") }
        try notes.add(update)
        return plain(item)
    }
}

/// Takes an update that is offered again in another slice for a second one.
struct RefusesOtherSlices: FaultyKeeper {
    let notes: Notes

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { notes = try Self.notes(context) }

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        let update = "\(delivery.id)/\(item.number) of "
        let slice = "\(update)\(delivery.items.count)"
        if notes.all.contains(where: { $0.hasPrefix(update) && $0 != slice }) {
            return Answer(.reject, reason: "this came in another slice before")
        }
        try notes.add(slice)
        return plain(item)
    }
}

/// Lets a person decide about duplicates.
struct HoldsDuplicates: FaultyKeeper {
    let notes: Notes

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { notes = try Self.notes(context) }

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        let content = "\(delivery.sha256)/\(item.number)"
        let known = notes.all.first { $0.hasPrefix("\(content) ") }
        if known == nil { try notes.add("\(content) \(delivery.id)") }
        if let known, !known.hasSuffix("\(delivery.id)") { return Answer(.hold, reason: "this was dropped before") }
        return plain(item)
    }
}

/// Sends a message for each update, also for one that says what was sent before.
struct SendsTwice: FaultyKeeper {
    let notes: Notes

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) { notes = try Self.notes(context) }

    func process(_ item: DeliveryItem, of delivery: Delivery) async throws(PluginFailure) -> Answer {
        try notes.add("sent for \(delivery.id)/\(item.number)")
        return plain(item)
    }
}

/// Does not survive a second instance beside it.
struct WantsToBeAlone: FaultyKeeper {
    let notes: Notes
    private let lock: CInt

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {
        notes = try Self.notes(context)
        lock = open(notes.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw PluginFailure(.permanent, "another instance is at work; stop it")
        }
    }

    func drain() async throws(PluginFailure) { close(lock) }
}

/// Keeps its file open after drain.
struct LeavesOpen: FaultyKeeper {
    let notes: Notes

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {
        notes = try Self.notes(context)
        _ = open(notes.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    }
}

/// Opens a file, finds another one damaged, and leaves the first open.
struct LeavesOpenWhenItFails: FaultyKeeper {
    let notes: Notes
    private let log: CInt

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {
        notes = try Self.notes(context)
        log = open(notes.path + ".log", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if notes.all.isEmpty, FileManager.default.fileExists(atPath: notes.path) {
            throw PluginFailure(.permanent, "\(notes.path) is damaged; remove it")
        }
        do throws(PluginFailure) {
            try notes.add("begin")
        } catch {
            close(log)
            throw error
        }
    }

    func drain() async throws(PluginFailure) { close(log) }
}

/// Fails without a word.
struct FailsWithoutAMessage: FaultyKeeper {
    let notes: Notes

    init(settings: NoSettings, context: PluginContext) async throws(PluginFailure) {
        notes = try Self.notes(context)
        do throws(PluginFailure) { try notes.add("begin") } catch { throw PluginFailure(.permanent, "") }
    }
}
