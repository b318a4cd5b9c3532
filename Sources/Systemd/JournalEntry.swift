/// One entry: a sentence, what kind of entry it is, and fields that programs look for.
public struct JournalEntry: Sendable {
    /// The value of a field. Any bytes are allowed, line ends too.
    public enum Value: Hashable, Sendable {
        case text(String)
        case bytes([UInt8])
        case integer(Int)
    }

    /// A named value. A name may come up several times in one entry: `TIDINGS_UID` does, once for each event.
    public struct Field: Hashable, Sendable {
        /// Upper-case letters, digits and underscores, 64 bytes at most, beginning with a letter. The writer makes
        /// any other name fit, since journald would drop the field without a word.
        public var name: String
        /// The value.
        public var value: Value

        /// A field of any value.
        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }

        /// A field of text.
        public init(_ name: String, _ text: String) { self.init(name, .text(text)) }

        /// A field of bytes, such as a file's name.
        public init(_ name: String, _ bytes: [UInt8]) { self.init(name, .bytes(bytes)) }

        /// A field of a number.
        public init(_ name: String, _ integer: Int) { self.init(name, .integer(integer)) }
    }

    /// The kind of the entry, explained by the message catalog.
    public var messageID: MessageID
    /// The sentence for people.
    public var message: String
    /// How important it is.
    public var priority: JournalPriority
    /// Further fields, in the order they are written. `MESSAGE`, `MESSAGE_ID`, `PRIORITY`, `SYSLOG_IDENTIFIER` and
    /// `CODE_*` come from the entry itself.
    public var fields: [Field]
    /// Where the entry was made: `Module/File.swift`.
    public var file: String
    /// Where the entry was made.
    public var line: Int
    /// Where the entry was made.
    public var function: String

    /// Makes an entry. Without a priority it gets the one of its kind.
    public init(
        _ messageID: MessageID, _ message: String, priority: JournalPriority? = nil, fields: [Field] = [],
        file: String = #fileID, line: Int = #line, function: String = #function
    ) {
        self.messageID = messageID
        self.message = message
        self.priority = priority ?? messageID.priority
        self.fields = fields
        self.file = file
        self.line = line
        self.function = function
    }
}
