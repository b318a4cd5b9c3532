import Requests
import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool
import Systemd
import Primitives

/// The account of a delivery that stands beside the file and is given to its sender.
struct Report {
    /// The version of the report's JSON.
    static let schema = "tidings-report/2"

    let passage: Passage
    /// How often the delivery has been worked on, this time included.
    let attempts: Int
    /// When a deferred delivery is tried again.
    let nextTry: Instant?
    /// For the content of its updates.
    let digest: SHA256?
    /// SHA-256 of what was read of its updates at an earlier try, as no person had corrected it.
    let contentHashes: [String?]
    /// Of the file, whose bytes may be forgotten by now.
    let byteCount: Int

    /// The report as JSON, one object.
    var json: [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.object { write(into: &$0) }
        json.newline()
        return json.bytes
    }

    private func write(into json: inout JSONWriter) {
        let delivery = passage.delivery
        json.key("schema")
        json.string(Report.schema)
        json.key("delivery")
        json.string(delivery.id.description)
        json.key("file")
        json.string(String(decoding: delivery.file, as: UTF8.self))
        json.key("fileBytes")
        json.array { list in for byte in delivery.file { list.integer(byte) } }
        json.key("sha256")
        json.string(delivery.sha256)
        json.key("byteCount")
        json.integer(byteCount)
        json.key("submitter")
        json.integer(delivery.submitter)
        if let publisher = delivery.facts[Publisher.self]?.publisher {
            json.key("publisher")
            json.string(publisher)
        }
        json.key("receivedAt")
        json.string(delivery.receivedAt.description)
        if let format = delivery.format {
            json.key("format")
            json.string(format.rawValue)
        }
        json.key("outcome")
        json.string(passage.outcome.rawValue)
        if let stage = passage.stage {
            json.key("stage")
            json.string(stage)
        }
        json.key("codes")
        json.array { list in for code in passage.codes { list.string(code.rawValue) } }
        json.key("message")
        json.string(passage.sentence)
        json.key("attempts")
        json.integer(attempts)
        if let nextTry {
            json.key("nextTry")
            json.string(nextTry.description)
        }
        json.key("updates")
        json.array { list in for index in passage.items.indices { write(index, into: &list) } }
        json.key("diagnostics")
        json.array { list in for diagnostic in passage.findings { diagnostic.write(into: &list) } }
    }

    private func write(_ index: Int, into json: inout JSONWriter) {
        let (item, passed) = (passage.delivery.items[index], passage.items[index])
        json.object { json in
            json.key("item")
            json.integer(item.number)
            json.key("uid")
            json.string(item.update.uid)
            if item.number == 0 {
                json.key("update")
                json.raw(String(decoding: CanonicalJSON.bytes(of: item.update), as: UTF8.self))
            }
            if let sequence = item.update.sequence {
                json.key("sequence")
                json.integer(sequence)
            }
            let earlier = contentHashes.indices.contains(index) ? contentHashes[index] : nil
            if let hash = earlier ?? digest?.hex(CanonicalJSON.bytes(of: item.update.essence)) {
                json.key("contentHash")
                json.string(hash)
            }
            json.key("outcome")
            json.string(passed.outcome.rawValue)
            if let intent = passed.intent {
                json.key("intent")
                json.string(intent.rawValue)
            }
            if let proposal = passage.proposal(of: index) {
                json.key("ifReleased")
                json.string(proposal.words)
                json.key("event")
                json.string(proposal.uid)
            }
            if let changes = item.facts[Resolution.self]?.changes {
                json.key("changes")
                json.array { list in for change in changes { change.write(into: &list) } }
            }
            if let expires = passage.expiry(of: index) {
                json.key("expires")
                json.string(expires.description)
            }
            if passed.isClosed {
                json.key("reason")
                json.string(passed.reason)
            }
            if let release = item.facts[Release.self] {
                json.key("release")
                ItemDecision(release, DecidedItems(passage.delivery.id, items: [item.number])).write(into: &json)
            }
            json.key("diagnostics")
            json.array { list in for diagnostic in passed.diagnostics { diagnostic.write(into: &list) } }
            json.key("stages")
            json.array { list in for answer in passed.answers { answer.write(into: &list) } }
        }
    }

    /// The report for people: a paragraph, then the updates that do not count or were remarked on, line by line.
    var text: String {
        let delivery = passage.delivery
        let file = PrintableText.escape(delivery.file)
        var lines = [
            passage.isNotApplied ? "NOT APPLIED: \(file)" : "\(file): \(passage.outcome.rawValue)",
            PrintableText.escape(passage.sentence),
            "",
            "delivery  \(delivery.id)",
            "received  \(delivery.receivedAt)",
            "sha256    \(delivery.sha256)",
        ]
        if let nextTry { lines.append("next try  \(nextTry)") }
        if let expires = passage.firstExpiry {
            lines.append("expires   \(expires): what nobody has decided about by then is closed")
        }
        let held = Array(
            Set(zip(delivery.items, passage.items).filter { $1.outcome == .held }.map { $0.0.number })
        ).sorted()
        if passage.outcome == .held || !held.isEmpty {
            let id = held.count == 1 && passage.items.count > 1 ? "\(delivery.id)/\(held[0])" : delivery.id.description
            if held == [0] {
                lines.append("decide    an administrator runs 'tidings release \(id)' or 'tidings discard \(id)'")
            } else {
                lines.append(
                    "decide    an administrator runs 'tidings release \(id)', with --as new, --update-of UID or")
                lines.append("          --set PATH=VALUE where that is so, or 'tidings discard \(id)'")
            }
            if held.count > 1 {
                lines.append(
                    "          or decides about one of \(held.count), as in 'tidings release \(delivery.id)/\(held[0])'"
                )
            }
        }
        lines += paragraph(passage.findings, file)
        for (index, passed) in passage.items.enumerated()
        where !passed.outcome.counts || !passed.diagnostics.isEmpty {
            let item = delivery.items[index]
            let proposal = passage.proposal(of: index).map { ["if released: " + PrintableText.escape($0.words)] } ?? []
            if delivery.items.count > 1 {
                lines += [
                    "",
                    PrintableText.escape(
                        "\(delivery.id)/\(item.number) \(item.update.uid): \(passed.outcome.rawValue)"),
                ]
                if passed.diagnostics.isEmpty || passed.isClosed { lines.append(PrintableText.escape(passed.reason)) }
                if passed.isClosed { continue }
                lines += passed.diagnostics.map { PrintableText.escape($0.line(file: file)) } + proposal
            } else if !passed.isClosed {
                lines += paragraph(passed.diagnostics, file) + proposal
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func paragraph(_ diagnostics: [Diagnostic], _ file: String) -> [String] {
        diagnostics.isEmpty ? [] : [""] + diagnostics.map { PrintableText.escape($0.line(file: file)) }
    }
}

extension ItemDecision {
    /// What was decided about one update, for its report.
    fileprivate init(_ release: Release, _ items: DecidedItems) {
        action = .release(release.ruling, corrections: release.corrections)
        self.items = items
        decidedBy = release.decidedBy
        decidedAt = release.decidedAt
        comment = release.comment
    }
}

extension StageAnswer {
    fileprivate func write(into json: inout JSONWriter) {
        json.object { json in
            json.key("stage")
            json.string(stage)
            json.key("verdict")
            json.string(verdict.word)
            if !reason.isEmpty {
                json.key("reason")
                json.string(reason)
            }
        }
    }
}

extension Verdict {
    /// The word in reports and entries.
    var word: String {
        switch self {
        case .pass: "pass"
        case .absorb: "absorb"
        case .retry: "retry"
        case .hold: "hold"
        case .reject: "reject"
        }
    }

    /// Reads the word; nil for one that no verdict has.
    init?(word: String) {
        switch word {
        case "pass": self = .pass
        case "absorb": self = .absorb
        case "retry": self = .retry(after: .zero)
        case "hold": self = .hold
        case "reject": self = .reject
        default: return nil
        }
    }
}
