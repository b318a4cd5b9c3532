import Announcement
public import EventModel
public import Reading

/// Reads the updates of a dropped file in whichever format it is. Never fails: what is wrong is in the diagnostics,
/// and a file without updates always has at least one of severity `error` or `held`.
public func readUpdates(_ bytes: [UInt8], context: ReadingContext) -> Decoded {
    var decoded = readStatements(bytes, context: context)
    decoded.leaveOutWhatCannotBeMeant(bytes, context)
    decoded.workOutRecurrences(bytes, context)
    return decoded
}

/// Reads the updates of a file as it states them, without the dates that follow from their rules.
func readStatements(_ bytes: [UInt8], context: ReadingContext) -> Decoded {
    switch recognizeFormat(bytes) {
    case .jsonld: JSONLDReader.read(bytes, context: context)
    case .icalendar: ICalendarReader.read(bytes, context: context)
    case .text: TextReader.read(bytes, context: context)
    case nil: Decoded(format: nil, diagnostics: [unrecognized(bytes)])
    }
}

private func unrecognized(_ bytes: [UInt8]) -> Diagnostic {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        let start = SourcePosition(of: 0..<2, in: bytes)
        return Diagnostic(
            .invalidUTF8, severity: .error, position: start, message: "the file is in UTF-16; save it as UTF-8")
    }
    let isBlank = bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    return Diagnostic(
        .unknownFormat, severity: .error,
        message: isBlank
            ? "the file is empty; drop an iCalendar, a JSON-LD or a text file"
            : "this is neither iCalendar, JSON-LD nor text; drop one of these")
}

/// Tells the format by the bytes alone; names prove nothing. Nil for what is empty or holds NUL bytes.
public func recognizeFormat(_ bytes: [UInt8]) -> Format? {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    rest = rest.drop(while: isSpace)
    guard let first = rest.first else { return nil }
    if first == 0x7B { return .jsonld }
    if first == 0x5B {
        // "[Update] The concert moves" and "[23 Nov] …" are text: only what can begin a list of objects is JSON.
        guard let second = rest.dropFirst().first(where: { !isSpace($0) }) else { return .jsonld }
        if second == 0x7B || second == 0x5B || second == 0x5D || second == 0x22 { return .jsonld }
    }
    if rest.prefix(6).elementsEqual("BEGIN:".utf8, by: { $0 & 0xDF == $1 & 0xDF }) { return .icalendar }
    return bytes.contains(0) ? nil : .text
}
