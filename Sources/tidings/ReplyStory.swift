import Requests
import CommandLineKit
import EventModel
import Glibc
import PluginKit

/// Why a folder cannot be listed.
struct FolderFault: Error, CustomStringConvertible {
    let path: String
    let code: CInt
    var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// Reads a story from the answers that this user has got.
enum ReplyStory {
    /// The most answers that are read for one question.
    static let maxReplies = 20_000

    static func entries(
        _ subject: StorySubject, spool: String, user: UInt32
    ) throws(FolderFault) -> [Happening] {
        let folder = "\(spool)/replies/\(user)"
        guard let directory = opendir(folder) else {
            // Without any answer so far there is no folder.
            if errno == ENOENT { return [] }
            throw FolderFault(path: folder, code: errno)
        }
        defer { closedir(directory) }
        var found: [Happening] = []
        var count = 0
        while count < maxReplies, let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name.first == UInt8(ascii: ".") { continue }
            if name.suffix(6).elementsEqual(".jsonl".utf8) {
                AcceptedLine.forEach(in: dirfd(directory), name) { line in
                    if subject.matches(line) { found.append(Happening(line, subject)) }
                }
            }
            guard name.suffix(5).elementsEqual(".json".utf8) else { continue }
            count += 1
            guard let bytes = read(dirfd(directory), name) else { continue }
            if let reply = DecisionReply(bytes) {
                if subject.matches(reply) { found.append(Happening(reply, at: time(name))) }
            } else if let report = ReportDocument(bytes), subject.matches(report) {
                found += Happening.all(report, subject)
            }
        }
        return found
    }

    /// When a request was made, by the name of its answer: `REQUEST.MARK.json`.
    private static func time(_ name: [UInt8]) -> Instant {
        let mark = name.dropLast(".json".utf8.count).suffix(DeliveryID.length)
        return DeliveryID(String(decoding: mark, as: UTF8.self))?.instant ?? Instant(microseconds: 0)
    }

    /// A file's bytes; nil where it cannot be read, or is larger than any report.
    private static func read(_ folder: CInt, _ name: [UInt8]) -> [UInt8]? {
        let path = Argument("/proc/self/fd/\(folder)/").bytes + name
        // ignoring: what has been removed meanwhile, or is no report, tells nothing
        return (try? InputFile(Argument(path), limit: .mebibytes(16)))?.bytes
    }
}
