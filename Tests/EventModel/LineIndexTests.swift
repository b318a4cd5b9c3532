import EventModel
import Testing

@Suite struct LineIndexTests {
    /// Numbers that look arbitrary, the same for the same seed.
    private struct Numbers {
        var state: UInt64

        mutating func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
    }

    /// The index gives what the plain walk gives, at every kind of line end and around its own borders.
    @Test(arguments: 0..<20) func findsTheSamePlacesAsAPlainWalk(seed: Int) {
        var numbers = Numbers(state: UInt64(seed))
        let pieces = ["a", "\n", "\r\n", "\r", "é", "🎻", "a longer run of letters without an end"].map {
            Array($0.utf8)
        }
        var bytes: [UInt8] = []
        while bytes.count < 9000 { bytes += pieces[numbers.next(pieces.count)] }
        if seed % 5 == 0 { bytes = Array(bytes.prefix(8192)) }
        var index = LineIndex(bytes)
        for _ in 0..<40 {
            let start = [numbers.next(bytes.count + 3), 4096, 4095, 8192, bytes.count][numbers.next(5)]
            let range = start..<start + numbers.next(9)
            #expect(index.position(of: range) == SourcePosition(of: range, in: bytes))
        }
    }
}
