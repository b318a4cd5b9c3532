import Testing

@testable import tidings

/// The bar by itself, with times of the test's own.
@Suite struct ProgressTests {
    static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    @Test func quickWorkShowsNone() {
        var bar = ProgressBar(width: 80, now: .zero)
        #expect(bar.step(1, of: 9, "a", now: .milliseconds(299)) == nil)
        #expect(bar.clear() == nil)
    }

    @Test func aBarComesMovesAndGoes() {
        var bar = ProgressBar(width: 80, now: .zero)
        let first = bar.step(3, of: 12, "gala.ics", now: .milliseconds(300))
        #expect(Self.text(first) == "\r\u{1B}[K[######..................] 3 of 12  gala.ics")
        #expect(bar.step(4, of: 12, "b", now: .milliseconds(399)) == nil)
        #expect(
            bar.step(12, of: 12, "c", now: .milliseconds(400)).map(Self.text)??.contains(
                "[########################] 12 of 12") == true)
        #expect(Self.text(bar.clear()) == "\r\u{1B}[K")
        #expect(bar.clear() == nil)
    }

    @Test func aBarNeverFillsTheLastColumn() throws {
        var bar = ProgressBar(width: 50, now: .zero)
        let text = try #require(Self.text(bar.step(1, of: 2, "東京音楽祭-2028-final-version.ics", now: .seconds(1))))
        #expect(String(text.dropFirst(ProgressBar.clearing.count)).displayWidth <= 49)
    }

    @Test func oneFileNeedsNoBar() {
        var bar = ProgressBar(width: 80, now: .zero)
        #expect(bar.step(0, of: 1, "a", now: .seconds(5)) == nil)
    }
}
