import CSimdJSON

/// One value of a ``JSONDocument``, or a key. It keeps its document alive.
public struct JSONNode {
    /// What a value is.
    public enum Kind: Sendable {
        /// `null`.
        case null
        /// `true` or `false`.
        case bool
        /// A whole number that fits into 64 bits.
        case integer
        /// Any other number.
        case double
        /// A text.
        case string
        /// A list of values.
        case array
        /// Names with values.
        case object
    }

    let document: JSONDocument
    let index: Int

    @inline(__always) private var node: tidings_json_node { document.nodes[index] }

    /// What the value is.
    public var kind: Kind {
        switch node.kind {
        case .null: .null
        case .false, .true: .bool
        case .integer: .integer
        case .double: .double
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Where the value stands in the text, quotes and brackets included.
    public var bytes: Range<Int> {
        let start = Int(node.offset)
        return start..<start + Int(node.length)
    }

    /// Lends the bytes of a string, escapes replaced; nil where the value is no string.
    @inline(__always)
    public func withText<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R? {
        let node = node
        guard node.kind == .string else { return nil }
        let base = node.is_unescaped == 0 ? document.input : document.strings
        return body(
            UnsafeBufferPointer(start: base + Int(node.value.text.start), count: Int(node.value.text.length)))
    }

    /// The string; nil where the value is none.
    public var text: String? { withText { String(decoding: $0, as: UTF8.self) } }

    /// The whole number; nil where the value is none.
    public var integer: Int? { node.kind == .integer ? Int(node.value.integer) : nil }

    /// The number; nil where the value is none.
    public var number: Double? {
        switch node.kind {
        case .integer: Double(node.value.integer)
        case .double: node.value.number
        default: nil
        }
    }

    /// The truth value; nil where the value is none.
    public var bool: Bool? {
        switch node.kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// Whether the value is null.
    public var isNull: Bool { node.kind == .null }

    /// The value as it stands in the text.
    public var source: String {
        let range = bytes
        return String(
            decoding: UnsafeBufferPointer(start: document.input + range.lowerBound, count: range.count),
            as: UTF8.self)
    }

    /// The elements of an array; none where the value is something else.
    public var elements: JSONElements { JSONElements(of: self, if: node.kind == .array) }

    /// The members of an object; none where the value is something else.
    public var members: JSONMembers { JSONMembers(of: self, if: node.kind == .object) }

    /// The elements of an array, or the value itself where it is none.
    public var elementsOrSelf: JSONElements {
        if node.kind == .array { return elements }
        return JSONElements(document: document, at: index, end: index + 1, isSingle: true)
    }

    /// The first element of an array, or the value itself where it is none; nil for an empty array.
    public var firstOrSelf: JSONNode? {
        var elements = elementsOrSelf
        return elements.next()
    }

    /// The value of a key; nil where the object has no such key or the value is no object.
    public subscript(key: StaticString) -> JSONNode? {
        var found: JSONNode?
        for (name, value) in members where name.isText(key) { found = value }
        return found
    }

    /// Whether the value is that very string.
    public func isText(_ expected: StaticString) -> Bool {
        withText { text in
            text.count == expected.utf8CodeUnitCount && expected.withUTF8Buffer { $0.elementsEqual(text) }
        } ?? false
    }

    /// The way from the root to this value: `location.address` or `[2].name`.
    public var path: String {
        var path = ""
        var here = document.root
        descent: while here.index < index {
            var count = 0
            for element in here.elements {
                if index < element.next {
                    path += "[\(count)]"
                    here = element
                    continue descent
                }
                count += 1
            }
            for (key, value) in here.members where index < value.next {
                path += (path.isEmpty ? "" : ".") + (key.text ?? "")
                here = value
                continue descent
            }
            break
        }
        return path
    }

    fileprivate var next: Int { Int(node.next) }
}

/// The elements of an array, in order.
public struct JSONElements: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var at: Int
    private let end: Int
    private let isSingle: Bool

    init(of node: JSONNode, if isArray: Bool) {
        let end = isArray ? node.next : node.index + 1
        self.init(document: node.document, at: node.index + 1, end: end, isSingle: false)
    }

    init(document: JSONDocument, at: Int, end: Int, isSingle: Bool) {
        self.document = document
        self.at = at
        self.end = end
        self.isSingle = isSingle
    }

    /// The next element.
    public mutating func next() -> JSONNode? {
        guard at < end else { return nil }
        let node = JSONNode(document: document, index: at)
        at = isSingle ? end : node.next
        return node
    }
}

/// The members of an object, in order.
public struct JSONMembers: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var at: Int
    private let end: Int

    init(of node: JSONNode, if isObject: Bool) {
        document = node.document
        at = node.index + 1
        end = isObject ? node.next : at
    }

    /// The next member: its key and its value.
    public mutating func next() -> (key: JSONNode, value: JSONNode)? {
        guard at < end else { return nil }
        let key = JSONNode(document: document, index: at)
        let value = JSONNode(document: document, index: at + 1)
        at = value.next
        return (key, value)
    }
}
