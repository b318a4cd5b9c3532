import CommandLineKit
import Foundation
import PluginKit
import Spool
import Synchronization
import Systemd
import Testing

@testable import Daemon
import Primitives

/// What the whole service does with what comes in.
@Suite struct IntakeServiceTests {
    private let room = ServiceRoom()

    @Test func withoutInotifyTheServiceStartsAndFindsFilesByRescans() async throws {
        let offered = Offered()
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        let room = room
        try room.drop("0.ics", saying: "pass")
        offered.whenAsked { asked in
            if asked == 3 { send.yield(.stop) } else { try? room.drop("\(asked).ics", saying: "pass") }
        }
        let status = try await room.run(
            spool: "rescan = \"100ms\"", isOnce: false, offered: offered, signals: signals,
            mayWatch: { () throws(SpoolError) in
                throw SpoolError(.watch, "/spool", Errno(EMFILE), remedy: "Raise fs.inotify.max_user_instances.")
            })
        #expect(status == .ok)
        #expect(offered.names == ["0.ics", "1.ics", "2.ics"])
        #expect(
            try room.messages(.spoolUnwatched) == [
                "the spool cannot be watched and is read every 100ms instead: cannot watch /spool: "
                    + "Too many open files (EMFILE). Raise fs.inotify.max_user_instances."
            ])
        #expect(try room.messages(.serviceReady).count == 1)
    }

    @Test func theSpoolIsWatchedAgainWhenItMayBe() async throws {
        let offered = Offered()
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        let mayWatch = Atomic(false)
        let room = room
        try room.drop("0.ics", saying: "pass")
        offered.whenAsked { asked in
            mayWatch.store(true, ordering: .releasing)
            // By the last of them the rescan that watches anew has been.
            if asked == 4 { send.yield(.stop) } else { try? room.drop("\(asked).ics", saying: "pass") }
        }
        _ = try await room.run(
            spool: "rescan = \"100ms\"", isOnce: false, offered: offered, signals: signals,
            mayWatch: { () throws(SpoolError) in
                if !mayWatch.load(ordering: .acquiring) {
                    throw SpoolError(.watch, "/spool", Errno(EMFILE), remedy: "")
                }
            })
        #expect(offered.names.count == 4)
        #expect(try room.messages(.spoolUnwatched).count == 1)
        #expect(try room.messages(.spoolRecovered) == ["the spool is watched again"])
    }

    @Test func aReplyThatCannotBeWrittenHoldsUpNothing() async throws {
        _ = try await room.runOnce()
        try room.drop("a.ics", saying: "reject")
        // Something else stands where the sender's folder should.
        try "x".write(toFile: "\(room.spool)/replies/\(getuid())", atomically: false, encoding: .utf8)
        #expect(try await room.runOnce() == .attention)
        #expect(try room.names("rejected").count == 2)
        #expect(try room.messages(.replyFailed).count == 1)
        #expect(try room.messages(.deliveryRejected).count == 1)
    }

    @Test func deliveriesOfOneEventAreNeverInAStageSideBySide() async throws {
        let passages = Passages()
        for number in 10..<60 {
            try room.drop("\(number).ics", Programme.calendar(["pass"], uid: number % 3 == 0 ? "gala" : "fair"))
        }
        let status = try await Turnstile.$passages.withValue(passages) {
            try await room.runOnce("stages = [\"turnstile\", \"second\"]\nbatch = 4")
        }
        #expect(status == .ok)
        #expect(passages.mostAtATime == 1)
        #expect(passages.order("turnstile").count == 50)
        #expect(passages.order("second") == passages.order("turnstile"), "nor does one overtake another")
    }

    @Test func theSameNameDroppedWhileItIsInWorkIsADeliveryOfItsOwn() async throws {
        let offered = Offered()
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        let room = room
        try room.drop("a.ics", saying: "pass one")
        offered.whenAsked { asked in
            // The first one is in work now.
            if asked < 3 { try? room.drop("a.ics", saying: "pass again") } else { send.yield(.stop) }
        }
        _ = try await room.run(isOnce: false, offered: offered, signals: signals)
        #expect(offered.names == ["a.ics", "a.ics", "a.ics"])
        #expect(try room.names("incoming") == [] && room.names("active") == [])
    }

    @Test func aFileThatChangesWhileItIsInWorkIsReadAgain() async throws {
        let offered = Offered()
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        let room = room
        try room.drop("a.ics", saying: "pass half")
        offered.whenAsked { asked in
            if asked == 2 {
                send.yield(.stop)
                return
            }
            guard let name = try? room.names("active").first else { return }
            let whole = Programme.calendar(["pass the whole"], uid: "a")
            try? whole.write(toFile: "\(room.spool)/active/\(name)", atomically: false, encoding: .utf8)
        }
        _ = try await room.run(isOnce: false, offered: offered, signals: signals)
        #expect(offered.names == ["a.ics", "a.ics"])
        let outcomes = try room.entries().filter { $0["TIDINGS_OUTCOME"] != nil }
        #expect(Set(outcomes.compactMap { $0["TIDINGS_DELIVERY"] as? String }).count == 2)
        #expect(Set(outcomes.compactMap { $0["TIDINGS_SHA256"] as? String }).count == 2)
    }
}
