/// Finds lines and columns in a file for many byte ranges: the file is walked once, and each question costs a few
/// kilobytes of it at most, so that a file full of faults is reported in reasonable time.
public struct LineIndex: Sendable {
    private struct Checkpoint {
        var line: Int
        // Characters of the line before the checkpoint.
        var characters: Int
    }

    private static let stride = 4096

    private let bytes: [UInt8]
    // The state before byte `index * stride`.
    private var checkpoints: [Checkpoint] = []

    /// Prepares a file's bytes; nothing is walked before the first question.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Line, column and bytes of a range, as `SourcePosition.init(of:in:)` gives them.
    public mutating func position(of range: Range<Int>) -> SourcePosition {
        let start = min(max(range.lowerBound, 0), bytes.count)
        if checkpoints.isEmpty { walkAll() }
        let index = start / LineIndex.stride
        let state = walk(from: index * LineIndex.stride, to: start, checkpoints[index])
        return SourcePosition(
            line: state.line, column: state.characters + 1,
            bytes: start..<min(max(range.upperBound, start), bytes.count))
    }

    private mutating func walkAll() {
        var state = Checkpoint(line: 1, characters: 0)
        checkpoints = [state]
        var at = 0
        while at + LineIndex.stride <= bytes.count {
            state = walk(from: at, to: at + LineIndex.stride, state)
            at += LineIndex.stride
            checkpoints.append(state)
        }
    }

    private func walk(from: Int, to: Int, _ state: Checkpoint) -> Checkpoint {
        var state = state
        bytes.withUnsafeBufferPointer { bytes in
            for index in from..<to {
                let byte = bytes[index]
                if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
                    state.line += 1
                    state.characters = 0
                } else if byte & 0xC0 != 0x80 {
                    state.characters += 1
                }
            }
        }
        return state
    }
}
