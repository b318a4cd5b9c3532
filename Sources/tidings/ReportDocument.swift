import Requests
import CommandLineKit
import EventFormats
import EventModel
import Pipeline

/// The daemon's account of a delivery, read back.
struct ReportDocument {
    /// What was said of one update.
    struct Update {
        /// Its place in the file, from 1.
        let item: Int
        let uid: String
        /// Empty in a report of the first edition, which had one answer for a whole file.
        let outcome: String
        let intent: String?
        /// What changed, as sentences.
        let changes: [String]
        /// The stage at which it did not go on; nil where it did, or where a person decided.
        let stage: String?
        /// Why it did not go on; empty where it did.
        let reason: String
        let findings: [Finding]
        /// What a release would do to the event; nil for what is not held.
        let proposal: String?
        /// When it is closed though nobody has decided about it; nil where it waits as long as it takes.
        let expires: String?
        /// What a person decided about it before; nil where nobody did.
        let release: Release?
    }

    /// That a person released an update.
    struct Release {
        /// The numeric user id of that person.
        let decidedBy: Int
        /// What that person said to it.
        let comment: String

        /// For people: `released by user 1001; “they rang”`.
        var words: String { "released by user \(decidedBy)" + (comment.isEmpty ? "" : "; “\(comment)”") }
    }

    /// One finding.
    struct Finding {
        let code: String
        let severity: String
        /// `line:column`, where the finding has a place.
        let place: String?
        let message: String
    }

    let delivery: String
    /// The name as dropped.
    let file: [UInt8]
    let sha256: String
    /// The numeric user id of the file's owner.
    let submitter: UInt32?
    /// Whom the submitter speaks for; empty where no publishers are configured.
    let publisher: String
    let receivedAt: String
    let outcome: String
    let stage: String?
    let message: String
    let attempts: Int
    let nextTry: String?
    let updates: [Update]
    /// What was found of the file as a whole.
    let ofFile: [Finding]
    /// The codes of what was found, what decided first.
    let codes: [String]

    /// Reads a report's JSON; nil for anything else, such as a file that is still being written.
    init?(_ bytes: [UInt8]) {
        let root: JSONNode
        do {
            root = try JSONDocument(bytes, limits: .own).root
        } catch {
            return nil
        }
        guard let delivery = root["delivery"]?.text, let outcome = root["outcome"]?.text else { return nil }
        self.delivery = delivery
        self.outcome = outcome
        let raw = root["fileBytes"].map { $0.elements.compactMap { $0.integer.flatMap(UInt8.init(exactly:)) } } ?? []
        file = raw.isEmpty ? Array((root["file"]?.text ?? "").utf8) : raw
        sha256 = root["sha256"]?.text ?? ""
        submitter = root["submitter"]?.integer.flatMap(UInt32.init(exactly:))
        publisher = root["publisher"]?.text ?? ""
        receivedAt = root["receivedAt"]?.text ?? ""
        stage = root["stage"]?.stage
        message = root["message"]?.text ?? ""
        attempts = root["attempts"]?.integer ?? 1
        nextTry = root["nextTry"]?.text
        updates = root["updates"]?.elements.enumerated().map { Update($1, place: $0 + 1) } ?? []
        ofFile = root["diagnostics"].map { $0.elements.map(Finding.init) } ?? []
        let found = (ofFile + updates.flatMap(\.findings)).map(\.code)
        // Reports of the first edition have no list of them.
        codes = (root["codes"].map { $0.elements.compactMap(\.text) } ?? found).reduce(into: []) { codes, code in
            if !codes.contains(code) { codes.append(code) }
        }
    }

    /// The exit status of a sender who waits for the answer.
    var status: ExitStatus {
        guard let outcome = Outcome(rawValue: outcome) else { return .software }
        if message.hasPrefix("NOT APPLIED") { return .temporary }
        return outcome == .partial
            && updates.contains { [Outcome.rejected.rawValue, Outcome.expired.rawValue].contains($0.outcome) }
            ? .data : outcome.status
    }

    /// What was found, of the file as a whole and of its updates.
    var findings: [Finding] { ofFile + updates.flatMap(\.findings) }

    /// The events the delivery speaks of, without repetitions.
    var uids: [String] {
        updates.reduce(into: []) { uids, update in
            if !uids.contains(update.uid) { uids.append(update.uid) }
        }
    }

    /// What the updates do, without repetitions.
    var intents: [String] {
        updates.compactMap(\.intent).reduce(into: []) { intents, intent in
            if !intents.contains(intent) { intents.append(intent) }
        }
    }
}

extension ReportDocument.Update {
    fileprivate init(_ node: JSONNode, place: Int) {
        item = node["item"]?.integer ?? place
        uid = node["uid"]?.text ?? ""
        outcome = node["outcome"]?.text ?? ""
        let stop = node["stages"]?.elements.filter { $0["verdict"]?.isText("pass") == false }.last
        stage = stop?["stage"]?.stage
        reason = node["reason"]?.text ?? stop?["reason"]?.text ?? ""
        expires = node["expires"]?.text
        findings = node["diagnostics"].map { $0.elements.map(ReportDocument.Finding.init) } ?? []
        release = node["release"].flatMap { ReportDocument.Release($0) }
        intent = node["intent"]?.text
        proposal = node["ifReleased"]?.text
        changes =
            node["changes"].map { list in
                list.elements.map { change in
                    Change.words(
                        change["path"]?.text ?? "", before: change["before"]?.text, after: change["after"]?.text)
                }
            } ?? []
    }
}

extension JSONNode {
    /// The name of a stage; what a person threw away has an empty one.
    fileprivate var stage: String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}

extension ReportDocument.Release {
    /// Reads what stands in a report of a decision; the comment is part of what was asked.
    fileprivate init?(_ node: JSONNode) {
        guard let user = node["decidedBy"]?.integer, let asked = node["request"]?.text else { return nil }
        decidedBy = user
        // ignoring: what is no request has no comment
        comment = (try? DecisionRequest(Array(asked.utf8)))?.comment ?? ""
    }
}

extension ReportDocument.Finding {
    fileprivate init(_ node: JSONNode) {
        code = node["code"]?.text ?? ""
        severity = node["severity"]?.text ?? ""
        message = node["message"]?.text ?? ""
        place = node["line"]?.integer.map { "\($0):\(node["column"]?.integer ?? 1)" }
    }

    /// `file:line:column: error: message [code]`, as a compiler prints it.
    func line(file: String) -> String {
        "\(file)\(place.map { ":\($0)" } ?? ""): \(severity): \(message) [\(code)]".printable
    }
}
