import Glibc
import Synchronization

public import EventModel

/// The distances from UTC that a clock reading can have in a zone.
public enum ZoneOffsets: Hashable, Sendable {
    /// The usual case.
    case one(UTCOffset)
    /// The clocks skip this reading: it never happens.
    case gap
    /// The clocks show it twice: first with the first offset, then with the second.
    case overlap(UTCOffset, UTCOffset)
}

/// The time zones of the system (the IANA database in `/usr/share/zoneinfo`), so that the administrator's tzdata updates
/// count. Each file is read at its first use and kept; every function may be called from any thread.
public final class ZoneDatabase: Sendable {
    /// The zones of this machine.
    public static let system = ZoneDatabase(directory: "/usr/share/zoneinfo")

    private let directory: String
    private let known = Mutex(Known())

    private struct Known {
        var zones: [String: ZoneFile] = [:]
        /// The files of the directory, listed when a name is asked for that has none: a calendar may ask for thousands.
        var files: Set<String>?
    }

    /// The largest zone file that is read, in bytes. Those of 2025 have at most 3.5 KB.
    private static let fileBytesMax = 65_536

    /// Reads zones from a directory laid out as `/usr/share/zoneinfo`. A missing directory knows no zones.
    public init(directory: String) { self.directory = directory }

    /// Whether this is a name of the IANA database, in its own spelling: `Europe/Zurich`, `Etc/UTC`, `EST5EDT`; not
    /// `GMT+1`, `Z`, `europe/zurich`, nor the files beside the zones (`posix/…`, `localtime`).
    public func isKnown(_ name: String) -> Bool { zone(name) != nil }

    /// The offsets that a clock reading has in a zone; nil where the zone is not known.
    public func offsets(of local: LocalDateTime, in zone: String) -> ZoneOffsets? {
        guard let zone = self.zone(zone) else { return nil }
        return ZoneDatabase.offsets(of: local.secondsSinceEpoch, in: zone)
    }

    /// The offset in force at a point in time; nil where the zone is not known.
    public func utcOffset(at instant: Instant, in zone: String) -> UTCOffset? {
        guard let zone = self.zone(zone) else { return nil }
        return UTCOffset(seconds: zone.type(at: instant.seconds).offset)
    }

    /// The point in time of a clock reading, as RFC 5545 §3.3.5 has it: of two, the first; in a gap, by the offset before
    /// it. Nil where the zone is not known.
    public func instant(of local: LocalDateTime, in zone: String) -> Instant? {
        guard let file = self.zone(zone) else { return nil }
        let seconds = local.secondsSinceEpoch
        switch ZoneDatabase.offsets(of: seconds, in: file) {
        case .one(let offset), .overlap(let offset, _): return Instant(local, offset: offset)
        case .gap:
            return Instant(microseconds: Int64(seconds - file.type(at: seconds - 86_400).offset) * 1_000_000)
        }
    }

    /// Forgets what has been read, so that the files are read anew: for a service that lives through a tzdata update.
    public func reload() { known.withLock { $0 = Known() } }

    /// A zone's file; nil where there is none of that name.
    func zone(_ name: String) -> ZoneFile? {
        let (zone, isListed) = known.withLock { known in
            guard let files = known.files else { return (known.zones[name], nil as Bool?) }
            let isListed = files.contains(name)
            return (isListed ? known.zones[name] : nil, isListed)
        }
        if let zone { return zone }
        guard isListed != false, ZoneDatabase.isPlausible(name) else { return nil }
        guard let zone = read(name).flatMap({ ZoneFile($0) }) else {
            if isListed == nil {
                let listed = self.files(under: "", levels: ZoneDatabase.levels)
                known.withLock { $0.files = listed }
            }
            return nil
        }
        known.withLock { $0.zones[name] = zone }
        return zone
    }

    /// How deep folders are: `America/Argentina/Buenos_Aires`.
    private static let levels = 3

    private func files(under folder: String, levels: Int) -> Set<String> {
        guard levels > 0, let stream = opendir("\(directory)/\(folder)") else { return [] }
        defer { closedir(stream) }
        var found: Set<String> = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard !name.hasPrefix("."), !["posix", "right"].contains(name) else { continue }
            found.insert(folder + name)
            found.formUnion(files(under: "\(folder)\(name)/", levels: levels - 1))
        }
        return found
    }

    private static func offsets(of seconds: Int, in zone: ZoneFile) -> ZoneOffsets {
        var found: [Int] = []
        for probe in [seconds - 86_400, seconds, seconds + 86_400] {
            let offset = zone.type(at: probe).offset
            if !found.contains(offset), zone.type(at: seconds - offset).offset == offset { found.append(offset) }
        }
        found.sort(by: >)
        guard let first = found.first.flatMap({ UTCOffset(seconds: $0) }) else { return .gap }
        guard found.count > 1, let last = found.last.flatMap({ UTCOffset(seconds: $0) }) else { return .one(first) }
        return .overlap(first, last)
    }

    /// Keeps paths inside the directory, and out of what lies in it beside the zones of the database.
    private static func isPlausible(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count), name.utf8.first != 0x2F, name.utf8.last != 0x2F else { return false }
        let isSpelt = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2B, 0x2D, 0x2F, 0x5F: true
            default: false
            }
        }
        guard isSpelt else { return false }
        for prefix in ["posix/", "right/"] where name.utf8.starts(with: prefix.utf8) { return false }
        return !["localtime", "posixrules", "Factory"].contains(name)
    }

    private func read(_ name: String) -> [UInt8]? {
        let descriptor = open("\(directory)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= ZoneDatabase.fileBytesMax
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer -> Int in
                guard let base = buffer.baseAddress else { return 0 }
                return Glibc.read(descriptor, base + filled, buffer.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            filled += count
        }
        return bytes
    }
}
