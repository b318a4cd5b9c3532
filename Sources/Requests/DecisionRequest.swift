public import EventModel
import EventFormats

/// Updates of a delivery that a person decides about.
public struct DecidedItems: Hashable, Sendable, CustomStringConvertible {
    /// The delivery.
    public let delivery: DeliveryID
    /// Their places in the file, from 1, and 0 for what the file lacks as a complete list; none for all that wait for a
    /// decision.
    public let items: [Int]

    /// Names items of a delivery; all that wait, unless some are named.
    public init(_ delivery: DeliveryID, items: [Int] = []) {
        self.delivery = delivery
        self.items = Array(Set(items)).sorted()
    }

    /// Reads `ID` or `ID/3`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let delivery = DeliveryID(parts[0]) else { return nil }
        if parts.count == 1 {
            self.init(delivery)
        } else {
            guard let item = Int(written: parts[1], in: 0...DecisionRequest.maxItem) else { return nil }
            self.init(delivery, items: [item])
        }
    }

    /// Whether it says that of the item of that number.
    public func contains(_ number: Int) -> Bool { items.isEmpty || items.contains(number) }

    /// `ID`, `ID/3`, or `ID, items 3, 4 and 7`.
    public var description: String {
        switch items.count {
        case 0: return delivery.description
        case 1: return "\(delivery)/\(items[0])"
        default:
            let shown = items.prefix(10).map(String.init)
            let rest = items.count - shown.count
            let last = rest > 0 ? "\(rest) more" : shown[shown.count - 1]
            let first = rest > 0 ? shown : shown.dropLast()
            return "\(delivery), items \(first.joined(separator: ", ")) and \(last)"
        }
    }
}

/// What an administrator asks of the daemon: one JSON object in a file of `requests/`. Written by `tidings`, read by the
/// daemon; the file's owner is the one who decided, whatever stands in it.
public struct DecisionRequest: Hashable, Sendable {
    /// The version of the form.
    public static let schema = "tidings-request/1"
    /// The longest comment, uid, path or value, in bytes.
    public static let longestText = 4096
    /// Corrections in one request, at most.
    public static let maxCorrections = 100
    /// Items in one request, at most.
    public static let maxItems = 5000
    /// The highest number of an item.
    public static let maxItem = 1_000_000

    /// What is asked.
    public enum Action: Hashable, Sendable {
        /// A delivery of deferred/, rejected/ or held/ passes all stages again, or some of its updates do.
        case retry(DecidedItems)
        /// Updates that are held go on, as the person rules about them.
        case release(DecidedItems, Ruling, corrections: [Correction])
        /// A delivery of held/, rejected/ or deferred/ is removed, or updates of it that are held are thrown away.
        case discard(DecidedItems)
        /// What updates of a delivery did to their events is taken back.
        case revert(DecidedItems)
        /// An event leaves every output.
        case withdraw(uid: String)
        /// An event that was withdrawn may reach outputs again.
        case readmit(uid: String)
        /// An event is erased.
        case forget(uid: String)
        /// What is said of the second uid is said of the event of the first from now on.
        case link(uid: String, alias: String)
        /// The second uid has an event of its own again.
        case unlink(uid: String, alias: String)
        /// All that comes from somewhere is held from now on.
        case suspend(Origin)
        /// What comes from there goes on.
        case resume(Origin)

        /// The word for it.
        public var word: String {
            switch self {
            case .retry: "retry"
            case .release: "release"
            case .discard: "discard"
            case .revert: "revert"
            case .withdraw: "withdraw"
            case .readmit: "readmit"
            case .forget: "forget"
            case .link: "link"
            case .unlink: "unlink"
            case .suspend: "suspend"
            case .resume: "resume"
            }
        }

        /// The words of all actions.
        static let words = [
            "retry", "release", "discard", "revert", "withdraw", "readmit", "forget", "link", "unlink", "suspend",
            "resume",
        ]
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

    /// The updates that are decided about.
    public var items: DecidedItems? {
        switch action {
        case .retry(let items), .release(let items, _, _), .discard(let items), .revert(let items): items
        case .withdraw, .readmit, .forget, .link, .unlink, .suspend, .resume: nil
        }
    }

    /// The delivery that is decided about.
    public var delivery: DeliveryID? { items?.delivery }

    /// The most updates that are taken back at once.
    public static let maxReverted = 1000

    /// The event that is decided about.
    public var uid: String? {
        switch action {
        case .retry, .release, .discard, .revert, .suspend, .resume: nil
        case .withdraw(let uid), .readmit(let uid), .forget(let uid): uid
        case .link(let uid, _), .unlink(let uid, _): uid
        }
    }

    /// The uid that is to stand for the event, or to do so no more.
    public var alias: String? {
        switch action {
        case .link(_, let alias), .unlink(_, let alias): alias
        case .retry, .release, .discard, .revert, .withdraw, .readmit, .forget, .suspend, .resume: nil
        }
    }

    /// Whose updates are held or go on.
    public var origin: Origin? {
        switch action {
        case .suspend(let origin), .resume(let origin): origin
        case .retry, .release, .discard, .revert, .withdraw, .readmit, .forget, .link, .unlink: nil
        }
    }

    /// What it is about, for people: `ID/3`, a uid, `user 1000`.
    public var subject: String {
        let event = uid.map { uid in alias.map { "\($0) and \(uid)" } ?? uid }
        return items?.description ?? event ?? origin?.description ?? ""
    }

    /// The file's bytes.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("schema")
            json.string(DecisionRequest.schema)
            json.key("action")
            json.string(action.word)
            json.subject(items, uid: uid, origin: origin)
            if let alias {
                json.key("alias")
                json.string(alias)
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
        case .revert: break
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

extension JSONWriter {
    /// Writes what a request, or the answer to one, is about.
    mutating func subject(_ items: DecidedItems?, uid: String?, origin: Origin?) {
        if let items {
            key("delivery")
            string(items.delivery.description)
            if !items.items.isEmpty {
                key("items")
                array { list in for number in items.items { list.integer(number) } }
            }
        }
        if let uid {
            key("uid")
            string(uid)
        }
        if let origin {
            key("origin")
            string(origin.description)
        }
    }
}
