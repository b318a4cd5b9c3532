import CCrypto
import Store

/// SHA-256 through libcrypto, with one context that is used again and again.
public final class ContentHasher {
    private let algorithm: OpaquePointer
    private let context: OpaquePointer

    /// The library gave no SHA-256: no memory, or a configuration that forbids it.
    public struct Unavailable: Error, CustomStringConvertible {
        /// What to do.
        public var description: String { "libcrypto gives no SHA-256; check /etc/ssl/openssl.cnf" }
    }

    /// Fetches the algorithm.
    public init() throws(Unavailable) {
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
    public func hash(_ bytes: [UInt8]) throws(Unavailable) -> [UInt8] {
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

extension ContentHasher {
    /// The digest, where a trouble is one of the archive at that path.
    func hash(_ bytes: [UInt8], for path: String) throws(StoreError) -> [UInt8] {
        do throws(Unavailable) {
            return try hash(bytes)
        } catch {
            throw StoreError(.sqlite(code: 7, extended: 7), message: "\(error)", path: path)
        }
    }
}

/// Bytes as hexadecimal digits, and back.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Nil for anything but an even number of lower-case digits.
    static func bytes(_ text: String) -> [UInt8]? {
        let values = text.utf8.compactMap { digits.firstIndex(of: $0).map(UInt8.init) }
        guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
