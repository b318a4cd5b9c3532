import Requests
import EventFormats
import EventModel
import PluginKit
import Spool

/// What a person decided about updates of a delivery that waits, on its way through the stages.
struct ItemDecision: Hashable, Sendable {
    enum Action: Hashable, Sendable {
        /// All stages are asked again.
        case retry
        /// They go on.
        case release(Ruling, corrections: [Correction])
        /// They are thrown away.
        case discard
        /// What they did is taken back.
        case revert
    }

    var action: Action
    var items: DecidedItems
    /// The numeric user id of the person, and when.
    var decidedBy: UInt32
    var decidedAt: Instant
    /// What that person said to it.
    var comment: String

    /// What the stages are told of it.
    var release: Release? {
        guard case .release(let ruling, let corrections) = action else { return nil }
        return Release(
            ruling, corrections: corrections, decidedBy: decidedBy, decidedAt: decidedAt, comment: comment)
    }

    private var request: DecisionRequest.Action {
        switch action {
        case .retry: .retry(items)
        case .release(let ruling, let corrections): .release(items, ruling, corrections: corrections)
        case .discard: .discard(items)
        case .revert: .revert(items)
        }
    }

    /// What active/ remembers of a file that a person has decided about, so that it outlives a kill: the decision, and the
    /// name as dropped.
    func note(name: FileName?) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("fileBytes")
            json.array { list in for byte in name?.bytes ?? [] { list.integer(byte) } }
            json.key("decision")
            write(into: &json)
        }
        json.newline()
        return json.bytes
    }

    func write(into json: inout JSONWriter) {
        json.object { json in
            json.key("request")
            json.string(String(decoding: DecisionRequest(request, comment: comment).json.dropLast(), as: UTF8.self))
            json.key("decidedBy")
            json.integer(decidedBy)
            json.key("decidedAt")
            json.integer(decidedAt.microseconds)
        }
    }

    /// Reads one back as ``note(name:)`` wrote it; nil for anything else.
    init?(note node: JSONNode) {
        guard let request = node["request"]?.text, let user = node["decidedBy"]?.integer.flatMap(UInt32.init(exactly:)),
            let time = node["decidedAt"]?.integer
        else { return nil }
        do throws(RequestFault) {
            self.init(
                try DecisionRequest(Array(request.utf8)), decidedBy: user,
                decidedAt: Instant(microseconds: Int64(time)))
        } catch {
            return nil
        }
    }

    /// The decision that a request asks to be carried out; nil for one about an event.
    init?(_ request: DecisionRequest, decidedBy: UInt32, decidedAt: Instant) {
        switch request.action {
        case .retry(let items): (action, self.items) = (.retry, items)
        case .release(let items, let ruling, let corrections):
            (action, self.items) = (.release(ruling, corrections: corrections), items)
        case .discard(let items): (action, self.items) = (.discard, items)
        case .revert(let items): (action, self.items) = (.revert, items)
        case .withdraw, .readmit, .forget, .link, .unlink, .suspend, .resume: return nil
        }
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        comment = request.comment
    }
}

extension Release {
    /// Why a release cannot be done, with what of it is at fault: the update was not rejected before.
    func refusal(of reason: String, by stage: String?, _ diagnostics: [Diagnostic]) -> String {
        let faults = diagnostics.filter { $0.severity == .error }
        let isSaid = { (correction: Correction) in
            faults.contains { $0.field == correction.path || $0.field.hasPrefix(correction.path + ".") }
        }
        let guilty = corrections.contains(where: isSaid) ? corrections.filter(isSaid) : corrections
        let set = guilty.prefix(3).map { "\($0.path) set to \"\($0.value.printable)\"" }.joined(separator: ", ")
        let why = faults.isEmpty ? reason : faults.prefix(3).map(\.message).joined(separator: "; ")
        let subject = stage.map { stage in
            set.isEmpty ? "stage \(stage) refuses it" : "stage \(stage) refuses it with \(set)"
        }
        return (subject.map { "\($0): " } ?? "") + "\(why); it stays held as it was"
    }
}

extension Ruling {
    /// Whether it can be said of one update only.
    var isOfOne: Bool { self != .accept }
}
