import CPosix
import EventFormats
import EventModel
import Glibc

/// What a submitter was told of a delivery that was accepted: a line of `replies/UID/accepted-DAY.jsonl`.
struct AcceptedLine {
    /// One of its updates that changed something.
    struct Update {
        /// Its place in the file, from 1, where the line says it.
        let item: Int?
        let uid: String
        let intent: String?
    }

    let delivery: DeliveryID
    /// The name as dropped, as text.
    let file: String
    let outcome: String
    let message: String
    let updates: [Update]

    /// Reads a line; nil for anything else, such as one that an end of the daemon has cut short.
    init?(_ bytes: [UInt8]) {
        // ignoring: what is no JSON is no such line
        guard let root = (try? JSONDocument(bytes, limits: .own))?.root,
            let delivery = root["delivery"]?.text.flatMap({ DeliveryID($0) }), let outcome = root["outcome"]?.text
        else { return nil }
        self.delivery = delivery
        self.outcome = outcome
        file = root["file"]?.text ?? ""
        message = root["message"]?.text ?? ""
        updates =
            root["updates"]?.elements.map { node in
                Update(
                    item: node["item"]?.integer, uid: node["uid"]?.text ?? "", intent: node["intent"]?.text)
            } ?? []
    }

    /// Hands over the lines of a file; of one that has been removed meanwhile none.
    static func forEach(in folder: CInt, _ name: [UInt8], _ body: (AcceptedLine) -> Void) {
        let descriptor = tidings_open_dropped(folder, name.map { CChar(bitPattern: $0) } + [0])
        guard descriptor >= 0 else { return }
        guard let stream = fdopen(descriptor, "r") else {
            close(descriptor)
            return
        }
        defer { fclose(stream) }
        var line: UnsafeMutablePointer<CChar>?
        defer { free(line) }
        var capacity = 0
        while true {
            let count = getline(&line, &capacity, stream)
            guard count > 0, let start = line else { return }
            if let line = AcceptedLine(Array(UnsafeRawBufferPointer(start: start, count: count))) { body(line) }
        }
    }
}

extension Happening {
    /// What a line about an accepted delivery says, with the update that is asked for where it names that.
    init(_ line: AcceptedLine, _ subject: StorySubject) {
        self.init(time: line.delivery.instant)
        let asked = line.updates.first { update in
            subject.item.map { $0 == update.item } ?? (update.uid == subject.text)
        }
        let only = subject.item == nil && line.updates.count == 1 ? line.updates.first : nil
        delivery = line.delivery.description
        file = line.file.printable
        item = (asked ?? only)?.item
        uid = (asked ?? only)?.uid
        intent = (asked ?? only)?.intent
        outcome = line.outcome
        message = line.message
        isSummary = true
        isOfSeveral = line.updates.count > 1
    }
}
