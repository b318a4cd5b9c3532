import CPosix
public import EventModel

/// Which file was alone in work, and how often the process ended meanwhile: `active/.alone`. A file that ends the process
/// leaves the mark behind; it is not flushed, since no file causes a power cut.
extension SpoolDirectory {
    private static let aloneMark = FileName(trusted: Array(".alone".utf8))
    private static let digits = 10

    /// Notes that a file of active/ is about to be alone in work.
    ///
    /// - Returns: How often it was so before, without `forgetAlone` after it: ends of the process.
    public func noteAlone(_ id: DeliveryID) throws(SpoolError) -> Int {
        let place = place(.active, SpoolDirectory.aloneMark)
        let file = try Descriptor.open(.open, place) {
            tidings_open_or_create(self[.active], SpoolDirectory.aloneMark.cString, 0o600)
        }
        do throws(Errno) {
            let length = DeliveryID.length + 1 + SpoolDirectory.digits
            let words = String(decoding: try file.readAll(expecting: length, limit: length), as: UTF8.self)
                .split(separator: " ")
            let ends = words.first.map(String.init) == id.description ? words.last.flatMap { Int($0) } ?? 0 : 0
            let count = String(ends + 1)
            // Of one length, so that one write replaces another.
            let padded = String(repeating: "0", count: SpoolDirectory.digits - count.utf8.count) + count
            try file.writeAll(Array("\(id) \(padded)".utf8))
            return ends
        } catch {
            throw SpoolError(.write, place, error)
        }
    }

    /// Nothing is alone in work any more.
    public func forgetAlone() throws(SpoolError) { try remove(SpoolDirectory.aloneMark, in: .active) }
}
