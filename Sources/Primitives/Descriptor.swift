import Glibc

/// An open file or folder, closed when its owner lets go of it.
public struct Descriptor: ~Copyable, Sendable {
    /// The number.
    public let raw: CInt

    /// Takes over an open one.
    public init(_ raw: CInt) { self.raw = raw }

    deinit { close(raw) }

    /// Reads from the start to the end or to `limit` bytes, whichever comes first. A file of exactly the expected size
    /// takes one call.
    public borrowing func readAll(expecting size: Int, limit: Int) throws(Errno) -> [UInt8] {
        // One more than the limit tells that there is more.
        let most = limit < .max ? limit + 1 : limit
        let expected = min(max(0, size), most - 1)
        var capacity = expected + 1
        var bytes: [UInt8] = []
        while true {
            let missing = capacity - bytes.count
            let count = try readMore(into: &bytes, missing, at: bytes.count, expecting: expected)
            if count < missing || bytes.count > limit { break }
            capacity = min(capacity * 2, most)
        }
        return bytes
    }

    /// Reads up to that many bytes, fewer only at the end of the file.
    private borrowing func readMore(
        into bytes: inout [UInt8], _ count: Int, at offset: Int, expecting size: Int
    ) throws(Errno) -> Int {
        let raw = self.raw
        var failure: Errno?
        var total = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
            do throws(Errno) {
                while total < count {
                    let rest = buffer.baseAddress?.advanced(by: total)
                    let got = try SystemCall.run { pread(raw, rest, count - total, off_t(offset + total)) }
                    if got == 0 { break }
                    total += got
                    // Fewer bytes than were asked for: the end, or a read that was cut short.
                    if offset + total == size { break }
                }
            } catch {
                failure = error
            }
            initialised = total
        }
        if let failure { throw failure }
        if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        return total
    }

    /// Writes all bytes.
    public borrowing func writeAll(_ bytes: [UInt8]) throws(Errno) { try SystemCall.writeAll(bytes, to: raw) }
}
