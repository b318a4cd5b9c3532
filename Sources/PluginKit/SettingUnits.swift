/// A number of bytes.
public struct ByteCount: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    public let bytes: Int

    /// Makes a count of bytes.
    public init(_ bytes: Int) { self.bytes = bytes }

    /// Makes a count of binary kilobytes.
    public static func kibibytes(_ count: Int) -> ByteCount { ByteCount(count << 10) }

    /// Makes a count of binary megabytes.
    public static func mebibytes(_ count: Int) -> ByteCount { ByteCount(count << 20) }

    /// Smaller counts come first.
    public static func < (a: ByteCount, b: ByteCount) -> Bool { a.bytes < b.bytes }

    static let units: [(name: String, factor: Int)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

    /// In the largest unit that divides it: `1MiB`.
    public var description: String {
        guard bytes > 0, let unit = ByteCount.units.first(where: { bytes % $0.factor == 0 }) else { return "\(bytes)B" }
        return "\(bytes / unit.factor)\(unit.name)"
    }
}

extension ByteCount: SettingConvertible {
    /// `size`.
    public static var settingType: String { "size" }

    /// Reads `"1MiB"`, or a whole number of bytes.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        switch value.content {
        case .integer(let number) where number >= 0: self.init(number)
        case .string(let text):
            guard let bytes = parseUnits(text, ByteCount.units) else { fallthrough }
            self.init(bytes)
        default: throw SettingMismatch(expected: "a size such as \"512KiB\" or \"1MiB\" (units B, KiB, MiB, GiB)")
        }
    }

    /// The quoted size.
    public var toml: String { description.toml }
}

extension Duration {
    static let settingUnits: [(name: String, factor: Int)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Whole milliseconds.
    public var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    /// In the largest unit that divides it: `2s`, `90d`, `250ms`.
    public var words: String {
        guard milliseconds > 0, let unit = Duration.settingUnits.first(where: { milliseconds % $0.factor == 0 }) else {
            return "\(milliseconds)ms"
        }
        return "\(milliseconds / unit.factor)\(unit.name)"
    }
}

extension Duration: SettingConvertible {
    /// `duration`.
    public static var settingType: String { "duration" }

    /// Reads `"2s"`, `"1h"`, `"250ms"`.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        guard case .string(let text) = value.content, let milliseconds = parseUnits(text, Duration.settingUnits) else {
            throw SettingMismatch(expected: "a duration such as \"500ms\", \"2s\" or \"1h\" (units ms, s, min, h, d)")
        }
        self = .milliseconds(milliseconds)
    }

    /// The quoted duration.
    public var toml: String { words.toml }
}

/// Reads digits followed by a unit, with an optional space between; nil where it does not fit or overflows.
private func parseUnits(_ text: String, _ units: [(name: String, factor: Int)]) -> Int? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard let number = Int(digits), let factor = units.first(where: { $0.name == unit })?.factor else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
}
