package import EventFormats
import EventModel
import PluginKit

/// Why a request is refused: a sentence with the remedy.
public struct RequestFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    /// Makes a fault.
    public init(_ description: String) { self.description = description }
}

extension DecisionRequest {
    private static let keys = [
        "schema", "action", "delivery", "items", "uid", "alias", "origin", "as", "updateOf", "set", "comment",
    ]

    /// Reads a request's bytes. A key that the form does not have, a value of another kind and a missing one are faults.
    public init(_ bytes: [UInt8]) throws(RequestFault) {
        let root: JSONNode
        do {
            root = try JSONDocument(bytes, limits: .init(depth: 3, values: 2 * DecisionRequest.maxItems)).root
        } catch {
            throw RequestFault("it is not JSON: byte \(error.offset): \(error)")
        }
        guard root.kind == .object else { throw RequestFault("it is no JSON object") }
        var seen: Set<String> = []
        for (key, _) in root.members {
            let name = key.text ?? ""
            guard DecisionRequest.keys.contains(name) else {
                let hint = nearest(to: name, among: DecisionRequest.keys).map { "; did you mean \"\($0)\"?" } ?? ""
                throw RequestFault("it has the unknown key \"\(name.printable)\"\(hint)")
            }
            guard seen.insert(name).inserted else { throw RequestFault("its key \"\(name)\" stands there twice") }
        }
        guard root["schema"]?.isText("tidings-request/1") == true else {
            throw RequestFault("its schema is not \"\(DecisionRequest.schema)\"")
        }
        let fields = Fields(root: root)
        comment = try fields.text("comment", isRequired: false) ?? ""
        let word = try fields.text("action") ?? ""
        switch word {
        case "retry": action = .retry(try fields.items())
        case "discard": action = .discard(try fields.items())
        case "revert": action = .revert(try fields.items())
        case "release":
            action = .release(try fields.items(), try fields.ruling(), corrections: try fields.corrections())
        case "withdraw": action = .withdraw(uid: try fields.uid())
        case "readmit": action = .readmit(uid: try fields.uid())
        case "forget": action = .forget(uid: try fields.uid())
        case "link": action = .link(uid: try fields.uid(), alias: try fields.uid("alias"))
        case "unlink": action = .unlink(uid: try fields.uid(), alias: try fields.uid("alias"))
        case "suspend": action = .suspend(try fields.origin())
        case "resume": action = .resume(try fields.origin())
        default:
            let hint = nearest(to: word, among: Action.words).map { "did you mean \"\($0)\"?" }
            throw RequestFault(
                "its action is \"\(word.printable)\"; "
                    + (hint ?? "expected one of \(Action.words.joined(separator: ", "))"))
        }
        let own: Set<String> =
            switch action {
            case .retry, .discard, .revert: ["delivery", "items"]
            case .release: ["delivery", "items", "as", "updateOf", "set"]
            case .withdraw, .readmit, .forget: ["uid"]
            case .link, .unlink: ["uid", "alias"]
            case .suspend, .resume: ["origin"]
            }
        if let foreign = seen.subtracting(own).subtracting(["schema", "action", "comment"]).min() {
            throw RequestFault("\"\(foreign)\" does not belong to \"\(word)\"; leave it out")
        }
    }

    /// The members of a request, by their kinds.
    private struct Fields {
        let root: JSONNode

        func text(_ key: StaticString, isRequired: Bool = true) throws(RequestFault) -> String? {
            guard let node = root[key] else {
                if isRequired { throw RequestFault("its \"\(key)\" is missing") }
                return nil
            }
            guard let text = node.text else { throw RequestFault("its \"\(key)\" is no text") }
            guard text.utf8.count <= DecisionRequest.longestText else {
                throw RequestFault("its \"\(key)\" has more than \(DecisionRequest.longestText) bytes")
            }
            return text
        }

        func delivery() throws(RequestFault) -> DeliveryID {
            let text = try text("delivery") ?? ""
            guard let id = DeliveryID(text) else {
                throw RequestFault("its delivery is \"\(text.printable)\"; expected an id of 26 digits and capitals")
            }
            return id
        }

        func items() throws(RequestFault) -> DecidedItems {
            let delivery = try delivery()
            guard let list = root["items"] else { return DecidedItems(delivery) }
            let numbers = list.elements.compactMap(\.integer).filter { (0...DecisionRequest.maxItem).contains($0) }
            guard list.kind == .array, !numbers.isEmpty, numbers.count == Array(list.elements).count else {
                throw RequestFault("its \"items\" is no list of numbers from 0 on")
            }
            guard numbers.count <= DecisionRequest.maxItems else {
                throw RequestFault("it names more than \(DecisionRequest.maxItems) items; ask in several requests")
            }
            return DecidedItems(delivery, items: numbers)
        }

        func uid(_ key: StaticString = "uid") throws(RequestFault) -> String {
            let text = try text(key) ?? ""
            if text.isEmpty { throw RequestFault("its \(key) is empty") }
            return text
        }

        func origin() throws(RequestFault) -> Origin {
            let text = try text("origin") ?? ""
            guard let origin = Origin(text) else {
                throw RequestFault(
                    "its origin is \"\(text.printable)\"; expected \"user NUMBER\" or \"publisher NAME\"")
            }
            return origin
        }

        func ruling() throws(RequestFault) -> Ruling {
            let target = try text("updateOf", isRequired: false)
            guard let word = try text("as", isRequired: false) else {
                guard let target else { return .accept }
                if target.isEmpty { throw RequestFault("its updateOf is empty") }
                return .update(of: target)
            }
            if target != nil { throw RequestFault("it has both \"as\" and \"updateOf\"; leave one out") }
            guard word == "new" else { throw RequestFault("its \"as\" is \"\(word.printable)\"; expected \"new\"") }
            return .new
        }

        func corrections() throws(RequestFault) -> [Correction] {
            guard let set = root["set"] else { return [] }
            guard set.kind == .object else { throw RequestFault("its \"set\" is no object of paths and values") }
            var corrections: [Correction] = []
            for (key, value) in set.members {
                let path = key.text ?? ""
                guard let text = value.text else {
                    throw RequestFault("what it sets \(path.printable) to is no text; put it in quotes")
                }
                guard max(path.utf8.count, text.utf8.count) <= DecisionRequest.longestText else {
                    throw RequestFault(
                        "a path or value that it sets has more than \(DecisionRequest.longestText) bytes")
                }
                guard !corrections.contains(where: { $0.path == path }) else {
                    throw RequestFault("it sets \(path.printable) twice")
                }
                corrections.append(Correction(path, text))
            }
            guard corrections.count <= DecisionRequest.maxCorrections else {
                throw RequestFault(
                    "it sets more than \(DecisionRequest.maxCorrections) fields; correct the file instead")
            }
            return corrections
        }
    }
}

extension RequestFault {
    /// Why a correction cannot be made, with the nearest path.
    package init(_ fault: CorrectionFault) {
        var words = fault.description.printable
        if !fault.known.isEmpty {
            let hint = PluginKit.nearest(to: fault.path, among: fault.known)
            words += hint.map { "; did you mean \($0)?" } ?? "; there are \(fault.known.joined(separator: ", "))"
        }
        self.init(words)
    }
}
