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

    static let units = SettingUnits([
        .init("GiB", 1 << 30, otherwise: ["g", "gb", "gib"]), .init("MiB", 1 << 20, otherwise: ["m", "mb", "mib"]),
        .init("KiB", 1 << 10, otherwise: ["k", "kb", "kib"]), .init("B", 1, otherwise: ["b", "byte", "bytes"]),
    ])

    /// In the largest unit that divides it: `1MiB`.
    public var description: String { ByteCount.units.words(bytes) ?? "\(bytes)B" }
}

extension ByteCount: SettingConvertible {
    /// `size`.
    public static var settingType: String { "size" }

    /// Reads `"1MiB"`, or a whole number of bytes.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        if case .integer(let number) = value.content, number >= 0 {
            self.init(number)
            return
        }
        let expected = "a size such as \"512KiB\" or \"1MiB\" (units B, KiB, MiB, GiB)"
        guard case .string(let text) = value.content else { throw SettingMismatch(expected: expected) }
        self.init(try ByteCount.units.read(text, expected: expected))
    }

    /// The quoted size.
    public var toml: String { description.toml }
}

extension Duration {
    static let settingUnits = SettingUnits([
        .init("d", 86_400_000, otherwise: ["day", "days"]),
        .init("h", 3_600_000, otherwise: ["hr", "hrs", "hour", "hours"]),
        .init("min", 60_000, otherwise: ["m", "mins", "minute", "minutes"]),
        .init("s", 1000, otherwise: ["", "sec", "secs", "second", "seconds"]),
        .init("ms", 1, otherwise: ["msec", "msecs", "millisecond", "milliseconds"]),
    ])

    /// Whole milliseconds.
    public var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    /// In the largest unit that divides it: `2s`, `90d`, `250ms`.
    public var words: String { Duration.settingUnits.words(milliseconds) ?? "\(milliseconds)ms" }
}

extension Duration: SettingConvertible {
    /// `duration`.
    public static var settingType: String { "duration" }

    /// Reads `"2s"`, `"1h"`, `"250ms"`.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        let expected = "a duration such as \"500ms\", \"2s\" or \"1h\" (units ms, s, min, h, d)"
        switch value.content {
        case .string(let text): self = .milliseconds(try Duration.settingUnits.read(text, expected: expected))
        case .integer(let number) where number >= 0:
            throw SettingMismatch(expected: "\(expected); did you mean \"\(number)s\"?")
        default: throw SettingMismatch(expected: expected)
        }
    }

    /// The quoted duration.
    public var toml: String { words.toml }
}

/// The units of a quantity, from the largest to the smallest.
struct SettingUnits: Sendable {
    struct Unit: Sendable {
        let name: String
        let factor: Int
        /// What people write when they mean it, in small letters; the empty text where they may mean it by a bare number.
        let otherwise: [String]

        init(_ name: String, _ factor: Int, otherwise: [String]) {
            self.name = name
            self.factor = factor
            self.otherwise = otherwise
        }
    }

    private let units: [Unit]

    init(_ units: [Unit]) { self.units = units }

    /// A count of the smallest unit in the largest that divides it; nil for zero.
    func words(_ count: Int) -> String? {
        guard count > 0, let unit = units.first(where: { count % $0.factor == 0 }) else { return nil }
        return "\(count / unit.factor)\(unit.name)"
    }

    /// Reads digits followed by a unit, with an optional space between, as a count of the smallest unit.
    func read(_ text: String, expected: String) throws(SettingMismatch) -> Int {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard !digits.isEmpty else { throw SettingMismatch(expected: expected) }
        guard let factor = units.first(where: { $0.name == unit })?.factor else {
            let meant = units.first { $0.otherwise.contains(unit.lowercased()) || $0.name == unit.lowercased() }
            let hint = unit.hasPrefix(".") || unit.hasPrefix(",") ? "; whole numbers only, in a smaller unit" : ""
            throw SettingMismatch(
                expected: expected + (meant.map { "; did you mean \"\(digits)\($0.name)\"?" } ?? hint))
        }
        guard let (product, overflow) = Int(digits).map({ $0.multipliedReportingOverflow(by: factor) }), !overflow
        else {
            throw SettingMismatch(expected: "\(expected); this one is too large")
        }
        return product
    }
}
