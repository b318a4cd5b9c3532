import CGeoNames

/// A city of 15,000 people or more.
struct GazetteerCity: Sendable {
    /// Its number in the data; the largest city has the smallest.
    let number: Int
    /// The name GeoNames gives it, mostly the English one.
    let name: String
    /// ISO 3166-1 alpha-2.
    let country: String
    /// The part of the country it lies in, where the data knows parts of that country.
    let region: Int?
    let population: Int
    /// An IANA time zone name.
    let timeZone: String
    let geonameID: Int
}

/// A continent, a country or a part of one.
struct GazetteerRegion: Sendable {
    enum Kind: UInt8, Sendable { case continent = 1, country, part }
    let number: Int
    let name: String
    let kind: Kind
    /// ISO 3166-1 alpha-2; empty for a continent.
    let country: String
    /// GeoNames' two letters.
    let continent: String
}

/// What a name may stand for.
struct GazetteerEntry: Sendable {
    /// Numbers of cities, and whether the name is not their main one.
    var cities: [(number: Int, isAlternate: Bool)] = []
    /// Numbers of regions.
    var regions: [Int] = []

    var isEmpty: Bool { cities.isEmpty && regions.isEmpty }
}

/// Finds cities and regions by name: a binary search in the read-only data that the program carries. The layout stands
/// in CGeoNames.h.
struct Gazetteer {
    private let base: UnsafeRawPointer
    private let keyCount: Int
    private let (keys, cities, regions, zones, strings): (Int, Int, Int, Int, Int)

    /// The most words a name has.
    static let wordsPerName = 6

    init() {
        var size = 0
        base = UnsafeRawPointer(tidings_cities(&size))
        func word(_ index: Int, _ base: UnsafeRawPointer) -> Int {
            Int(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
        }
        precondition(size > 40 && word(0, base) == 0x314E_4754, "cities.bin is not what build.py makes")
        keyCount = word(1, base)
        (keys, cities, regions) = (word(5, base), word(6, base), word(7, base))
        (zones, strings) = (word(8, base), word(9, base))
    }

    private func u32(_ offset: Int) -> Int {
        Int(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    private func u16(_ offset: Int) -> Int {
        Int(UInt16(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }

    private func bytes(_ offset: Int, _ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + offset, count: count)
    }

    private func text(_ string: Int) -> String {
        let at = strings + string
        return String(decoding: bytes(at + 1, Int(base.load(fromByteOffset: at, as: UInt8.self))), as: UTF8.self)
    }

    private func code(_ offset: Int, _ count: Int) -> String {
        String(decoding: bytes(offset, count).prefix { $0 > 0x20 }, as: UTF8.self)
    }

    /// Whether the key at an index comes before (−1), is (0) or comes after (1) the given one.
    private func compare(_ index: Int, _ key: UnsafeBufferPointer<UInt8>) -> Int {
        let at = strings + u32(keys + index * 8)
        let count = Int(base.load(fromByteOffset: at, as: UInt8.self))
        for offset in 0..<min(count, key.count) {
            let (mine, theirs) = (base.load(fromByteOffset: at + 1 + offset, as: UInt8.self), key[offset])
            if mine != theirs { return mine < theirs ? -1 : 1 }
        }
        return count == key.count ? 0 : count < key.count ? -1 : 1
    }

    /// Everything a folded name (``TextFolding/key(_:separator:)``) stands for, largest cities first.
    func entry(_ key: String) -> GazetteerEntry {
        var entry = GazetteerEntry()
        guard !key.isEmpty, key.utf8.count < 256 else { return entry }
        var key = key
        key.withUTF8 { utf8 in
            var (low, high) = (0, keyCount)
            while low < high {
                let middle = (low + high) / 2
                if compare(middle, utf8) < 0 { low = middle + 1 } else { high = middle }
            }
            while low < keyCount, compare(low, utf8) == 0 {
                let target = u32(keys + low * 8 + 4)
                if target & 0x8000_0000 != 0 {
                    entry.regions.append(target & 0x3FFF_FFFF)
                } else {
                    entry.cities.append((target & 0x3FFF_FFFF, target & 0x4000_0000 != 0))
                }
                low += 1
            }
        }
        entry.cities.sort { $0.number < $1.number }
        return entry
    }

    /// A city by its number.
    func city(_ number: Int) -> GazetteerCity {
        let at = cities + number * 28
        let region = u16(at + 24)
        return GazetteerCity(
            number: number, name: text(u32(at + 16)), country: code(at + 20, 2),
            region: region == 0xFFFF ? nil : region, population: u32(at + 4),
            timeZone: text(u32(zones + u16(at + 22) * 4)), geonameID: u32(at))
    }

    /// A region by its number.
    func region(_ number: Int) -> GazetteerRegion {
        let at = regions + number * 16
        return GazetteerRegion(
            number: number, name: text(u32(at)),
            kind: GazetteerRegion.Kind(rawValue: base.load(fromByteOffset: at + 4, as: UInt8.self)) ?? .part,
            country: code(at + 5, 2), continent: code(at + 7, 2))
    }

    /// The continent of a country, by GeoNames' two letters; empty for a code that is no country's.
    func continent(ofCountry country: String) -> String {
        var number = 0
        let count = u32(12)
        while number < count {
            let at = regions + number * 16
            if base.load(fromByteOffset: at + 4, as: UInt8.self) == 2, code(at + 5, 2) == country {
                return code(at + 7, 2)
            }
            number += 1
        }
        return ""
    }
}
