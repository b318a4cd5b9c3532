import Glibc

/// Finds which of a fixed set of words some bytes are, without making a string of them.
struct JSONKeys<Word: Sendable>: Sendable {
    private let words: [Word]
    private let letters: [UInt8]
    private let starts: [Int]
    // Indexes into `words` plus one, at the place the hash gives or behind it; 0 is free.
    private let slots: [UInt8]

    init(_ entries: [(word: Word, key: String)]) {
        words = entries.map(\.word)
        precondition(words.count < 200, "a word's index must fit a byte")
        var letters: [UInt8] = []
        var starts = [0]
        var slots = [UInt8](repeating: 0, count: 512)
        for (index, entry) in entries.enumerated() {
            letters += entry.key.utf8
            starts.append(letters.count)
            var slot = Array(entry.key.utf8).withUnsafeBufferPointer { JSONKeys.hash($0) }
            while slots[slot] != 0 { slot = (slot + 1) & 511 }
            slots[slot] = UInt8(index + 1)
        }
        self.letters = letters
        self.starts = starts
        self.slots = slots
    }

    /// The word that the bytes are.
    func word(_ text: UnsafeBufferPointer<UInt8>) -> Word? {
        var slot = JSONKeys.hash(text)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            let start = starts[index]
            if starts[index + 1] - start == text.count, matches(text, at: start) { return words[index] }
            slot = (slot + 1) & 511
        }
        return nil
    }

    /// The word that a string or key is.
    func word(_ node: JSONNode) -> Word? { node.withText { word($0) } ?? nil }

    private func matches(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        guard let base = text.baseAddress else { return true }
        return letters.withUnsafeBufferPointer { letters in
            guard let own = letters.baseAddress else { return false }
            return memcmp(own + start, base, text.count) == 0
        }
    }

    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = text.first, let last = text.last else { return 0 }
        let middle = text[text.count / 2]
        return (text.count &* 37 &+ Int(first) &* 101 &+ Int(middle) &* 59 &+ Int(last) &* 17) & 511
    }
}

extension JSONKeys where Word: RawRepresentable & CaseIterable, Word.RawValue == String {
    init() { self.init(Word.allCases.map { ($0, $0.rawValue) }) }
}
