import Glibc

/// Reads an input, and says whether it was one for this reader.
public typealias Decoder = @Sendable ([UInt8]) -> Bool

/// The decoder of a table that `FUZZ_DECODER` names.
public func chosen(from decoders: [String: Decoder]) -> Decoder {
    if let name = getenv("FUZZ_DECODER").map({ String(cString: $0) }), let decoder = decoders[name] { return decoder }
    say("set FUZZ_DECODER to one of \(decoders.keys.sorted().joined(separator: ", "))")
    exit(64)
}

/// Stops the process, which libFuzzer takes for a finding, where something does not hold; says what.
public func require(_ holds: Bool, _ words: @autoclosure () -> String) {
    guard !holds else { return }
    say(words())
    abort()
}

/// The bytes that libFuzzer gives.
public func input(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

private func say(_ words: String) {
    let bytes = Array((words + "\n").utf8)
    write(STDERR_FILENO, bytes, bytes.count)
}
