import EventModel
import Reading
import Testing

@testable import EventFormats

@Suite struct JSONRecognitionTests {
    @Test(arguments: [
        ("{}", Format.jsonld), (" \n[{", .jsonld), ("\u{FEFF}{\"a\":1}", .jsonld), ("[]", .jsonld), ("[", .jsonld),
        ("{'a'", .jsonld), ("[Update] The concert moves", .text), ("[23 Nov] The concert", .text),
        ("begin:vcalendar", .icalendar), ("\r\nBEGIN:VEVENT", .icalendar), ("BEGIN the march", .text), ("Gala", .text),
    ])
    func tellsTheFormat(text: String, format: Format) {
        #expect(recognizeFormat(Array(text.utf8)) == format)
    }

    @Test(
        arguments: [
            ([], DiagnosticCode.unknownFormat, "the file is empty; drop an iCalendar, a JSON-LD or a text file"),
            ([0x20, 0x0A], .unknownFormat, "the file is empty; drop an iCalendar, a JSON-LD or a text file"),
            ([0x41, 0x00], .unknownFormat, "this is neither iCalendar, JSON-LD nor text; drop one of these"),
            ([0xFF, 0xFE, 0x7B, 0x00], .invalidUTF8, "the file is in UTF-16; save it as UTF-8"),
        ] as [([UInt8], DiagnosticCode, String)])
    func saysWhyThereIsNone(bytes: [UInt8], code: DiagnosticCode, message: String) {
        let context = ReadingContext(receivedAt: Instant(microseconds: 0), sha256: "00")
        let decoded = readUpdates(bytes, context: context)
        #expect(decoded.diagnostics.map(\.code) == [code])
        #expect(decoded.diagnostics.map(\.message) == [message])
        #expect(decoded.diagnostics.map(\.severity) == [.error])
        #expect(decoded.updates.isEmpty)
    }
}
