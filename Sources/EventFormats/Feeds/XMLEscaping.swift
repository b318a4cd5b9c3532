/// Where a text is put decides which of its bytes would be read as something else there.
enum MarkupContext {
    case htmlText, htmlAttribute, xmlText, xmlAttribute
}

/// Appends a text so that it stays text in its context. Control characters that no reader shows (C0 but tab and line
/// ends, DEL, C1) and the noncharacters U+FFFE and U+FFFF, which XML 1.0 §2.2 forbids, are left out, and so are controls
/// that embed, override or isolate a direction: one that is not closed would turn around what follows. Joiners and
/// direction marks are text and stay.
func appendEscaped(_ text: String, as context: MarkupContext, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { utf8 in
        var clean = 0
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            guard isSuspect(byte) else {
                index += 1
                continue
            }
            let (length, replacement) = escape(utf8, at: index, as: context)
            if let replacement {
                bytes.append(contentsOf: utf8[clean..<index])
                replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
                clean = index + length
            }
            index += length
        }
        bytes.append(contentsOf: utf8[clean...])
    }
}

@inline(__always)
private func isSuspect(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x1F, 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x7F, 0xC2, 0xE2, 0xEF: true
    default: false
    }
}

/// How many bytes the character at an index has, and what stands for it; nil where it stands for itself.
private func escape(
    _ utf8: UnsafeBufferPointer<UInt8>, at index: Int, as context: MarkupContext
) -> (length: Int, replacement: StaticString?) {
    let isAttribute = context == .htmlAttribute || context == .xmlAttribute
    let isXML = context == .xmlText || context == .xmlAttribute
    switch utf8[index] {
    case 0x26: return (1, "&amp;")
    case 0x3C: return (1, "&lt;")
    case 0x3E: return (1, "&gt;")
    case 0x22: return (1, isAttribute ? "&quot;" : nil)
    case 0x27: return (1, isAttribute ? "&#39;" : nil)
    case 0x09: return (1, context == .xmlAttribute ? "&#9;" : nil)
    case 0x0A: return (1, context == .xmlAttribute ? "&#10;" : nil)
    case 0x0D: return (1, isXML ? "&#13;" : "\n")
    case 0xC2:
        let isC1 = index + 1 < utf8.count && utf8[index + 1] < 0xA0
        return (2, isC1 ? "" : nil)
    case 0xE2:
        // U+202A to U+202E and U+2066 to U+2069.
        let (second, third) = index + 2 < utf8.count ? (utf8[index + 1], utf8[index + 2]) : (0, 0)
        let turns = second == 0x80 && (0xAA...0xAE).contains(third) || second == 0x81 && (0xA6...0xA9).contains(third)
        return (3, turns ? "" : nil)
    case 0xEF:
        let isNoncharacter = index + 2 < utf8.count && utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE
        return (3, isNoncharacter ? "" : nil)
    default: return (1, "")
    }
}
