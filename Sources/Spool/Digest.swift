import CCrypto

/// SHA-256 by libcrypto, the algorithm looked up once.
public struct SHA256: Sendable {
    // Invariant: an EVP_MD is immutable after it was fetched and may be used by all threads (EVP_MD_fetch(3)); it is
    // kept as an address and freed with the one owner.
    private final class Algorithm: Sendable {
        let address: UInt
        init(_ pointer: OpaquePointer) { address = UInt(bitPattern: pointer) }
        deinit { EVP_MD_free(OpaquePointer(bitPattern: address)) }
    }

    private let algorithm: Algorithm

    /// Looks the algorithm up; `path` is what a failure names.
    public init(_ path: String) throws(SpoolError) {
        guard let pointer = EVP_MD_fetch(nil, "SHA256", nil) else {
            throw SpoolError(
                .check, path, nil,
                remedy: "libcrypto offers no SHA-256: look at the OpenSSL configuration (openssl.cnf)")
        }
        algorithm = Algorithm(pointer)
    }

    /// 64 lower-case hexadecimal digits; nil if libcrypto runs out of memory.
    public func hex(_ bytes: [UInt8]) -> String? {
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let done = withUnsafeMutableBytes(of: &digest) { out in
            bytes.withUnsafeBytes { input in
                EVP_Digest(
                    input.baseAddress, input.count, out.bindMemory(to: UInt8.self).baseAddress, nil,
                    OpaquePointer(bitPattern: algorithm.address), nil)
            }
        }
        guard done == 1 else { return nil }
        return withUnsafeBytes(of: digest) { digest in
            String(unsafeUninitializedCapacity: digest.count * 2) { text in
                for (index, byte) in digest.enumerated() {
                    text[index * 2] = SHA256.digit(byte >> 4)
                    text[index * 2 + 1] = SHA256.digit(byte & 15)
                }
                return digest.count * 2
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
