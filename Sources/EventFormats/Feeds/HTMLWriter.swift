/// Writes HTML in UTF-8. Markup comes from the program's own literals alone; every other text is escaped for the place
/// it is put in, and an address becomes a link only as an ``HTMLLink``.
public struct HTMLWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// Starts with an empty buffer.
    public init(capacity: Int = 4096) { bytes.reserveCapacity(capacity) }

    /// Writes markup as it stands.
    public mutating func markup(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes text between tags. Not for the inside of `script` and `style`, where escapes are not read.
    public mutating func text(_ text: String) { appendEscaped(text, as: .htmlText, to: &bytes) }

    /// Writes an attribute in double quotes with the space before it; call it inside an open tag. Not for addresses,
    /// styles and event handlers, whose values are programs of their own.
    public mutating func attribute(_ name: StaticString, _ value: String) {
        bytes.append(0x20)
        markup(name)
        markup("=\"")
        appendEscaped(value, as: .htmlAttribute, to: &bytes)
        bytes.append(0x22)
    }

    /// Writes a `href` attribute to another page.
    public mutating func href(_ link: HTMLLink) { attribute("href", link.url) }

    /// Writes a `href` attribute to an element of the same page.
    public mutating func href(fragment id: String) { attribute("href", "#" + id) }
}
