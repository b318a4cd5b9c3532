import Requests
import CommandLineKit
import EventModel
import PluginKit
import Spool
import Primitives

/// What a story is asked for: a delivery or one of its updates, an event, or a file by its name or its bytes.
struct StorySubject {
    /// The word of the command line, for people.
    let shown: String
    /// The word as text: an event's uid, perhaps.
    let text: String
    let delivery: DeliveryID?
    /// The place of an update in the delivery, from 1, where one is asked for.
    let item: Int?
    /// The last component of a path.
    let name: [UInt8]
    /// The digest of the file, where the word names one that can be read.
    let sha256: String?

    /// Takes the word of the command line. A file that can be read is known by its bytes, whatever it was called when
    /// it was dropped.
    init(_ operand: Argument, limit: Int) {
        shown = operand.shown
        text = operand.text
        let named = DecidedItems(operand.text.uppercased())
        delivery = named?.delivery
        item = named?.items.first
        // Identifiers are often addresses of the web, whose last component means nothing.
        let isPath = !operand.text.contains("://")
        let last = operand.bytes.split(separator: UInt8(ascii: "/")).last.map(Array.init)
        name = isPath ? last ?? operand.bytes : operand.bytes
        if delivery == nil, operand != "-" {
            // ignoring: a word that names no file may still be a uid or the name of a dropped file
            sha256 = (try? InputFile(operand, limit: .init(limit))).map { SHA256.hex(of: $0.bytes) }
        } else {
            sha256 = nil
        }
    }

    /// Whether a file of the spool is it, as far as its name tells. Long names are cut there.
    func matches(_ file: StoredFile) -> Bool {
        if let delivery { return file.id == delivery }
        let stored = file.name.bytes
        return stored == name || stored.count >= StoredFile.longestName - 3 && name.starts(with: stored)
    }

    /// Whether the answer to a request tells of it.
    func matches(_ reply: DecisionReply) -> Bool {
        if let delivery { return reply.items?.delivery == delivery }
        return reply.uid == text
    }

    /// Whether a report tells of it.
    func matches(_ report: ReportDocument) -> Bool {
        isWhole(report) || report.updates.contains { $0.uid == text }
    }

    /// Whether a report is about the delivery or the file that is asked for.
    func isWhole(_ report: ReportDocument) -> Bool {
        if let delivery { return report.delivery == delivery.description }
        return report.file == name || report.sha256 == sha256
    }

    /// Whether what is told of an accepted delivery tells of it.
    func matches(_ line: AcceptedLine) -> Bool {
        if let delivery { return line.delivery == delivery }
        return line.file == String(decoding: name, as: UTF8.self) || line.updates.contains { $0.uid == text }
    }

    /// Whether an entry is about the one update or event that is asked for.
    func isOne(_ entry: Happening) -> Bool {
        if let item { return entry.item == item }
        return delivery == nil && entry.uid == text
    }
}
