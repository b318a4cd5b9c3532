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
        #expect(
            try scratch.spool.suspicion(of: .test(1))?.ends == 3 && scratch.spool.suspicion(of: .test(2))?.ends == 1)
        // The second one did not end the process.
        #expect(try scratch.spool.noteAlone(.test(1), after: .test(2)) == 3)
        #expect(try scratch.spool.suspicion(of: .test(2)) == nil)
        try scratch.spool.forgetAlone(after: nil)
        #expect(try scratch.spool.suspicion(of: .test(1))?.ends == 4, "it lies there still")
        try scratch.spool.forgetAlone(after: .test(1))
        #expect(!scratch.names(.active).contains(".alone"))
    }

    @Test func whatIsSetAsideIsKnownAtTheNextStartAndCountsForNothing() throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        _ = try scratch.claimed("a", as: .test(1))
        #expect(try scratch.spool.suspicion(of: .test(1)) == nil)
        try scratch.spool.noteAside([.test(1): [7, 0xFF]], untried: nil)
        #expect(try scratch.spool.suspicion(of: .test(1))?.ends == 0)
        #expect(try scratch.spool.noteAlone(.test(1), after: nil) == 0)
        #expect(try scratch.spool.suspicion(of: .test(1))?.ends == 1)
        try scratch.spool.noteAside([:], untried: .test(1))
        #expect(try scratch.spool.suspicion(of: .test(1))?.ends == 0)
        #expect(try scratch.spool.suspicion(of: .test(1))?.events == [7, 0xFF])
    }

    @Test(arguments: [0, 1, 64, 65]) func theEventsOfAFileAreNotedUpToALimit(count: UInt64) throws {
        let scratch = try Scratch()
        try scratch.drop("a")
        _ = try scratch.claimed("a", as: .test(1))
        _ = try scratch.spool.noteAlone(.test(1), after: nil)
        #expect(try scratch.spool.suspicion(of: .test(1))?.events == nil, "it was not read yet")
        try scratch.spool.noteEvents(Set(0..<count), of: .test(1))
        #expect(try scratch.spool.suspicion(of: .test(1))?.events == (count > 64 ? nil : Set(0..<count)))
    }
}
