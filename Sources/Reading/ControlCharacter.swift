/// Characters that no text may hold.
package enum ControlCharacter {
    /// Whether it is one: all but tab and line ends. Joiners and direction marks are text.
    @inlinable
    package static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85: false
        case 0...0x1F, 0x7F...0x9F: true
        default: false
        }
    }

    /// What is said of one; `others` are those that stand beside it.
    package static func message(_ scalar: Unicode.Scalar, others: Int = 0) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        let more = others > 0 ? " (and \(others) more)" : ""
        return scalar.value == 0
            ? "the text holds the character NUL (U+0000)\(more), which only damaged text does; remove it and send the file anew"
            : "the text holds the control character \(name)\(more), which is dropped; remove it"
    }
}
