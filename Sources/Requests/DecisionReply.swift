public import EventModel
public import Pipeline
import EventFormats

/// What came of a request, as the one who made it finds it in `replies/UID/REQUEST.….json` and `.txt`.
public struct DecisionReply: Hashable, Sendable {
    /// The version of the form.
    public static let schema = "tidings-decision/1"

    /// What came of it.
    public enum Result: Hashable, Sendable {
        /// The delivery passed the stages again, with that outcome.
        case outcome(Outcome)
        /// The delivery was removed.
        case discarded
        /// The event has left every output.
        case withdrawn
        /// The event may reach outputs again.
        case readmitted
        /// The event was erased.
        case forgotten
        /// A uid stands for another event.
        case linked
        /// It has an event of its own again.
        case unlinked
        /// All that comes from there is held.
        case suspended
        /// What comes from there goes on.
        case resumed
        /// The request cannot be carried out.
        case refused
        /// The delivery waits nowhere any more.
        case gone

        /// The word for it.
        public var word: String {
            switch self {
            case .outcome(let outcome): outcome.rawValue
            case .discarded: "discarded"
            case .withdrawn: "withdrawn"
            case .readmitted: "readmitted"
            case .forgotten: "forgotten"
            case .linked: "linked"
            case .unlinked: "unlinked"
            case .suspended: "suspended"
            case .resumed: "resumed"
            case .refused: "refused"
            case .gone: "gone"
            }
        }

        /// Reads the word.
        public init?(word: String) {
            let own: [Result] = [
                .discarded, .withdrawn, .readmitted, .forgotten, .linked, .unlinked, .suspended, .resumed, .refused,
                .gone,
            ]
            if let match = own.first(where: { $0.word == word }) {
                self = match
            } else if let outcome = Outcome(rawValue: word) {
                self = .outcome(outcome)
            } else {
                return nil
            }
        }
    }

    /// What was asked: `release`; empty where the request could not be read.
    public var action: String
    /// The delivery or the updates it was about.
    public var items: DecidedItems?
    /// The event it was about; nil for one that was forgotten.
    public var uid: String?
    /// Events beside that one that the message may name.
    public var others: [String] = []
    /// Whose updates it was about.
    public var origin: Origin?
    /// What came of it.
    public var result: Result
    /// A sentence.
    public var message: String
    /// The numeric user id of the one who decided.
    public var decidedBy: UInt32
    /// When that person asked.
    public var decidedAt: Instant

    /// What it was about, for people.
    package var subject: String {
        items?.description ?? uid ?? origin?.description ?? (result == .forgotten ? "an event" : "the request")
    }

    /// The reply as JSON, one object on a line.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("schema")
            json.string(DecisionReply.schema)
            json.key("action")
            json.string(action)
            json.subject(items, uid: uid, origin: origin)
            if !others.isEmpty {
                json.key("others")
                json.array { list in for uid in others { list.string(uid) } }
            }
            json.key("result")
            json.string(result.word)
            json.key("message")
            json.string(message)
            json.key("decidedBy")
            json.integer(decidedBy)
            json.key("decidedAt")
            json.string(decidedAt.description)
        }
        json.newline()
        return json.bytes
    }

    /// Reads a reply; nil for anything else, such as a file that is still being written.
    public init?(_ bytes: [UInt8]) {
        let root: JSONNode
        do {
            root = try JSONDocument(bytes).root
        } catch {
            return nil
        }
        guard root["schema"]?.isText("tidings-decision/1") == true,
            let result = root["result"]?.text.flatMap(Result.init(word:)), let message = root["message"]?.text
        else { return nil }
        action = root["action"]?.text ?? ""
        let numbers = root["items"]?.elements.compactMap(\.integer) ?? []
        items = root["delivery"]?.text.flatMap { DeliveryID($0) }.map { DecidedItems($0, items: numbers) }
        uid = root["uid"]?.text
        others = root["others"]?.elements.compactMap(\.text) ?? []
        origin = root["origin"]?.text.flatMap(Origin.init)
        self.result = result
        self.message = message
        decidedBy = root["decidedBy"]?.integer.flatMap(UInt32.init(exactly:)) ?? 0
        decidedAt = Instant(microseconds: 0)
    }

    package init(
        action: String, items: DecidedItems?, uid: String?, others: [String] = [], origin: Origin? = nil,
        result: Result, message: String, decidedBy: UInt32, decidedAt: Instant
    ) {
        self.action = action
        self.items = items
        self.uid = uid
        self.others = others
        self.origin = origin
        self.result = result
        self.message = message
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }

    /// The reply for people.
    package var text: String {
        var lines = [
            "\(action.isEmpty ? "request" : action) \(subject.printable): \(result.word)", message.printable, "",
        ]
        if let items { lines.append("delivery  \(items.delivery)") }
        lines.append("decided   \(decidedAt)")
        return lines.joined(separator: "\n") + "\n"
    }
}
