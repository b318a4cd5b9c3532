import BuiltIn
import EventFormats
import Foundation
import PluginKit
import Spool
import Systemd
import TestKit
import Testing

@testable import CommandLineKit
@testable import Configuration
@testable import Daemon

/// A daemon's service in the test's own process, with a spool, a state directory and a journal that can be read.
final class ServiceRoom: Sendable {
    let directory = TemporaryDirectory()
    var spool: String { directory.path + "/spool" }
    var incoming: String { spool + "/incoming" }
    private var log: String { directory.path + "/log" }

    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(spool)/\(folder)").filter { !$0.hasPrefix(".") }.sorted()
    }

    func drop(_ name: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: incoming, withIntermediateDirectories: true)
        try text.write(toFile: "\(directory.path)/\(name)", atomically: false, encoding: .utf8)
        try FileManager.default.moveItem(atPath: "\(directory.path)/\(name)", toPath: "\(incoming)/\(name)")
    }

    /// Drops a calendar of events with those names, which the keeper obeys.
    func drop(_ name: String, saying names: String...) throws {
        try drop(name, Programme.calendar(names, uid: name))
    }

    /// Leaves a calendar of such events in active/, as a daemon does that was killed.
    func leaveInWork(_ stored: String, saying names: String...) throws {
        try leaveInWork(stored, Programme.calendar(names, uid: stored))
    }

    /// Leaves a file in active/, as a daemon does that was killed.
    func leaveInWork(_ stored: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: spool + "/active", withIntermediateDirectories: true)
        try text.write(toFile: "\(spool)/active/\(stored)", atomically: false, encoding: .utf8)
    }

    /// Lets the time come at which deferred files are tried again.
    func makeDue() throws {
        for name in try names("deferred") where name.hasSuffix(".report.json") {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: "\(spool)/deferred/\(name)")
        }
    }

    /// Makes a folder refuse new files, for root too where the filesystem knows immutable folders; says whether it does.
    func block(_ folder: String) -> Bool { setImmutable(folder, true) }

    /// Lets it take files again.
    func unblock(_ folder: String) { _ = setImmutable(folder, false) }

    private func setImmutable(_ folder: String, _ isImmutable: Bool) -> Bool {
        let path = "\(spool)/\(folder)"
        if geteuid() != 0 { return chmod(path, isImmutable ? 0o500 : 0o700) == 0 }
        let chattr = Process()
        chattr.executableURL = URL(fileURLWithPath: "/usr/bin/chattr")
        chattr.arguments = [isImmutable ? "+i" : "-i", path]
        chattr.environment = [:]
        do {
            try chattr.run()
        } catch {
            return false
        }
        chattr.waitUntilExit()
        return chattr.terminationStatus == 0
    }

    /// The report of the one delivery that lies in a folder.
    func report(_ folder: String) throws -> [String: Any]? {
        guard let name = try names(folder).first(where: { $0.hasSuffix(".report.json") }) else { return nil }
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(spool)/\(folder)/\(name)"))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any]
    }

    /// What became of each update, as a report says.
    func outcomes(_ report: [String: Any]?) throws -> [String] {
        try #require(report?["updates"] as? [[String: Any]]).compactMap { $0["outcome"] as? String }
    }

    /// The replies about a file as dropped: the reports for programs, oldest first.
    func replies(to file: String, user: UInt32 = getuid()) throws -> [[String: Any]] {
        try names("replies/\(user)").filter { $0.hasPrefix(file + ".") && $0.hasSuffix(".json") }.map { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(spool)/replies/\(user)/\(name)"))
            return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
    }

    /// What was written to the journal so far, one entry a line.
    func entries() throws -> [[String: Any]] {
        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }

    /// The messages of the entries of one kind.
    func messages(_ kind: MessageID) throws -> [String] {
        try entries().filter { $0["MESSAGE_ID"] as? String == kind.rawValue }.compactMap { $0["MESSAGE"] as? String }
    }

    func runOnce(
        _ settings: String = "", spool: String = "", changing: (inout SpoolSettings) -> Void = { _ in },
        offered: Offered = Offered()
    ) async throws -> CommandLineKit.ExitStatus {
        try await run(
            settings, spool: spool, changing: changing, isOnce: true, offered: offered, signals: AsyncStream { _ in })
    }

    /// Runs the service with stages `keeper`, unless the settings name others in `stages`.
    ///
    /// - Parameters:
    ///   - settings: Lines of `[pipeline]`, and tables after them.
    ///   - spool: Lines of `[spool]`.
    ///   - changing: Changes what the file cannot say.
    ///   - mayWatch: Refuses to watch the spool by throwing.
    func run(
        _ settings: String = "", spool: String = "", changing: (inout SpoolSettings) -> Void = { _ in }, isOnce: Bool,
        offered: Offered, signals: AsyncStream<ServiceSignal>,
        mayWatch: @escaping Ears.Permission = { () throws(SpoolError) in }
    ) async throws -> CommandLineKit.ExitStatus {
        let file = directory.path + "/tidingsd.toml"
        let stages = settings.contains("stages =") ? "" : "stages = [\"keeper\"]"
        let text = """
            [service]
            state_directory = "\(directory.path)/state"
            [spool]
            directory = "\(self.spool)"\(spool.isEmpty ? "" : "\n" + spool)
            [pipeline]
            \(stages)
            \(settings)
            """
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        let plugins = [
            Registration(Keeper.self), Registration(Sorter.self), Registration(Sleeper.self),
            Registration(Turnstile.self), Registration(SecondTurnstile.self), Registration(FailingKeeper.self),
        ]
        let loader = ConfigurationLoader(file: file, registry: try Registry(plugins + BuiltIn.plugins))
        var configuration = try loader.load()
        changing(&configuration.spool)
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        let house = try House.open(
            configuration, stateDirectory: directory.path + "/state", createsSpool: true, clock: RoomClock(offered),
            journal: Journal(.json, descriptor: descriptor), mayWatch: mayWatch)
        return try await Keeper.$offered.withValue(offered) {
            try await Service(loader: loader, house: house, isOnce: isOnce).run(configuration, signals)
        }
    }
}
