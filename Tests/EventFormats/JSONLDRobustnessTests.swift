import EventModel
import Testing

@testable import EventFormats

/// Documents damaged at random: whatever they are, reading ends, says what is wrong and where, and what it gives can
/// be written.
@Suite struct JSONLDRobustnessTests {
    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "-9223372036854775808", "1e300", "true", "\"x\"", "{}", "[]",
        "\"@id\":", "\"2026-02-30\"", "\"P9999999999D\"", "\u{0}", "é",
    ].map { Array($0.utf8) }

    private static let rich = Array(
        #"""
        {"@context":["https://schema.org",{"ex":"urn:ex:"}],"@graph":[{"@type":["Festival","Thing"],"@id":"#a",
        "identifier":{"value":"e1"},"name":{"@value":"Gala","@language":"de"},"startDate":"2026-11-28T19:30Z",
        "endDate":"2026-11-29","duration":"PT2H","sequence":3,"eventStatus":["EventRescheduled"],"keywords":"a,b",
        "previousStartDate":["2026-11-01"],"location":[{"@type":"City","name":"Paris","geo":{"latitude":1,"longitude":2},
        "address":{"addressLocality":"Paris","addressCountry":"FR"}},{"@type":"VirtualLocation","url":"https://v"}],
        "organizer":[{"@id":"#b"},"Desk"],"tidings:partyOrder":[1,0],"tidings:references":[{"uid":"x","sequence":1}],
        "tidings:extensions":{"icalendar":[{"content":"X-A:1"}]},"ex:x":1,"subEvent":[{"@id":"#c"},{"identifier":"s",
        "name":"Talk","eventSchedule":{"repeatFrequency":"P1W","startDate":"2026-11-02","startTime":"19:00",
        "byDay":"Monday","byMonthWeek":1,"repeatCount":3,"endDate":"2026-12-30"}}]},
        {"@type":"Organization","@id":"#b","name":"B"},{"@type":"Event","@id":"#c","startDate":"2026-12"}]}
        """#.utf8)

    @Test(arguments: 0..<700) func damagedDocumentsAreReadToTheEnd(seed: Int) throws {
        var samples = JSONSampleUpdates(seed: UInt64(seed) &+ 31_337)
        var bytes = JSONLDRobustnessTests.rich
        if samples.chance(50) { bytes = JSONLDWriter.write([samples.update()]) }
        for _ in 0...samples.next(4) {
            let at = samples.next(bytes.count)
            let piece = JSONLDRobustnessTests.pieces[samples.next(JSONLDRobustnessTests.pieces.count)]
            switch samples.next(4) {
            case 0: bytes.removeSubrange(at..<min(bytes.count, at + 1 + samples.next(6)))
            case 1: bytes.insert(contentsOf: piece, at: at)
            case 2: bytes.replaceSubrange(at..<min(bytes.count, at + piece.count), with: piece)
            default:
                // A whole value in place of another keeps the document well-formed, and reaches further.
                // ignoring: damaged already, and left as it is.
                guard let document = try? JSONDocument(bytes) else { continue }
                let node = JSONNode(document: document, index: samples.next(document.nodeCount))
                bytes.replaceSubrange(node.bytes, with: piece)
            }
            if bytes.isEmpty { bytes = [0x7B] }
        }
        let decoded = JSONLDReader.read(bytes, context: JSONLDReading.context)
        #expect(!decoded.updates.isEmpty || decoded.diagnostics.contains { $0.severity >= .held })
        for diagnostic in decoded.diagnostics {
            guard let position = diagnostic.position else { continue }
            #expect(position.bytes.upperBound <= bytes.count)
            #expect(position == SourcePosition(of: position.bytes, in: bytes))
        }
        let updates = decoded.updates.map(\.update)
        for update in updates {
            #expect(try CanonicalJSON.read(CanonicalJSON.bytes(of: update)) == update)
            #expect(Set(update.occurrences.map(\.id)).count == update.occurrences.count)
        }
        let written = JSONLDWriter.write(updates)
        #expect(throws: Never.self) { try JSONDocument(written, limits: .own) }
        guard !updates.contains(where: { $0.uid.isEmpty }) else { return }
        let again = JSONLDReader.read(written, context: JSONLDReading.context)
        #expect(again.updates.map(\.update.content) == updates.map(\.content))
    }
}
