import CZstd

/// Packs bytes with Zstandard where that pays: a packed form is always shorter than the bytes, so that a form of the same
/// length is the bytes themselves.
final class Packing {
    private let compressor: OpaquePointer
    private let decompressor: OpaquePointer

    /// Below this length nothing is tried.
    private static let least = 160
    /// The longest that is unpacked; a damaged length is no reason to ask for more memory than there is.
    private static let limit = 1 << 30

    /// What was packed cannot be unpacked.
    struct Damage: Error {}

    /// Takes the memory that packing needs; nil where there is none.
    init?() {
        guard let compressor = ZSTD_createCCtx() else { return nil }
        guard let decompressor = ZSTD_createDCtx() else {
            ZSTD_freeCCtx(compressor)
            return nil
        }
        self.compressor = compressor
        self.decompressor = decompressor
    }

    deinit {
        ZSTD_freeCCtx(compressor)
        ZSTD_freeDCtx(decompressor)
    }

    /// The shorter of the bytes and their packed form. What saves less than an eighth stays as it is.
    func pack(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= Packing.least else { return bytes }
        let room = bytes.count - bytes.count / 8
        let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            let size = ZSTD_compressCCtx(compressor, buffer.baseAddress, room, bytes, bytes.count, 1)
            count = ZSTD_isError(size) == 0 ? size : 0
        }
        return packed.isEmpty ? bytes : packed
    }

    /// The bytes of a packed form; `count` is their length.
    func unpack(_ form: UnsafeRawBufferPointer, count: Int) throws(Damage) -> [UInt8] {
        if form.count == count { return Array(form) }
        guard (1...Packing.limit).contains(count), form.count < count else { throw Damage() }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            let size = ZSTD_decompressDCtx(decompressor, buffer.baseAddress, count, form.baseAddress, form.count)
            if ZSTD_isError(size) == 0, size == count { filled = count }
        }
        guard bytes.count == count else { throw Damage() }
        return bytes
    }
}
