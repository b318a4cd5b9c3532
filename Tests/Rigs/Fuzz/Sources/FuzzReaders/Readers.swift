import EventFormats
import EventModel
import Fuzzing
import Reading

/// What libFuzzer calls for each input. -1 keeps an input out of its corpus.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    decoder(input(start, count)) ? 0 : -1
}

private let decoder = chosen(from: Readers.all)

/// The readers of updates. What they read has to be there again when it was written and read once more.
private enum Readers {
    static let all: [String: Decoder] = [
        "icalendar": { updates(in: $0, as: .icalendar) },
        "jsonld": { updates(in: $0, as: .jsonld) },
        "text": { updates(in: $0, as: .text) },
        "canonical": canonical,
    ]

    /// Noon of a day in 2026: what is read must not depend on the clock.
    private static let context = ReadingContext(
        receivedAt: Instant(microseconds: 1_795_867_200_000_000), sha256: String(repeating: "0", count: 64))

    private static func updates(in bytes: [UInt8], as format: Format) -> Bool {
        guard recognizeFormat(bytes) == format else { return false }
        let decoded = readUpdates(bytes, context: context)
        require(
            !decoded.updates.isEmpty || decoded.diagnostics.contains { $0.severity >= .held },
            "neither an update nor a reason why there is none")
        for diagnostic in decoded.diagnostics {
            guard let position = diagnostic.position else { continue }
            require(position.bytes.upperBound <= bytes.count, "a finding lies behind the end")
        }
        writeAndReadAgain(decoded.updates.map(\.update))
        return true
    }

    private static func writeAndReadAgain(_ updates: [EventUpdate]) {
        for update in updates {
            let written = CanonicalJSON.bytes(of: update)
            do {
                let again = try CanonicalJSON.read(written)
                require(again == update, "the canonical JSON says something else: \(text(written))")
            } catch {
                require(false, "the canonical JSON cannot be read: \(error): \(text(written))")
            }
        }
        let document = JSONLDWriter.write(updates)
        if !updates.isEmpty {
            require(!readUpdates(document, context: context).updates.isEmpty, "lost as JSON-LD: \(text(document))")
        }
        let calendar = ICalendarWriter.write(updates)
        if !updates.isEmpty {
            require(
                !readUpdates(calendar, context: context).updates.isEmpty, "lost as iCalendar: \(text(calendar))")
        }
    }

    private static func canonical(_ bytes: [UInt8]) -> Bool {
        // ignoring: what is no canonical JSON is refused, which is all that is asked.
        if let update = try? CanonicalJSON.read(bytes) { writeAndReadAgain([update]) }
        return true
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
