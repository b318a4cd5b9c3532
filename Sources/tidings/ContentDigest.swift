import CCrypto

/// What files are known by, whatever they are called.
enum ContentDigest {
    /// SHA-256 as 64 lower-case hexadecimal digits.
    static func sha256(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let done = bytes.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &digest, nil, EVP_sha256(), nil) }
        precondition(done == 1, "libcrypto has no memory for a digest")
        return String(
            decoding: digest.flatMap { byte in
                [byte >> 4, byte & 15].map { $0 < 10 ? UInt8(ascii: "0") + $0 : UInt8(ascii: "a") + $0 - 10 }
            }, as: UTF8.self)
    }
}
