import CCrypto

/// SHA-256 through libcrypto, with one context that is used again and again.
final class ContentHasher {
    private let algorithm: OpaquePointer
    private let context: OpaquePointer

    /// The library gave no SHA-256: no memory, or a configuration that forbids it.
    struct Unavailable: Error, CustomStringConvertible {
        var description: String { "libcrypto gives no SHA-256; check /etc/ssl/openssl.cnf" }
    }

    init() throws(Unavailable) {
        guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else { throw Unavailable() }
        guard let context = EVP_MD_CTX_new() else {
            EVP_MD_free(algorithm)
            throw Unavailable()
        }
        self.algorithm = algorithm
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(algorithm)
    }

    /// The 32 bytes of the digest.
    func hash(_ bytes: [UInt8]) throws(Unavailable) -> [UInt8] {
        var isDone = false
        let digest = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            isDone =
                EVP_DigestInit_ex2(context, algorithm, nil) == 1
                && EVP_DigestUpdate(context, bytes, bytes.count) == 1
                && EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1
            count = isDone ? 32 : 0
        }
        guard isDone else { throw Unavailable() }
        return digest
    }
}
