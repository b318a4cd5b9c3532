import EventFormats
import EventModel
import PluginKit

/// How a person's ruling is kept: the word for it, and on a second line, where there are any, the corrections as a JSON
/// array of paths and values.
extension Release {
    var words: String {
        guard !corrections.isEmpty else { return ruling.words }
        var json = JSONWriter()
        json.array { list in
            for correction in corrections {
                list.string(correction.path)
                list.string(correction.value)
            }
        }
        return ruling.words + "\n" + json.text
    }

    /// Reads what ``words`` gave; nil for anything else.
    init?(words: String, decidedBy: UInt32, decidedAt: Instant) {
        let lines = words.split(separator: "\n", maxSplits: 1)
        guard let first = lines.first, let ruling = Ruling(words: first) else { return nil }
        var corrections: [Correction] = []
        if lines.count == 2 {
            let texts: [String]
            do {
                texts = try JSONDocument(Array(lines[1].utf8)).root.elements.compactMap(\.text)
            } catch {
                return nil
            }
            for index in stride(from: 0, to: texts.count - 1, by: 2) {
                corrections.append(Correction(texts[index], texts[index + 1]))
            }
        }
        self.init(ruling, corrections: corrections, decidedBy: decidedBy, decidedAt: decidedAt)
    }

    /// For people: `released by user 1001 as new, with name.text set to "Gala"`.
    var sentence: String {
        var sentence = "released by user \(decidedBy)"
        switch ruling {
        case .accept: break
        case .new: sentence += " as new"
        case .update(let uid): sentence += " as an update of \(uid)"
        case .revert(let id, let item): return "user \(decidedBy) took back what \(id)/\(item) did"
        }
        if corrections.isEmpty { return sentence }
        return sentence + ", with " + corrections.map { "\($0.path) set to \"\($0.value)\"" }.joined(separator: ", ")
    }
}

extension Ruling {
    private static let (updatePrefix, revertPrefix) = ("update ", "revert ")

    var words: String {
        switch self {
        case .accept: "accept"
        case .new: "new"
        case .update(let uid): Ruling.updatePrefix + uid
        case .revert(let id, let item): Ruling.revertPrefix + "\(id)/\(item)"
        }
    }

    fileprivate init?(words: Substring) {
        switch words {
        case "accept": self = .accept
        case "new": self = .new
        default:
            if words.hasPrefix(Ruling.updatePrefix) {
                self = .update(of: String(words.dropFirst(Ruling.updatePrefix.count)))
                return
            }
            let parts = words.dropFirst(Ruling.revertPrefix.count).split(separator: "/")
            guard words.hasPrefix(Ruling.revertPrefix), parts.count == 2, let id = DeliveryID(parts[0]),
                let item = Int(written: parts[1], in: 0...Int(Int32.max))
            else { return nil }
            self = .revert(id, item: item)
        }
    }
}
