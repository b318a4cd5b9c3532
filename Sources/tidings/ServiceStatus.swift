import Configuration
import CommandLineKit
import Archive
import EventFormats
import EventModel
import Glibc
import PluginKit
import Spool

/// How the service is: what waits where. What this user may not see is not known.
struct ServiceStatus {
    /// What a folder holds; nil where it may not be listed.
    private(set) var folders: [(folder: Folder, census: Census?)] = []
    private(set) var archived: Int?
    private(set) var events: Int?
    /// Whose updates a person has held back; nil where this user may not know.
    private(set) var suspensions: [Suspension]?
    /// The uids that a person has said to stand for other events; nil where this user may not know.
    private(set) var links: [EventLink]?
    /// What has still to be sent: none of the notifier's channels sends anything, they write calendars.
    let outbox: Int? = 0
    /// Whether a daemon works on the spool.
    let isRunning: Bool?
    /// Why the daemon takes no files though it runs: the disk has less than `min_free_bytes` left.
    let shortage: String?
    /// Why something is not known, by its name.
    private(set) var notes: [String: String] = [:]
    let now: Instant

    init(_ service: Service, now: Instant) {
        self.now = now
        isRunning = DaemonLock.isHeld(spool: service.spool)
        shortage = ServiceStatus.shortage(service)
        let view = SpoolView(path: service.spool)
        for folder in Folder.waiting {
            do throws(SpoolError) {
                folders.append((folder, try view.census(folder, now: now)))
            } catch {
                folders.append((folder, nil))
                notes[folder.rawValue] = error.note
            }
        }
        do throws(Failure) {
            let archive = try Archive(service)
            let counts = try archive.counts()
            suspensions = try archive.suspensions()
            links = try archive.eventLinks()
            archived = counts.deliveries
            events = counts.events
        } catch {
            notes["archived"] = error.message
            notes["events"] = error.message
        }
    }

    private static func shortage(_ service: Service) -> String? {
        let least = service.configuration.spool.minFreeBytes
        // ignoring: a spool that is missing is told of as such
        guard let free = try? FreeSpace.at(service.spool), free.bytes < UInt64(least.bytes) else { return nil }
        return "less than \(least) of the disk is free (min_free_bytes), so that no file is taken; free some"
    }

    /// The numbers in the order of the report.
    var numbers: [(name: String, count: Int?)] {
        folders.map { ($0.folder.rawValue, $0.census?.files) }
            + [("archived", archived), ("events", events), ("outbox", outbox)]
    }

    func count(_ folder: Folder) -> Int? { folders.first { $0.folder == folder }?.census?.files }

    /// Whether the folders are there, and this user may look into none of them.
    var isHidden: Bool { folders.allSatisfy { $0.census == nil } && !isSpoolMissing }

    /// Whether none of the folders is there.
    var isSpoolMissing: Bool {
        folders.allSatisfy { $0.census == nil && notes[$0.folder.rawValue]?.hasSuffix("is missing") ?? false }
    }

    /// How long the oldest file of the intake has been waiting.
    var longestWait: Duration {
        let oldest = folders.filter { $0.folder == .incoming || $0.folder == .active }.compactMap(\.census?.oldest)
            .min()
        return oldest.map { max(.zero, now.since($0)) } ?? .zero
    }
}

/// Whether a daemon works on a spool: it holds a lock on `active/.lock` as long as it lives.
enum DaemonLock {
    /// Nil where this user may not know. The lock is only looked up, so that a daemon that starts now is not disturbed.
    static func isHeld(spool: String) -> Bool? {
        var status = stat()
        guard stat("\(spool)/active/.lock", &status) == 0 else {
            return errno == ENOENT ? access("\(spool)/active", X_OK) == 0 ? false : nil : nil
        }
        // ignoring: without /proc it is not known
        guard let locks = try? InputFile("/proc/locks", limit: .mebibytes(16)) else { return nil }
        return String(decoding: locks.bytes, as: UTF8.self).split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            return words.contains("FLOCK") && words.contains { $0.hasSuffix(":\(status.st_ino)") }
        }
    }
}
