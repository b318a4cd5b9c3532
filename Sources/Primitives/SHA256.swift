import CCrypto

/// SHA-256 by libcrypto, the algorithm looked up once. Any thread may use it.
public struct SHA256: Sendable {
    // Invariant: an EVP_MD is immutable after it was fetched and may be used by all threads (EVP_MD_fetch(3)); it is
    // kept as an address and freed with the one owner.
    private final class Algorithm: Sendable {
        let address: UInt
        init(_ pointer: OpaquePointer) { address = UInt(bitPattern: pointer) }
        deinit { EVP_MD_free(OpaquePointer(bitPattern: address)) }
    }

    /// The library gives no SHA-256: no memory, or a configuration that forbids it.
    public struct Unavailable: Error, CustomStringConvertible {
        /// What to do.
        public var description: String { "libcrypto gives no SHA-256; check /etc/ssl/openssl.cnf" }
    }

    private let algorithm: Algorithm

    /// Looks the algorithm up.
    public init() throws(Unavailable) {
        guard let pointer = EVP_MD_fetch(nil, "SHA256", nil) else { throw Unavailable() }
        algorithm = Algorithm(pointer)
    }

    /// The 32 bytes of a digest.
    public func digest(_ bytes: [UInt8]) throws(Unavailable) -> [UInt8] {
        var isDone = false
        let digest = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            isDone =
                EVP_Digest(
                    bytes, bytes.count, buffer.baseAddress, nil, OpaquePointer(bitPattern: algorithm.address), nil) == 1
            count = isDone ? 32 : 0
        }
        guard isDone else { throw Unavailable() }
        return digest
    }

    /// A digest as 64 lower-case hexadecimal digits; nil if libcrypto runs out of memory.
    public func hex(_ bytes: [UInt8]) -> String? {
        do throws(Unavailable) {
            return Hexadecimal.text(try digest(bytes))
        } catch {
            return nil
        }
    }

    /// One digest as hexadecimal digits, for a command that has nothing to do without it.
    public static func hex(of bytes: [UInt8]) -> String {
        do throws(Unavailable) {
            return Hexadecimal.text(try SHA256().digest(bytes))
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

/// HMAC-SHA-256 (RFC 2104) of a message.
public func keyedDigest(_ message: [UInt8], key: [UInt8]) throws(SHA256.Unavailable) -> [UInt8] {
    var isDone = false
    let digest = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
        var length: UInt32 = 0
        let result = HMAC(
            EVP_sha256(), key, Int32(key.count), message, message.count, buffer.baseAddress, &length)
        isDone = result != nil
        count = isDone ? Int(length) : 0
    }
    guard isDone else { throw SHA256.Unavailable() }
    return digest
}

/// Bytes that nobody can guess; nil where libcrypto has none.
public func randomBytes(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return RAND_bytes(&bytes, Int32(count)) == 1 ? bytes : nil
}
