import CommandLineKit
import Foundation
import PluginKit
import Systemd
import TestKit
import Testing

@testable import Daemon

/// A reload takes all of a new configuration or nothing of it, and the journal says which and why.
@Suite struct ReloadTests {
    private let room = ServiceRoom()
    private var file: String { room.directory.path + "/tidingsd.toml" }

    private func rewrite(_ change: (String) -> String) {
        do {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try change(text).write(toFile: file, atomically: false, encoding: .utf8)
        } catch {
            Issue.record(error)
        }
    }

    /// Runs the service; its configuration is rewritten and a reload asked for while the first file is in work.
    private func reload(_ change: @escaping @Sendable (String) -> String) async throws {
        try room.drop("a.ics", saying: "pass")
        let offered = Offered()
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        offered.whenAsked { asked in
            guard asked == 1 else { return }
            rewrite(change)
            send.yield(.reload)
            send.yield(.stop)
        }
        #expect(try await room.run(isOnce: false, offered: offered, signals: signals) == .ok)
        #expect(offered.names == ["a.ics"])
    }

    private func refusals() throws -> [String] {
        try room.messages(.reloadRefused).map { $0.replacing(room.directory.path + "/", with: "") }
    }

    private let refused = "reload refused, the old configuration stays in force: "

    @Test func whatOnlyARestartCanChangeIsNamedWithItsPlace() async throws {
        try await reload { $0.replacing("[pipeline]", with: "window = 64\n[pipeline]") }
        #expect(
            try refusals() == [
                refused + "spool.window is 64 (tidingsd.toml:5:10) instead of 4096; only a restart can change this: "
                    + "systemctl restart tidingsd"
            ])
        #expect(try room.messages(.configurationReloaded) == [])
    }

    @Test func everyFaultOfARefusedConfigurationHasItsEntry() async throws {
        try await reload { $0 + "\nbatch = ten\nretry_first = \"1s\n[spol]\n" }
        #expect(
            try refusals() == [
                refused + "tidingsd.toml:8:9: the value of batch is neither a number nor true or false; put a text in "
                    + "quotes: \"…\"",
                refused + "tidingsd.toml:9:15: the text of retry_first has no closing quote; write one at its end",
                refused + "tidingsd.toml:10:2: unknown section [spol]; did you mean [spool]?",
            ])
        #expect(try room.messages(.configurationReloaded) == [])
    }

    @Test func whatChangedIsSaidWhenItIsInForce() async throws {
        try room.drop("a.ics", saying: "pass")
        let offered = Offered()
        for _ in 0..<20 { offered.failNext(PluginFailure(.temporary, "the disk is full")) }
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        offered.whenAsked { asked in
            // The stage has failed once and is paused: the reload comes, and the next shift's stage is well.
            if asked == 1 {
                offered.forgetFailures()
                rewrite { $0 + "\nbatch = 9\n" }
                send.yield(.reload)
            }
            if asked == 2 { send.yield(.stop) }
        }
        #expect(try await room.run(isOnce: false, offered: offered, signals: signals) == .ok)
        #expect(
            try room.messages(.configurationReloaded).map { $0.replacing(room.directory.path + "/", with: "") }
                == ["reloaded: pipeline.batch is 9 (tidingsd.toml:8:9) instead of 512"])
        #expect(try refusals() == [])
    }

    @Test func whatCouldNotBeRemovedIsToldOfOnceThoughAReloadComes() async throws {
        _ = try await room.runOnce()
        guard room.block("active") else { return print("skipped: this filesystem knows no immutable folders") }
        room.unblock("active")
        try room.drop("a.ics", saying: "pass")
        let offered = Offered()
        let (signals, send) = AsyncStream<ServiceSignal>.makeStream()
        offered.whenAsked { [room] asked in
            if asked == 1 {
                _ = room.block("active")
                send.yield(.reload)
            } else {
                room.unblock("active")
                send.yield(.stop)
            }
        }
        #expect(try await room.run(isOnce: false, offered: offered, signals: signals) == .ok)
        #expect(offered.names == ["a.ics", "a.ics"])
        #expect(try room.messages(.deliveryAccepted).count == 1)
        #expect(try room.names("active").isEmpty)
    }
}
