import EventFormats
import EventModel
import Foundation
import Reading
import Testing
import Validator

@Suite(.enabled(if: ICalendarCorpusCase.folder != nil, "the corpora do not lie beside the project"))
struct ICalendarCorpusTests {
    private func context(limits: ReadingLimits = ReadingLimits()) -> ReadingContext {
        ReadingContext(receivedAt: Instant(microseconds: 1_790_000_000_000_000), sha256: "", limits: limits)
    }

    @Test func theTableHasEveryFile() throws {
        let folder = try #require(ICalendarCorpusCase.folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".ics") }
        #expect(Set(files.map { String($0.dropLast(4)) }) == Set(ICalendarCorpusCase.all.map(\.name)))
    }

    @Test(.timeLimit(.minutes(10)), arguments: ICalendarCorpusCase.all)
    func theReaderSaysWhatItShould(_ item: ICalendarCorpusCase) throws {
        let bytes = try item.bytes()
        let decoded = readUpdates(bytes, context: context())
        #expect(decoded.format == .icalendar)
        #expect(decoded.updates.count == item.updates)
        #expect(Set(decoded.diagnostics.filter { $0.severity >= .held }.map(\.code.rawValue)) == item.refused)
        for diagnostic in decoded.diagnostics where diagnostic.code != .noEvent {
            let position = try #require(diagnostic.position, "\(diagnostic.code)")
            #expect(position.bytes.upperBound <= bytes.count)
        }
        for update in decoded.updates { #expect(!"\(update.update)".contains("ATTENDEE")) }
    }

    @Test(arguments: ICalendarCorpusCase.all)
    func theVerdictIsWhatItShouldBe(_ item: ICalendarCorpusCase) throws {
        let bytes = try item.bytes()
        let now = Instant(microseconds: 1_790_000_000_000_000)
        let found = Validator.examine(
            readUpdates(bytes, context: context()), bytes: bytes, settings: ValidatorSettings(), now: now)
        let refusing = Set(found.filter { $0.severity >= .held }.map(\.code.rawValue))
        #expect(refusing == item.refused.union(item.judged))
    }

    @Test(arguments: ICalendarCorpusCase.all)
    func whatWasReadIsWrittenAndReadAgain(_ item: ICalendarCorpusCase) throws {
        let updates = readUpdates(try item.bytes(), context: context()).updates.map(\.update)
        let again = readUpdates(ICalendarWriter.write(updates), context: context())
        #expect(again.updates.map(\.update.content) == updates.map(\.content))
        #expect(again.updates.map(\.update.sequence) == updates.map(\.sequence))
    }

    @Test(.timeLimit(.minutes(10)), arguments: ICalendarCorpusCase.all)
    func aFileCutOffAnywhereNeverCrashes(_ item: ICalendarCorpusCase) throws {
        let bytes = try item.bytes()
        for length in stride(from: 12, to: bytes.count, by: max(1, bytes.count / 60)) {
            let decoded = readUpdates(Array(bytes.prefix(length)), context: context())
            #expect(!decoded.updates.isEmpty || decoded.diagnostics.contains { $0.severity >= .held })
        }
    }
}
