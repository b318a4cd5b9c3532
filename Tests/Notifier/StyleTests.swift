import Testing

@testable import Notifier

/// The colours of the page can be read (WCAG 2.2, 1.4.3: 4.5 to 1).
struct StyleTests {
    /// The palettes of the style sheet: light, dark, print.
    private static var palettes: [[String: UInt32]] {
        let sheet = SiteStyle.sheet.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        return sheet.components(of: ":root {", "}").map { block in
            block.split(separator: ";").reduce(into: [:]) { palette, line in
                let parts = line.split(separator: ":").map { $0.drop { " \n-".contains($0) } }
                guard parts.count == 2, parts[1].hasPrefix("#") else { return }
                var digits = String(parts[1].dropFirst())
                if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
                palette[String(parts[0])] = UInt32(digits, radix: 16)
            }
        }
    }

    private static func luminance(_ colour: UInt32) -> Double {
        let channels = [16, 8, 0].map { shift -> Double in
            let value = Double(colour >> UInt32(shift) & 255) / 255
            return value <= 0.03928 ? value / 12.92 : power((value + 0.055) / 1.055)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    /// The 2.4th power, as the square times the fifth root of the square, by Newton's method.
    private static func power(_ value: Double) -> Double {
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - value * value) / (5 * root * root * root * root) }
        return value * value * root
    }

    @Test(arguments: [
        ("ink", "paper"), ("ink", "card"), ("ink", "grey-bg"), ("soft", "paper"), ("soft", "card"), ("soft", "grey-bg"),
        ("accent", "paper"), ("accent", "card"), ("red", "red-bg"), ("amber", "amber-bg"), ("blue", "blue-bg"),
        ("green", "green-bg"),
    ])
    func textStandsOutFromItsGround(text: String, ground: String) throws {
        #expect(StyleTests.palettes.count == 3)
        for palette in StyleTests.palettes {
            let lights = [
                StyleTests.luminance(try #require(palette[text])), StyleTests.luminance(try #require(palette[ground])),
            ].sorted()
            #expect((lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, "\(text) on \(ground)")
        }
    }

    @Test func nothingIsLoadedFromElsewhere() {
        let sheet = SiteStyle.sheet.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        #expect(!sheet.contains("url("))
        #expect(!sheet.contains("@import"))
        #expect(!sheet.contains("</"))
    }
}

extension String {
    /// What stands between each opening and the next closing text.
    fileprivate func components(of opening: String, _ closing: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let start = rest.firstRange(of: opening) {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: closing) else { break }
            found.append(rest[..<end.lowerBound])
        }
        return found
    }
}
