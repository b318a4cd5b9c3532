import Foundation
import Testing

@testable import Systemd

struct JournalReaderTests {
    @Test func aFolderThatIsNotThereIsAnErrorThatNamesIt() throws {
        let folder = try ScratchFolder()
        let missing = folder.path + "/none"
        do {
            _ = try JournalReader(.directory(missing))
            Issue.record("opened a folder that does not exist")
        } catch {
            #expect(error.code == ENOENT)
            #expect(error.description.hasPrefix("cannot open the journal \(missing): No such file or directory"))
        }
    }

    @Test func anEmptyJournalHasNoEntries() throws {
        let folder = try ScratchFolder()
        let reader = try JournalReader(.directory(folder.path))
        let found = try reader.entries(matching: [.init("TIDINGS_DELIVERY", "x")], order: .newestFirst, limit: 10)
        #expect(found.isEmpty)
    }

    @Test func aMatchWithoutANameIsRefused() throws {
        let folder = try ScratchFolder()
        let reader = try JournalReader(.directory(folder.path))
        do {
            _ = try reader.entries(matching: [.init("", "x")], limit: 1)
            Issue.record("a match without a name was taken")
        } catch {
            #expect(error.operation == .readJournal)
            #expect(error.code == EINVAL)
        }
    }

    @Test func aRecordedEntryAnswersByName() {
        let entry = RecordedEntry(
            microseconds: 1, cursor: "c",
            fields: [("TIDINGS_UID", Array("a".utf8)), ("MESSAGE", [0x62, 0xFF]), ("TIDINGS_UID", Array("b".utf8))])
        #expect(entry["TIDINGS_UID"] == "a")
        #expect(entry.values(of: "TIDINGS_UID") == [[0x61], [0x62]])
        #expect(entry["MESSAGE"] == "b\u{FFFD}")
        #expect(entry["NONE"] == nil)
    }
}
