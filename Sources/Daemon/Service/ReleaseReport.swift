import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool

/// A person's decision as the report of a delivery keeps it, so that it outlives a kill and a deferral.
extension Release {
    func write(into json: inout JSONWriter) {
        let request = DecisionRequest(.release(DeliveryID(high: 0, low: 0), ruling, corrections: corrections))
        json.object { json in
            json.key("request")
            json.string(String(decoding: request.json.dropLast(), as: UTF8.self))
            json.key("decidedBy")
            json.integer(decidedBy)
            json.key("decidedAt")
            json.integer(decidedAt.microseconds)
        }
    }

    /// Reads one back; nil for anything else.
    init?(report node: JSONNode) {
        guard let request = node["request"]?.text, let user = node["decidedBy"]?.integer.flatMap(UInt32.init(exactly:)),
            let time = node["decidedAt"]?.integer
        else { return nil }
        do throws(RequestFault) {
            guard case .release(_, let ruling, let corrections) = try DecisionRequest(Array(request.utf8)).action else {
                return nil
            }
            self.init(
                ruling, corrections: corrections, decidedBy: user, decidedAt: Instant(microseconds: Int64(time)))
        } catch {
            return nil
        }
    }

    /// What active/ remembers of a file that a person has decided about: the release, none for a retry, and its name as
    /// dropped. It starts anew.
    static func note(_ release: Release?, name: FileName?) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("fileBytes")
            json.array { list in for byte in name?.bytes ?? [] { list.integer(byte) } }
            json.key("release")
            if let release { release.write(into: &json) } else { json.null() }
        }
        json.newline()
        return json.bytes
    }

    /// Why a release cannot be done, with what of it is at fault: the file was not rejected before.
    func refusal(_ passage: Passage) -> String {
        let faults = passage.diagnostics.filter { $0.severity == .error }
        let isSaid = { (correction: Correction) in
            faults.contains { $0.field == correction.path || $0.field.hasPrefix(correction.path + ".") }
        }
        let guilty = corrections.contains(where: isSaid) ? corrections.filter(isSaid) : corrections
        let set = guilty.prefix(3).map { "\($0.path) set to \"\($0.value.printable)\"" }.joined(separator: ", ")
        let why = faults.isEmpty ? passage.reason : faults.prefix(3).map(\.message).joined(separator: "; ")
        let subject = passage.stage.map { stage in
            set.isEmpty ? "stage \(stage) refuses it" : "stage \(stage) refuses it with \(set)"
        }
        return (subject.map { "\($0): " } ?? "") + "\(why); the file stays held as it was"
    }
}
