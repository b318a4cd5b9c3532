import CPosix
public import EventModel
import Glibc

/// Which files may harm others: the one that is alone in work, those that were at ends of the process, and at how many,
/// and those that are set aside. `active/.alone` has a line `ID COUNT` for each. It is not flushed: it outlives the process that a file ends, and no file causes a power cut.
extension SpoolDirectory {
    private static let aloneMark = FileName(trusted: Array(".alone".utf8))

    /// Notes that a file of active/ is about to be alone in work.
    ///
    /// - Parameter done: One that was alone before and did not end the process: nothing is held against it.
    /// - Returns: At how many ends of the process the file was alone in work.
    public func noteAlone(_ id: DeliveryID, after done: DeliveryID?) throws(SpoolError) -> Int {
        var mark = try readAloneMark()
        if let done { mark.remove(done) }
        let ends = mark.count(id)
        try write(mark)
        return ends
    }

    /// Notes files of active/ as set aside: they wait until others are through, after an end of the process too.
    ///
    /// - Parameter untried: The one of them that was alone in work until now: that counts for nothing.
    public func noteAside(_ ids: [DeliveryID], untried: DeliveryID?) throws(SpoolError) {
        var mark = try readAloneMark()
        if let untried { mark.takeBack(untried) }
        for id in ids { mark.suspect(id) }
        try write(mark)
    }

    /// At how many ends of the process a file was alone in work; nil where nothing is held against it.
    public func endsAlone(_ id: DeliveryID) throws(SpoolError) -> Int? { try readAloneMark().ends(of: id) }

    /// Nothing is alone in work any more. Of files that are in active/ still, which had ended the process too often to be
    /// worked on, it stays known.
    public func forgetAlone(after done: DeliveryID?) throws(SpoolError) {
        var mark = try readAloneMark()
        if let done { mark.remove(done) }
        for id in mark.ids where try find(id, in: .active) == nil { mark.remove(id) }
        if mark.ids.isEmpty { try remove(SpoolDirectory.aloneMark, in: .active) } else { try write(mark) }
    }

    private func readAloneMark() throws(SpoolError) -> AloneMark {
        do throws(Errno) {
            let file = Descriptor(
                try SystemCall.run { tidings_open_dropped(self[.active], SpoolDirectory.aloneMark.cString) })
            return AloneMark(try file.readAll(expecting: 256, limit: SpoolDirectory.largestReport))
        } catch {
            if error == .notFound { return AloneMark([]) }
            throw SpoolError(.read, place(.active, SpoolDirectory.aloneMark), error)
        }
    }

    private func write(_ mark: AloneMark) throws(SpoolError) {
        let place = place(.active, SpoolDirectory.aloneMark)
        let file = try Descriptor.open(.open, place) {
            tidings_open_or_create(self[.active], SpoolDirectory.aloneMark.cString, 0o600)
        }
        let (raw, bytes) = (file.raw, mark.bytes)
        do throws(Errno) {
            try file.writeAll(bytes)
            _ = try SystemCall.run { ftruncate(raw, off_t(bytes.count)) }
        } catch {
            throw SpoolError(.write, place, error)
        }
    }
}

/// What the mark says.
struct AloneMark {
    private var entries: [(id: DeliveryID, count: Int)] = []

    /// Reads a mark. Of two lines about one file the first counts: an end may have left the rest of an older text.
    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 2, let id = DeliveryID(words[0]), let count = Int(words[1]),
                !entries.contains(where: { $0.id == id })
            else { continue }
            entries.append((id, count))
        }
    }

    var ids: [DeliveryID] { entries.map(\.id) }

    func ends(of id: DeliveryID) -> Int? { entries.first { $0.id == id }?.count }

    mutating func suspect(_ id: DeliveryID) {
        if ends(of: id) == nil { entries.append((id, 0)) }
    }

    mutating func remove(_ id: DeliveryID) { entries.removeAll { $0.id == id } }

    /// Takes back what was counted last for a file.
    mutating func takeBack(_ id: DeliveryID) {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return }
        entries[index].count = max(0, entries[index].count - 1)
    }

    /// Counts one more for a file, which comes first from now on; gives how many there were.
    mutating func count(_ id: DeliveryID) -> Int {
        let before = ends(of: id) ?? 0
        remove(id)
        entries.insert((id, before + 1), at: 0)
        return before
    }

    var bytes: [UInt8] { Array(entries.map { "\($0.id) \($0.count)\n" }.joined().utf8) }
}
