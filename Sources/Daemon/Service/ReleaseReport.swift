import EventFormats
import EventModel
import PluginKit

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

    /// A set-aside file's report with a decision noted in it: none for a retry, which starts anew. Of a key that stands
    /// twice the later one counts.
    static func note(_ release: Release?, in report: [UInt8]?) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("attempts")
            json.integer(0)
            json.key("stages")
            json.array { _ in }
            json.key("diagnostics")
            json.array { _ in }
            json.key("release")
            if let release { release.write(into: &json) } else { json.null() }
        }
        let news = json.bytes
        guard let report, let end = report.lastIndex(of: UInt8(ascii: "}")), report[..<end].count > 1 else {
            return news
        }
        return report[..<end] + [UInt8(ascii: ",")] + news.dropFirst()
    }
}
