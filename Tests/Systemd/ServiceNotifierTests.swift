import Foundation
import Testing

@testable import Systemd

/// What a service manager sets up for its service. Environments belong to whole processes, so each test that uses it
/// runs in a process of its own.
private struct Manager {
    let folder: ScratchFolder
    let socket: DatagramSocket
    let notifier = ServiceNotifier()

    init() throws {
        folder = try ScratchFolder()
        socket = try DatagramSocket(path: folder.path + "/notify")
        setenv("NOTIFY_SOCKET", folder.path + "/notify", 1)
    }
}

struct ServiceNotifierTests {
    @Test func eachStateIsOneMessage() async {
        await #expect(processExitsWith: .success) {
            let manager = try Manager()
            #expect(manager.notifier.isSupervised)
            try manager.notifier.ready(status: "12 files wait")
            #expect(manager.socket.receive() == "READY=1\nSTATUS=12 files wait")
            try manager.notifier.stopping()
            #expect(manager.socket.receive() == "STOPPING=1")
            try manager.notifier.watchdog()
            #expect(manager.socket.receive() == "WATCHDOG=1")
            try manager.notifier.extendTimeout(by: .seconds(90))
            #expect(manager.socket.receive() == "EXTEND_TIMEOUT_USEC=90000000")
        }
    }

    @Test func aReloadTellsItsTime() async {
        await #expect(processExitsWith: .success) {
            let manager = try Manager()
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            let before = time.tv_sec * 1_000_000 + time.tv_nsec / 1000
            try manager.notifier.reloading()
            let message = manager.socket.receive()
            #expect(message.hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
            let told = try #require(message.split(separator: "=").last.flatMap { Int($0) })
            #expect((before...before + 10_000_000).contains(told))
        }
    }

    @Test func aStatusIsOneLineAndCannotSayAnythingElse() async {
        await #expect(processExitsWith: .success) {
            let manager = try Manager()
            try manager.notifier.status("queue\nMAINPID=1")
            #expect(manager.socket.receive() == "STATUS=queue MAINPID=1")
            try manager.notifier.status(String(repeating: "ü", count: 1000))
            #expect(manager.socket.receive().utf8.count == "STATUS=".utf8.count + ServiceNotifier.maxStatusBytes)
        }
    }

    @Test func withoutAManagerNothingHappens() async {
        await #expect(processExitsWith: .success) {
            let manager = try Manager()
            unsetenv("NOTIFY_SOCKET")
            #expect(!manager.notifier.isSupervised)
            try manager.notifier.ready()
            #expect(manager.socket.receive() == "")
        }
    }

    @Test func aSocketThatIsGoneIsAnErrorThatNamesIt() async {
        await #expect(processExitsWith: .success) {
            let manager = try Manager()
            setenv("NOTIFY_SOCKET", manager.folder.path + "/other", 1)
            let error = #expect(throws: SystemdError.self) { try manager.notifier.ready() }
            #expect(error?.description.contains("$NOTIFY_SOCKET") == true)
            #expect(error?.code == ENOENT)
        }
    }

    @Test func theWatchdogIsForTheProcessItNames() async {
        await #expect(processExitsWith: .success) {
            let notifier = ServiceNotifier()
            var interval = try notifier.watchdogInterval()
            #expect(interval == nil)
            setenv("WATCHDOG_USEC", "2000000", 1)
            interval = try notifier.watchdogInterval()
            #expect(interval == .seconds(2))
            setenv("WATCHDOG_PID", String(getpid()), 1)
            interval = try notifier.watchdogInterval()
            #expect(interval == .seconds(2))
            setenv("WATCHDOG_PID", String(getpid() + 1), 1)
            interval = try notifier.watchdogInterval()
            #expect(interval == nil)
        }
    }

    @Test func aWatchdogIntervalThatIsNoNumberIsAnError() async {
        await #expect(processExitsWith: .success) {
            setenv("WATCHDOG_USEC", "soon", 1)
            #expect(throws: SystemdError.self) { try ServiceNotifier().watchdogInterval() }
        }
    }
}
