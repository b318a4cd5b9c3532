import CSimdJSON

/// Why text is not JSON, and where.
public struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Sendable, CaseIterable {
        /// There is nothing but white space.
        case empty
        /// Bytes that are not UTF-8.
        case invalidUTF8
        /// The text ends too early.
        case truncated
        /// A control character in a string.
        case controlCharacter
        /// Something else was expected.
        case syntax
        /// An escape that JSON does not have.
        case invalidEscape
        /// Half of a character.
        case loneSurrogate
        /// A number that JSON does not have.
        case invalidNumber
        /// More text after the end.
        case trailing
        /// Nested deeper than the limit.
        case tooDeep
        /// More values than the limit.
        case tooMany
        /// More bytes than can be read.
        case tooLong
        /// There is no memory for it.
        case noMemory
    }

    /// What is wrong.
    public var kind: Kind
    /// Bytes from the start of the text.
    public var offset: Int

    /// What is wrong and what to do: a sentence without the place.
    public var description: String {
        switch kind {
        case .empty: "there is nothing but white space"
        case .invalidUTF8: "these bytes are not UTF-8; save the file as UTF-8"
        case .truncated: "the file ends before what begins here is closed; send the whole file again"
        case .controlCharacter: "a control character stands in a string; write it as an escape such as \\n or \\u0009"
        case .syntax: "this is not JSON: something else was expected here; look for a missing quote, comma or bracket"
        case .invalidEscape: "JSON has no such escape; use \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four digits"
        case .loneSurrogate: "this escape is half of a character; write both halves, or the character itself"
        case .invalidNumber: "this is not a number of JSON; put it in quotes if it is a text"
        case .trailing: "more text follows after the end of the document; drop one document a file, or an array of them"
        case .tooDeep: "this is nested deeper than the limit allows; raise the limit or flatten the document"
        case .tooMany: "there are more values than the limit allows; raise the limit or split the file"
        case .tooLong: "the text is longer than two gigabytes"
        case .noMemory: "there is not enough memory to read this"
        }
    }
}

/// A JSON text (RFC 8259) that has been read whole. It keeps its own copy of the bytes. Where a key stands twice in an
/// object the later one counts.
public final class JSONDocument {
    /// What reading may spend.
    public struct Limits: Sendable {
        /// Containers in one another.
        public var depth: Int
        /// Values, keys not counted.
        public var values: Int

        /// Makes limits.
        public init(depth: Int = 64, values: Int = 200_000) {
            self.depth = depth
            self.values = values
        }

        /// Hardly any, for text that this program has written itself.
        public static let own = Limits(depth: 64, values: 10_000_000)
    }

    private let handle: UnsafePointer<tidings_json_document>
    let nodes: UnsafePointer<tidings_json_node>
    let input: UnsafePointer<UInt8>
    let strings: UnsafePointer<UInt8>

    /// Reads a text.
    public convenience init(_ bytes: [UInt8], limits: Limits = Limits()) throws(JSONFault) {
        try self.init(
            handle: bytes.withUnsafeBufferPointer {
                tidings_json_parse(
                    $0.baseAddress, $0.count, UInt32(clamping: limits.depth), UInt32(clamping: limits.values))
            })
    }

    private init(handle: UnsafePointer<tidings_json_document>?) throws(JSONFault) {
        guard let handle else { throw JSONFault(kind: .noMemory, offset: 0) }
        guard let kind = JSONFault.Kind(handle.pointee.fault) else {
            self.handle = handle
            nodes = handle.pointee.nodes
            input = handle.pointee.input
            strings = handle.pointee.strings
            return
        }
        let fault = JSONFault(kind: kind, offset: handle.pointee.fault_offset)
        tidings_json_release(handle)
        throw fault
    }

    deinit { tidings_json_release(handle) }

    /// How many entries the tape has, keys included.
    var nodeCount: Int { Int(handle.pointee.node_count) }

    /// The outermost value.
    public var root: JSONNode { JSONNode(document: self, index: 0) }
}

extension JSONFault.Kind {
    fileprivate init?(_ fault: tidings_json_fault) {
        switch fault {
        case .ok: return nil
        case .empty: self = .empty
        case .invalid_utf8: self = .invalidUTF8
        case .truncated: self = .truncated
        case .control_character: self = .controlCharacter
        case .syntax: self = .syntax
        case .invalid_escape: self = .invalidEscape
        case .lone_surrogate: self = .loneSurrogate
        case .invalid_number: self = .invalidNumber
        case .trailing: self = .trailing
        case .too_deep: self = .tooDeep
        case .too_many: self = .tooMany
        case .too_long: self = .tooLong
        case .no_memory: self = .noMemory
        }
    }
}
