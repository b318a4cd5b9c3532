import EventFormats
import EventModel
import Foundation
import TestKit
import Testing

@testable import CommandLineKit
@testable import Requests
@testable import Daemon

/// A service with the plugins that are shipped, and what administrators ask of it.
struct DecisionRoom {
    static let stages = "stages = [\"validator\", \"archiver\", \"notifier\"]"
    let room = ServiceRoom()

    /// A text that is held: nothing but the time of receipt speaks for its year.
    static let walk = """
        Spring Walk of the Hikers

        The walk will be held on 3 May in Zurich, Switzerland.
        """

    static func concert(_ uid: String, name: String = "Concert", start: String = "2031-03-14", sequence: Int = 1)
        -> String
    {
        """
        {"@context":"https://schema.org","@type":"MusicEvent","identifier":"\(uid)","name":"\(name)",
        "startDate":"\(start)T20:00:00+01:00","sequence":\(sequence),"location":{"@type":"Place","name":"Town Hall",
        "address":{"@type":"PostalAddress","addressLocality":"Zurich","addressCountry":"CH"}}}
        """
    }

    @discardableResult
    func run(_ settings: String = "") async throws -> CommandLineKit.ExitStatus {
        try await room.runOnce("\(Self.stages)\n\(settings)")
    }

    /// Puts a request into requests/, as `tidings` does.
    func ask(_ action: DecisionRequest.Action, as name: String = "ask.json", comment: String = "") throws {
        try put(DecisionRequest(action, comment: comment).json, as: name)
    }

    func put(_ bytes: [UInt8], as name: String) throws {
        let folder = "\(room.spool)/requests"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    /// What a request in requests/ decides, as the daemon notes it.
    func decision(_ action: DecisionRequest.Action, by name: String = "ask.json") throws -> ItemDecision {
        var status = stat()
        try #require(lstat("\(room.spool)/requests/\(name)", &status) == 0)
        let time = Int64(status.st_ctim.tv_sec) * 1_000_000 + Int64(status.st_ctim.tv_nsec) / 1000
        return try #require(
            ItemDecision(DecisionRequest(action), decidedBy: getuid(), decidedAt: Instant(microseconds: time)))
    }

    /// Notes a decision about a held file in active/, as the daemon does before the file moves.
    func note(_ decision: ItemDecision, _ id: DeliveryID) throws {
        try Data(decision.note(name: nil)).write(
            to: URL(fileURLWithPath: "\(room.spool)/active/\(id).report.json"))
    }

    func move(_ name: String, _ from: String, _ to: String) throws {
        try FileManager.default.moveItem(atPath: "\(room.spool)/\(from)/\(name)", toPath: "\(room.spool)/\(to)/\(name)")
    }

    /// The delivery that lies in a folder.
    func delivery(in folder: String) throws -> DeliveryID {
        let name = try #require(try room.names(folder).first { !$0.hasSuffix(".report.json") })
        return try #require(DeliveryID(name.prefix(DeliveryID.length)))
    }

    /// The answer to a request, and that there is one only.
    func answer(to name: String = "ask.json", user: UInt32 = getuid()) throws -> DecisionReply {
        let files = try room.names("replies/\(user)").filter { $0.hasPrefix(name + ".") && $0.hasSuffix(".json") }
        try #require(files.count == 1, "\(files)")
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(room.spool)/replies/\(user)/\(files[0])"))
        return try #require(DecisionReply(Array(data)))
    }

    func feed() throws -> String {
        try String(contentsOfFile: "\(room.directory.path)/state/site/feed.atom", encoding: .utf8)
    }

    func site() throws -> String {
        try String(contentsOfFile: "\(room.directory.path)/state/site/index.html", encoding: .utf8)
    }

    /// All that lies below the state and the spool.
    func everything() throws -> Data {
        var data = Data()
        let files = FileManager.default.enumerator(atPath: room.directory.path)
        while let path = files?.nextObject() as? String {
            let whole = "\(room.directory.path)/\(path)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder), !isFolder.boolValue,
                path != "log"
            else { continue }
            data += Data(path.utf8)
            data += FileManager.default.contents(atPath: whole) ?? Data()
        }
        return data
    }
}
