import Glibc

/// What libFuzzer calls for each input. -1 keeps an input out of its corpus.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    return decoder(bytes) ? 0 : -1
}

/// The decoder that `FUZZ_DECODER` names: whether the input was one for it.
private let decoder: @Sendable ([UInt8]) -> Bool = {
    guard let name = getenv("FUZZ_DECODER").map({ String(cString: $0) }), let decoder = Decoders.all[name] else {
        let words = Array("set FUZZ_DECODER to one of \(Decoders.all.keys.sorted().joined(separator: ", "))\n".utf8)
        write(STDERR_FILENO, words, words.count)
        exit(64)
    }
    return decoder
}()
