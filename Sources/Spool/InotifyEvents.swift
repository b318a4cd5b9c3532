import Glibc

/// Which watch an event came from.
struct WatchNumbers: Sendable {
    var incoming: CInt = -1
    var requests: CInt = -1
    var root: CInt = -1
}

/// Turns the bytes of inotify(7) into hints. Pure.
struct HintCollector {
    let watches: WatchNumbers
    /// Names beyond that many become a scan.
    let capacity: Int
    private(set) var hints = Hints()
    private var places: [FileName: Int] = [:]

    init(watches: WatchNumbers, capacity: Int) {
        self.watches = watches
        self.capacity = capacity
    }

    var isFull: Bool { hints.names.count >= capacity }

    /// The waker was heard.
    mutating func noteWoken() { hints.isWoken = true }

    /// Reads whole events, as one read(2) gives them.
    mutating func collect(_ bytes: UnsafeRawBufferPointer) {
        let header = MemoryLayout<inotify_event>.size
        var offset = 0
        while offset + header <= bytes.count {
            let watch = bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)
            let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
            let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
            let nameStart = offset + header
            offset = nameStart + length
            guard offset <= bytes.count else { break }
            handle(watch, mask, UnsafeRawBufferPointer(rebasing: bytes[nameStart..<offset]))
        }
    }

    private mutating func handle(_ watch: Int32, _ mask: UInt32, _ padded: UnsafeRawBufferPointer) {
        if mask & UInt32(IN_Q_OVERFLOW) != 0 {
            hints.isScanNeeded = true
            // What happened to the folders and to requests/ may be among what was lost.
            hints.areFoldersInDoubt = true
            hints.areRequestsWaiting = true
            return
        }
        let gone = UInt32(IN_IGNORED | IN_UNMOUNT | IN_DELETE_SELF | IN_MOVE_SELF)
        if mask & gone != 0 {
            if watch == watches.incoming || watch == watches.requests || watch == watches.root {
                hints.areFoldersInDoubt = true
            }
            return
        }
        let name = padded.prefix { $0 != 0 }
        switch watch {
        case watches.incoming: noteName(name, mask)
        case watches.requests: hints.areRequestsWaiting = true
        case watches.root:
            if Folder.allCases.contains(where: { $0.rawValue.utf8.elementsEqual(name) }) {
                hints.areFoldersInDoubt = true
            }
        default: break
        }
    }

    private mutating func noteName(_ bytes: Slice<UnsafeRawBufferPointer>, _ mask: UInt32) {
        guard let name = FileName(bytes), !name.isTemporary else { return }
        let arrival: Arrival =
            if mask & UInt32(IN_MOVED_TO) != 0 { .renamed } else if mask & UInt32(IN_CLOSE_WRITE) != 0 { .closed } else
            {
                .found
            }
        if let place = places[name] {
            if arrival > hints.names[place].arrival { hints.names[place] = Hint(name: name, arrival: arrival) }
        } else if isFull {
            hints.isScanNeeded = true
        } else {
            places[name] = hints.names.count
            hints.names.append(Hint(name: name, arrival: arrival))
        }
    }
}
