package import EventModel

/// Makes the uid of an event whose source states none: `derived:jazz-night-at-the-pier-2027`.
///
/// The same headline, year and publisher always give the same uid, whatever their case, accents, quotes and spaces. A
/// headline longer than ``derivedUIDSlugBytes``, or with letters that ASCII lacks, ends in a hash of the whole, so that
/// two different ones never meet by being cut.
///
/// - Parameters:
///   - name: The headline; an empty one gives `derived:event-…`.
///   - year: The year of the (first) start, where it is known.
///   - publisher: Who publishes the event, where several may: part of the uid.
public func deriveUID(name: String, year: Int?, publisher: String? = nil) -> String {
    derivedUID(of: publisher.map { "\($0) \(name)" } ?? name, marked: year.map(String.init))
}

/// `mark` says when it starts.
private func derivedUID(of name: String, marked mark: String?) -> String {
    let key = TextFolding.key(name)
    var slug = asciiSlug(key)
    let isWhole = key.utf8.allSatisfy { $0 < 0x80 }
    let suffix = mark.flatMap { slug.hasSuffix("-\($0)") ? nil : "-\($0)" } ?? ""
    if slug.utf8.count > derivedUIDSlugBytes || !isWhole || slug.isEmpty {
        if slug.utf8.count > derivedUIDSlugBytes {
            var cut = slug.utf8.prefix(derivedUIDSlugBytes)
            if let dash = cut.lastIndex(of: 0x2D), cut.distance(from: cut.startIndex, to: dash) > 20 {
                cut = cut[..<dash]
            }
            slug = String(decoding: cut, as: UTF8.self)
        }
        if slug.isEmpty { slug = "event" }
        return "derived:\(slug)\(suffix)-\(hexadecimal(fnv1a64("\(key)\(suffix)".utf8)))"
    }
    return "derived:\(slug)\(suffix)"
}

/// The bytes of a headline that a derived uid shows before its hash.
public let derivedUIDSlugBytes = 72

/// The ASCII letters and digits of a text, folded, its words joined by hyphens: `Zürich West` to `zurich-west`.
package func asciiSlug(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in TextFolding.key(text, separator: 0x2D).utf8 where byte < 0x80 {
        if byte == 0x2D, output.last == 0x2D || output.isEmpty { continue }
        output.append(byte)
    }
    while output.last == 0x2D { output.removeLast() }
    return String(decoding: output, as: UTF8.self)
}

/// FNV-1a, 64 bits: stable over versions and machines; no protection against somebody who wants two texts to meet.
@inlinable
package func fnv1a64(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

/// Sixteen lower-case hexadecimal digits.
private func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

extension EventUpdate {
    /// Whether it says enough for a uid to be made of it.
    package var canBeNamed: Bool {
        !content.name.text.allSatisfy(\.isWhitespace) || content.occurrences.contains { $0.when.start != nil }
    }

    /// Makes a uid of its organizer, its name and its first start: `derived:the-pier-jazz-night-20270610t1930`. It does not
    /// depend on what else stands in the file.
    package mutating func deriveUID() {
        let start = content.occurrences.lazy.compactMap(\.when.start).first
        let digits = start.map { start in
            var digits = start.date.description
            if let time = start.time { digits += "T" + time.description.dropFirst(digits.utf8.count + 1).prefix(5) }
            return digits.filter { $0 != "-" && $0 != ":" }.lowercased()
        }
        let publisher = content.parties.first { $0.role == .organizer }?.name ?? ""
        uid = derivedUID(
            of: publisher.isEmpty ? content.name.text : "\(publisher) \(content.name.text)", marked: digits)
        uidOrigin = .derived
    }
}
