import Reading

/// What the reading of a text asks of each character. Unicode's own tables take longer than all else that a character
/// costs, so they are asked once for each.
struct ScalarClasses {
    struct Class: OptionSet {
        var rawValue: UInt8

        /// A letter, a digit or a mark on one.
        static let word = Class(rawValue: 1)
        static let upper = Class(rawValue: 2)
        static let space = Class(rawValue: 4)
        /// Folding leaves it as it is.
        static let folded = Class(rawValue: 8)
        static let isKnown = Class(rawValue: 16)
    }

    /// By the number of a character over 256, filled as a text needs them.
    private var pages = [[Class]](repeating: [], count: 0x11_0000 >> 8)

    subscript(scalar: Unicode.Scalar) -> Class {
        mutating get {
            let (page, place) = (Int(scalar.value >> 8), Int(scalar.value & 0xFF))
            if pages[page].isEmpty { pages[page] = [Class](repeating: [], count: 256) }
            if pages[page][place].isEmpty { pages[page][place] = ScalarClasses.look(up: scalar) }
            return pages[page][place]
        }
    }

    private static func look(up scalar: Unicode.Scalar) -> Class {
        var found = Class.isKnown
        var folded: [UInt8] = []
        TextFolding.append(scalar, to: &folded)
        if folded.elementsEqual(String(scalar).utf8) { found.insert(.folded) }
        if TextFolding.isWordScalar(scalar) { found.insert(.word) }
        if scalar.properties.isUppercase { found.insert(.upper) }
        if scalar.properties.isWhitespace { found.insert(.space) }
        return found
    }
}
