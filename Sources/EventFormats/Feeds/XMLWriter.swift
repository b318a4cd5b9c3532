/// Writes XML 1.0 in UTF-8. Markup comes from the program's own literals alone; every other text is escaped for the
/// place it is put in, so that no text can end its element or attribute.
public struct XMLWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// Starts with an empty buffer.
    public init(capacity: Int = 4096) { bytes.reserveCapacity(capacity) }

    /// Writes markup as it stands.
    public mutating func markup(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes character data.
    public mutating func text(_ text: String) { appendEscaped(text, as: .xmlText, to: &bytes) }

    /// Writes what an HTML writer holds as character data, for readers that take HTML inside XML (RFC 4287 §3.1.1.2).
    public mutating func text(_ html: HTMLWriter) {
        appendEscaped(String(decoding: html.bytes, as: UTF8.self), as: .xmlText, to: &bytes)
    }

    /// Writes an attribute with the space before it; call it inside an open tag.
    public mutating func attribute(_ name: StaticString, _ value: String) {
        bytes.append(0x20)
        markup(name)
        markup("=\"")
        appendEscaped(value, as: .xmlAttribute, to: &bytes)
        bytes.append(0x22)
    }

    /// Writes an element that holds text alone.
    public mutating func element(_ name: StaticString, _ content: String) {
        bytes.append(0x3C)
        markup(name)
        bytes.append(0x3E)
        text(content)
        markup("</")
        markup(name)
        markup(">\n")
    }
}
