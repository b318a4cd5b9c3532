public import EventModel

/// A feed of entries (RFC 4287 §4.1.1).
public struct AtomFeed: Sendable {
    /// An IRI that never changes and names no other feed.
    public var id: String
    /// The title.
    public var title: String
    /// Who publishes the feed.
    public var author: String
    /// When something in it last changed.
    public var updated: Instant
    /// The feed's own address; nil where it is not known.
    public var selfLink: String?
    /// The page that shows the same; may be relative.
    public var alternateLink: String?
    /// The entries, newest first.
    public var entries: [AtomEntry] = []

    /// Makes an empty feed.
    public init(id: String, title: String, author: String, updated: Instant) {
        self.id = id
        self.title = title
        self.author = author
        self.updated = updated
    }
}

/// An entry of a feed (RFC 4287 §4.1.2).
public struct AtomEntry: Sendable {
    /// An IRI that never changes and names no other entry.
    public var id: String
    /// The title, and the language it is in.
    public var title: LanguageText
    /// When the entry was made; it is never altered.
    public var updated: Instant
    /// The page that shows the same; may be relative.
    public var link: String?
    /// A machine-readable word for what the entry is about.
    public var category: String?
    /// The content as HTML.
    public var content: HTMLWriter

    /// Makes an entry.
    public init(id: String, title: LanguageText, updated: Instant, content: HTMLWriter) {
        self.id = id
        self.title = title
        self.updated = updated
        self.content = content
    }
}
