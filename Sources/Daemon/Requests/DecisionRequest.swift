public import EventModel
import EventFormats

/// What an administrator asks of the daemon: one JSON object in a file of `requests/`. Written by `tidings`, read by the
/// daemon; the file's owner is the one who decided, whatever stands in it.
public struct DecisionRequest: Hashable, Sendable {
    /// The version of the form.
    public static let schema = "tidings-request/1"
    /// The longest comment, uid, path or value, in bytes.
    public static let longestText = 4096
    /// Corrections in one request, at most.
    public static let maxCorrections = 100

    /// What is asked.
    public enum Action: Hashable, Sendable {
        /// A delivery of deferred/, rejected/ or held/ passes all stages again.
        case retry(DeliveryID)
        /// A delivery of held/ goes on, as the person rules about it.
        case release(DeliveryID, Ruling, corrections: [Correction])
        /// A delivery of held/, rejected/ or deferred/ is removed.
        case discard(DeliveryID)
        /// An event leaves every output.
        case withdraw(uid: String)
        /// An event that was withdrawn may reach outputs again.
        case restore(uid: String)
        /// An event is erased.
        case forget(uid: String)

        /// The word for it.
        public var word: String {
            switch self {
            case .retry: "retry"
            case .release: "release"
            case .discard: "discard"
            case .withdraw: "withdraw"
            case .restore: "restore"
            case .forget: "forget"
            }
        }

        /// The words of all actions.
        static let words = ["retry", "release", "discard", "withdraw", "restore", "forget"]
    }

    /// What is asked.
    public let action: Action
    /// Why, in the person's own words; empty where nothing is said.
    public let comment: String

    /// Makes a request.
    public init(_ action: Action, comment: String = "") {
        self.action = action
        self.comment = comment
    }

    /// The delivery that is decided about.
    public var delivery: DeliveryID? {
        switch action {
        case .retry(let id), .release(let id, _, _), .discard(let id): id
        case .withdraw, .restore, .forget: nil
        }
    }

    /// The event that is decided about.
    public var uid: String? {
        switch action {
        case .retry, .release, .discard: nil
        case .withdraw(let uid), .restore(let uid), .forget(let uid): uid
        }
    }

    /// The file's bytes.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("schema")
            json.string(DecisionRequest.schema)
            json.key("action")
            json.string(action.word)
            if let delivery {
                json.key("delivery")
                json.string(delivery.description)
            }
            if let uid {
                json.key("uid")
                json.string(uid)
            }
            if case .release(_, let ruling, let corrections) = action {
                DecisionRequest.write(ruling, corrections, &json)
            }
            if !comment.isEmpty {
                json.key("comment")
                json.string(comment)
            }
        }
        json.newline()
        return json.bytes
    }

    private static func write(_ ruling: Ruling, _ corrections: [Correction], _ json: inout JSONWriter) {
        switch ruling {
        case .accept: break
        case .new:
            json.key("as")
            json.string("new")
        case .update(let uid):
            json.key("updateOf")
            json.string(uid)
        }
        guard !corrections.isEmpty else { return }
        json.key("set")
        json.object { set in
            for correction in corrections {
                set.key(dynamic: correction.path)
                set.string(correction.value)
            }
        }
    }
}
