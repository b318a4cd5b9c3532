import EventFormats
import EventModel

/// The daemon's account of a delivery, read back.
struct ReportDocument {
    /// What was said of one update.
    struct Update {
        let uid: String
        let intent: String?
        /// What changed, as sentences.
        let changes: [String]
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
    let receivedAt: String
    let outcome: String
    let stage: String?
    let message: String
    let attempts: Int
    let nextTry: String?
    let updates: [Update]
    let findings: [Finding]

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
        receivedAt = root["receivedAt"]?.text ?? ""
        stage = root["stage"]?.text
        message = root["message"]?.text ?? ""
        attempts = root["attempts"]?.integer ?? 1
        nextTry = root["nextTry"]?.text
        updates = root["updates"].map { $0.elements.map(Update.init) } ?? []
        findings = root["diagnostics"].map { $0.elements.map(Finding.init) } ?? []
    }

    /// The events the delivery speaks of, without repetitions.
    var uids: [String] {
        updates.reduce(into: []) { uids, update in
            if !uids.contains(update.uid) { uids.append(update.uid) }
        }
    }

    /// The codes of the findings, without repetitions.
    var codes: [String] {
        findings.reduce(into: []) { codes, finding in
            if !codes.contains(finding.code) { codes.append(finding.code) }
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
    fileprivate init(_ node: JSONNode) {
        uid = node["uid"]?.text ?? ""
        intent = node["intent"]?.text
        changes =
            node["changes"].map { list in
                list.elements.map { change in
                    Change.words(
                        change["path"]?.text ?? "", before: change["before"]?.text, after: change["after"]?.text)
                }
            } ?? []
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
