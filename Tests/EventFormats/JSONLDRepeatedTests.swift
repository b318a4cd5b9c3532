import EventModel
import Reading
import Testing

@testable import EventFormats

/// Events that stand in a file more than once.
@Suite struct JSONLDRepeatedTests {
    @Test(arguments: [
        // The same once more, or no more than its name.
        (#""name":"Gala""#, #""name":"Gala""#, "duplicate-occurrence warning  2:1", "Gala"),
        (#""name":"Gala","startDate":"2027-01-01""#, #""name":"Gala""#, "duplicate-occurrence warning  2:1", "Gala"),
        (#""name":"Gala""#, #""name":"Gala","startDate":"2027-01-01""#, "duplicate-occurrence warning  1:2", "Gala"),
        // One is proved newer.
        (
            #""name":"Gala","sequence":1,"startDate":"2027-01-01""#,
            #""name":"Ball","startDate":"2027-01-01","sequence":2"#,
            "duplicate-occurrence warning  1:2", "Ball"
        ),
        (
            #""name":"Gala","dateModified":"2026-02-01T00:00:00Z","startDate":"2027-01-01""#,
            #""name":"Ball","startDate":"2027-01-01","dateModified":"2026-01-01T00:00:00Z""#,
            "duplicate-occurrence warning  2:1", "Gala"
        ),
        // A person has to say.
        (
            #""name":"Gala","startDate":"2027-01-01""#, #""name":"Gala","startDate":"2027-01-02""#,
            "ambiguous-intent held  2:1", "Gala"
        ),
    ])
    func eventsOfOneIdentity(first: String, second: String, finding: String, name: String) throws {
        let json = [first, second].map { #"{"@type":"Event","identifier":"a",\#($0)}"# }.joined(separator: ",\n")
        #expect(JSONLDReading.findings("[\(json)]") == [finding])
        let decoded = JSONLDReading.read("[\(json)]")
        #expect(decoded.updates.map(\.update.name.text) == [name])
        #expect(decoded.diagnostics.map(\.update) == [0])
    }

    /// The address of a page is the identity of one event only where one event has it.
    @Test func whatIsFoundOfASecondOneIsSaidOfTheFirst() {
        let json = ["\"startDate\":\"2027-01-01\"", "\"startDate\":\"never\"", "\"name\":\"Other\""].map {
            #"{"@type":"Event","url":"https://x.example/",\#($0)}"#
        }.joined(separator: ",\n")
        let decoded = JSONLDReading.read("[\(json),{\"@type\":\"Event\",\"identifier\":\"b\",\"startDate\":\"never\"}]")
        #expect(decoded.updates.map(\.update.uid) == ["https://x.example/", "b"])
        #expect(decoded.diagnostics.map(\.code) == [.invalidDate, .invalidDate, .ambiguousIntent])
        #expect(decoded.diagnostics.map(\.update) == [0, 1, 0])
    }

    @Test func anEventThatStandsInAFileAgainAndAgainIsNotReadWithoutEnd() {
        var limits = ReadingLimits()
        (limits.updates, limits.diagnostics) = (20, 10)
        let event = #"{"@type":"Event","identifier":"a","name":"Gala","startDate":"never"}"#
        let json = "[" + [String](repeating: event, count: 30).joined(separator: ",") + "]"
        let decoded = JSONLDReading.read(
            json, context: ReadingContext(receivedAt: Instant(microseconds: 0), sha256: "00", limits: limits))
        #expect(decoded.updates.count == 1)
        #expect(decoded.diagnostics.contains { $0.code == .tooLarge })
        #expect(decoded.diagnostics.count <= 12)
    }
}
