import CPosix
public import EventModel
import Glibc
import Primitives

/// Which files may harm others: the one that is alone in work, those that were at ends of the process, and those that are
/// set aside. `active/.alone` has a line for each. It is not flushed: it outlives the process that a file ends, and no file
/// causes a power cut.
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
    public func noteAside(
        _ files: [DeliveryID: Set<UInt64>], untried: DeliveryID?
    ) throws(SpoolError) {
        var mark = try readAloneMark()
        if let untried { mark.takeBack(untried) }
        for (id, events) in files {
            mark.suspect(id)
            mark.note(events, of: id)
        }
        try write(mark)
    }

    /// Notes which events a file that is noted speaks of, so that others that do so too can be kept behind it.
    public func noteEvents(_ events: Set<UInt64>, of id: DeliveryID) throws(SpoolError) {
        var mark = try readAloneMark()
        mark.note(events, of: id)
        try write(mark)
    }

    /// What is held against a file; nil for nothing.
    public func suspicion(of id: DeliveryID) throws(SpoolError) -> Suspicion? { try readAloneMark()[id] }

    /// Nothing is alone in work any more. Of files that are in active/ still, which had ended the process too often to be
    /// worked on, it stays known.
    public func forgetAlone(after done: DeliveryID?) throws(SpoolError) {
        var mark = try readAloneMark()
        if let done { mark.remove(done) }
        if !mark.ids.isEmpty {
            let left = Set(try list(.active, limit: .max).files.map(\.id))
            for id in mark.ids where !left.contains(id) { mark.remove(id) }
        }
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
