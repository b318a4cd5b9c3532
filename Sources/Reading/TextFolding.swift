/// Makes words comparable: lower case, Latin letters without their marks, typographic apostrophes as `'`. Used for
/// matching only; what is published keeps the source's own letters.
package enum TextFolding {
    // Base letters of U+00C0…U+024F and of U+1E00…U+1EFF; `?` stands for letters without one.
    private static let latin: StaticString = """
        aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?yaaaaaaccccccccddddeeeeeeeeeegggg\
        gggghhhhiiiiiiiiii??jjkkkllllll??llnnnnnn?nnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz?\
        ???????????????e????????????????oo?????????????uu????????????????????????????aaiioouuuuuuuuuu?aa\
        aa????ggkkoooo??j???gg??nnaa??ooaaaaeeeeiiiioooorrrruuuusstt??hh??????aaeeooooooooyy????????????\
        ????????????????
        """
    private static let latinAdditional: StaticString = """
        aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr\
        ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy??????aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
        eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????
        """

    /// Appends the folded form of a scalar as UTF-8: nothing for a combining mark, a joiner or a soft hyphen.
    package static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        let value = scalar.value
        switch value {
        case 0x41...0x5A: output.append(UInt8(value) | 0x20)
        case 0..<0x80: output.append(UInt8(value))
        case 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07: output.append(0x27)
        case 0xAD, 0x2B0...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200B...0x200F, 0x202A...0x202E,
            0x2060...0x2069, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF:
            return
        case 0xC6, 0xE6: output += [0x61, 0x65]
        case 0x152, 0x153: output += [0x6F, 0x65]
        case 0xDE, 0xFE: output += [0x74, 0x68]
        case 0xDF, 0x1E9E: output += [0x73, 0x73]
        case 0xC0...0x24F where latin.utf8Start[Int(value - 0xC0)] != 0x3F:
            output.append(latin.utf8Start[Int(value - 0xC0)])
        case 0x1E00...0x1EFF where latinAdditional.utf8Start[Int(value - 0x1E00)] != 0x3F:
            output.append(latinAdditional.utf8Start[Int(value - 0x1E00)])
        default: output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        }
    }

    /// The folded form of a text.
    @inlinable
    package static func fold(_ text: some StringProtocol) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { append(scalar, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The words of a text, folded and joined by one separator: `Washington, D.C.` to `washington d c`.
    @inlinable
    package static func key(_ text: some StringProtocol, separator: UInt8 = 0x20) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        var gap = false
        for scalar in text.unicodeScalars {
            let before = output.count
            if isWordScalar(scalar) {
                if gap, before > 0 { output.append(separator) }
                append(scalar, to: &output)
                gap = false
            } else if !isIgnorable(scalar) {
                gap = true
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether a scalar is a letter, a digit or a mark on one.
    package static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x80 {
            return (0x61...0x7A).contains(value | 0x20) || (0x30...0x39).contains(value)
        }
        let properties = scalar.properties
        return properties.isAlphabetic || properties.canonicalCombiningClass != .notReordered
            || properties.numericType == .decimal
    }

    /// Whether a scalar is a joiner, a direction mark or a soft hyphen: part of the text, and no gap between words.
    @inlinable
    package static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }
}
