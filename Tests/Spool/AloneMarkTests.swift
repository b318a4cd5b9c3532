import EventModel
import Testing

@testable import Spool

/// Which files were alone in work when the process ended: on disk before anybody looks into them.
@Suite struct AloneMarkTests {
    @Test func whatWasAloneAtAnEndIsKnownAtTheNextStart() throws {
        let scratch = try Scratch()
        for (number, name) in [(1, "a"), (2, "b")] as [(UInt64, String)] {
            try scratch.drop(name)
            _ = try scratch.claimed(name, as: .test(number))
        }
        // An end after each of them.
        for ends in 0..<3 { #expect(try scratch.spool.noteAlone(.test(1), after: nil) == ends) }
        #expect(try scratch.spool.noteAlone(.test(2), after: nil) == 0, "what is known of the first one stays")
        #expect(try scratch.spool.endsAlone(.test(1)) == 3 && scratch.spool.endsAlone(.test(2)) == 1)
        // The second one did not end the process.
        #expect(try scratch.spool.noteAlone(.test(1), after: .test(2)) == 3)
        #expect(try scratch.spool.endsAlone(.test(2)) == nil)
        try scratch.spool.forgetAlone(after: nil)
        #expect(try scratch.spool.endsAlone(.test(1)) == 4, "it lies there still")
        try scratch.spool.forgetAlone(after: .test(1))
        #expect(!scratch.names(.active).contains(".alone"))
    }

    @Test func whatIsSetAsideIsKnownAtTheNextStartAndCountsForNothing() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        _ = try scratch.claimed("a", as: .test(1))
        #expect(try scratch.spool.endsAlone(.test(1)) == nil)
        try scratch.spool.noteAside([.test(1)], untried: nil)
        #expect(try scratch.spool.endsAlone(.test(1)) == 0)
        #expect(try scratch.spool.noteAlone(.test(1), after: nil) == 0)
        #expect(try scratch.spool.endsAlone(.test(1)) == 1)
        try scratch.spool.noteAside([.test(1)], untried: .test(1))
        #expect(try scratch.spool.endsAlone(.test(1)) == 0)
    }
}
