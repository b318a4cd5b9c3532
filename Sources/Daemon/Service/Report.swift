import EventFormats
import EventModel
import Pipeline
import PluginKit
import Systemd

/// The account of a delivery that stands beside the file and is given to its sender.
struct Report {
    /// The version of the report's JSON.
    static let schema = "tidings-report/1"

    let passage: Passage
    /// How often the delivery has been worked on, this time included.
    let attempts: Int
    /// When a deferred delivery is tried again.
    let nextTry: Instant?

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
        json.integer(delivery.bytes.count)
        json.key("submitter")
        json.integer(delivery.submitter)
        json.key("receivedAt")
        json.string(delivery.receivedAt.description)
        if let format = delivery.decoded.format {
            json.key("format")
            json.string(format.rawValue)
        }
        json.key("outcome")
        json.string(passage.outcome.rawValue)
        if let stage = passage.stage {
            json.key("stage")
            json.string(stage)
        }
        json.key("message")
        json.string(passage.sentence)
        json.key("attempts")
        json.integer(attempts)
        if let nextTry {
            json.key("nextTry")
            json.string(nextTry.description)
        }
        if let release = delivery.facts[Release.self] {
            json.key("release")
            release.write(into: &json)
        }
        json.key("updates")
        json.array { writeUpdates(into: &$0) }
        json.key("diagnostics")
        json.array { list in for diagnostic in passage.diagnostics { diagnostic.write(into: &list) } }
        json.key("stages")
        json.array { list in
            for answer in passage.answers {
                list.object { json in
                    json.key("stage")
                    json.string(answer.stage)
                    json.key("verdict")
                    json.string(answer.verdict.word)
                    if !answer.reason.isEmpty {
                        json.key("reason")
                        json.string(answer.reason)
                    }
                }
            }
        }
    }

    private func writeUpdates(into json: inout JSONWriter) {
        let resolutions = passage.resolutions
        for (index, decoded) in passage.delivery.decoded.updates.enumerated() {
            json.object { json in
                json.key("uid")
                json.string(decoded.update.uid)
                if let sequence = decoded.update.sequence {
                    json.key("sequence")
                    json.integer(sequence)
                }
                if index < resolutions.count {
                    json.key("intent")
                    json.string(resolutions[index].intent.rawValue)
                    json.key("changes")
                    json.array { list in for change in resolutions[index].changes { change.write(into: &list) } }
                }
            }
        }
    }

    /// The report for people: a paragraph and what was found, line by line.
    var text: String {
        let delivery = passage.delivery
        let file = PrintableText.escape(delivery.file)
        var lines = [
            "\(file): \(passage.outcome.rawValue)",
            PrintableText.escape(passage.sentence),
            "",
            "delivery  \(delivery.id)",
            "received  \(delivery.receivedAt)",
            "sha256    \(delivery.sha256)",
        ]
        if let nextTry { lines.append("next try  \(nextTry)") }
        if passage.outcome == .held {
            lines.append(
                "decide    an administrator runs 'tidings release \(delivery.id)', with --as new, --update-of UID or")
            lines.append("          --set PATH=VALUE where that is so, or 'tidings discard \(delivery.id)'")
        }
        if !passage.diagnostics.isEmpty { lines.append("") }
        for diagnostic in passage.diagnostics { lines.append(PrintableText.escape(diagnostic.line(file: file))) }
        return lines.joined(separator: "\n") + "\n"
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
}
