import Primitives
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4, the examples of SHA-256.
    @Test func digestsAreThoseOfTheStandard() throws {
        #expect(
            SHA256.hex(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            try SHA256().hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    /// RFC 4231, test case 2.
    @Test func keyedDigestsAreThoseOfTheStandard() throws {
        let digest = try keyedDigest(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(
            Hexadecimal.text(digest) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func hexadecimalDigitsAreReadBack() {
        #expect(Hexadecimal.bytes("00ff7a") == [0, 255, 122])
        for wrong in ["0", "0g", "FF", "é0"] { #expect(Hexadecimal.bytes(wrong) == nil) }
    }
}
