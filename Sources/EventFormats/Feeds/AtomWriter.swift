import EventModel

/// Writes feeds as RFC 4287 has them.
public enum AtomWriter {
    /// Writes a feed as an XML document in UTF-8.
    public static func write(_ feed: AtomFeed) -> [UInt8] {
        var xml = XMLWriter(capacity: 1024 + feed.entries.count * 1024)
        xml.markup("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n")
        xml.element("id", feed.id)
        xml.element("title", feed.title)
        xml.element("updated", feed.updated.description)
        xml.markup("<author>")
        xml.element("name", feed.author)
        xml.markup("</author>\n")
        if let link = feed.selfLink { writeLink("self", "application/atom+xml", link, into: &xml) }
        if let link = feed.alternateLink { writeLink("alternate", "text/html", link, into: &xml) }
        for entry in feed.entries { write(entry, into: &xml) }
        xml.markup("</feed>\n")
        return xml.bytes
    }

    private static func write(_ entry: AtomEntry, into xml: inout XMLWriter) {
        xml.markup("<entry")
        if !entry.title.language.isEmpty { xml.attribute("xml:lang", entry.title.language) }
        xml.markup(">\n")
        xml.element("id", entry.id)
        xml.element("title", entry.title.text)
        xml.element("updated", entry.updated.description)
        if let category = entry.category {
            xml.markup("<category")
            xml.attribute("term", category)
            xml.markup("/>\n")
        }
        if let link = entry.link { writeLink("alternate", "text/html", link, into: &xml) }
        xml.markup("<content type=\"html\">")
        xml.text(entry.content)
        xml.markup("</content>\n</entry>\n")
    }

    private static func writeLink(
        _ relation: StaticString, _ type: StaticString, _ address: String, into xml: inout XMLWriter
    ) {
        xml.markup("<link rel=\"")
        xml.markup(relation)
        xml.markup("\" type=\"")
        xml.markup(type)
        xml.markup("\"")
        xml.attribute("href", address)
        xml.markup("/>\n")
    }
}
