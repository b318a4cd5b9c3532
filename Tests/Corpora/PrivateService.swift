import BuiltIn
import Foundation
import PluginKit
import Systemd
import TestKit

@testable import Configuration
@testable import Daemon

/// The service as it is shipped, in this process, on a spool of its own.
final class PrivateService {
    /// What the journal says of the end of one delivery.
    struct Answer: Hashable {
        var outcome: String
        /// Of a file of which not all counts: the codes for which something does not.
        var codes: Set<String> = []
    }

    private let directory = TemporaryDirectory()
    private let configuration: String
    var spool: String { directory.path + "/spool" }
    var state: String { directory.path + "/state" }
    private var web: String { directory.path + "/www" }

    /// With further settings, whose folders under /srv/www are made in the service's own.
    init(configuration: String = "") {
        self.configuration = configuration
    }

    /// Puts files into incoming/, each with a later ctime than the one before it, so that they are taken in this order.
    func drop(_ files: [URL]) throws {
        try FileManager.default.createDirectory(atPath: spool + "/incoming", withIntermediateDirectories: true)
        for file in files {
            let dropped = "\(spool)/incoming/\(file.lastPathComponent)"
            try FileManager.default.copyItem(atPath: file.path, toPath: dropped)
            // The copy is a new file; its rights say when it was last changed.
            let probe = directory.path + "/probe"
            repeat { try Data().write(to: URL(fileURLWithPath: probe)) } while try changed(probe) <= changed(dropped)
            // The sticky bit is how a sender asks for an answer whatever becomes of the file.
            guard chmod(dropped, 0o1644) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        }
    }

    private func changed(_ path: String) throws -> Int {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec
    }

    /// Works off what was dropped, and gives the answers by file name, in the order in which they were given.
    func workOff() async throws -> [String: [Answer]] {
        let file = directory.path + "/tidingsd.toml"
        let text = """
            service.state_directory = "\(state)"
            spool.directory = "\(spool)"

            """
        try FileManager.default.createDirectory(atPath: file + ".d", withIntermediateDirectories: true)
        try text.write(toFile: file + ".d/folders.toml", atomically: false, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: web, withIntermediateDirectories: true)
        try configuration.replacing("\"/srv/www", with: "\"\(web)").write(
            toFile: file, atomically: false, encoding: .utf8)
        let loader = ConfigurationLoader(file: file, registry: try Registry(BuiltIn.plugins))
        let configuration = try loader.load()
        let log = open(directory.path + "/log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(log) }
        let house = try House.open(
            configuration, stateDirectory: state, createsSpool: true, clock: SystemClock(),
            journal: Journal(.json, descriptor: log))
        let (signals, _) = AsyncStream<ServiceSignal>.makeStream()
        _ = try await Service(loader: loader, house: house, isOnce: true).run(configuration, signals)
        return try answers()
    }

    private func answers() throws -> [String: [Answer]] {
        var answers: [String: [Answer]] = [:]
        for line in try String(contentsOfFile: directory.path + "/log", encoding: .utf8).split(separator: "\n") {
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            guard let file = entry["TIDINGS_FILE"] as? String, let outcome = entry["TIDINGS_OUTCOME"] as? String else {
                continue
            }
            let reply = try reply(to: file, delivery: entry["TIDINGS_DELIVERY"] as? String ?? "")
            answers[file, default: []].append(Answer(outcome: outcome, codes: refusingCodes(reply)))
        }
        return answers
    }

    private func reply(to file: String, delivery: String) throws -> [String: Any] {
        let reply = try Data(
            contentsOf: URL(fileURLWithPath: "\(spool)/replies/\(getuid())/\(file).\(delivery).json"))
        return try JSONSerialization.jsonObject(with: reply) as? [String: Any] ?? [:]
    }

    /// The codes in an answer for which the file, or an update of it, does not count.
    private func refusingCodes(_ reply: [String: Any]) -> Set<String> {
        let updates = reply["updates"] as? [[String: Any]] ?? []
        let refused = [reply] + updates.filter { ["rejected", "held"].contains($0["outcome"] as? String) }
        let diagnostics = refused.flatMap { $0["diagnostics"] as? [[String: Any]] ?? [] }
        return Set(
            diagnostics.filter { ["error", "held"].contains($0["severity"] as? String) }
                .compactMap { $0["code"] as? String })
    }

    /// What became of each update of a file that was dropped once, by the answer to its sender.
    func outcomes(of file: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(spool)/replies/\(getuid())")
        let name = names.filter { $0.hasPrefix(file + ".") && $0.hasSuffix(".json") }.min()
        let delivery = name.map { String($0.dropFirst(file.count + 1).dropLast(".json".count)) }
        let updates = try reply(to: file, delivery: delivery ?? "")["updates"] as? [[String: Any]] ?? []
        return updates.compactMap { $0["outcome"] as? String }
    }

    /// The names in a folder of the spool, without reports and the spool's own dotfiles.
    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(spool)/\(folder)")
            .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".report.json") }.sorted()
    }

    /// A file of a channel's folder, which the configuration has under /srv/www, as text.
    func page(_ path: String) throws -> String {
        try String(contentsOfFile: "\(web)/\(path)", encoding: .utf8)
    }

    /// A file of the site, as text.
    func site(_ name: String) throws -> String {
        try String(contentsOfFile: "\(state)/site/\(name)", encoding: .utf8)
    }
}
