import EventFormats
import EventModel
import Foundation
import FoundationXML
import Testing

/// Feeds are well-formed whatever the texts are, and the texts come out as they went in.
struct AtomWriterTests {
    static let hostile = [
        "<script>alert(1)</script>", "\" onload=\"x", "]]>", "&amp; & &#0;", "a\u{0}b\u{8}c\u{FFFE}d\u{85}e", "\r\n\t",
        "<!-- --", "<![CDATA[", "Zürich 東京 🎉", "\u{202E}evil \u{2066}\u{202C}",
    ]

    @Test(arguments: hostile)
    func hostileTextsStayText(text: String) throws {
        let readable = String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    !"\u{0}\u{8}\u{FFFE}\u{85}\u{202E}\u{2066}\u{202C}".unicodeScalars.contains($0)
                }))
        var feed = AtomFeed(id: text, title: text, author: text, updated: Instant(microseconds: 0))
        feed.selfLink = text
        feed.alternateLink = text
        var content = HTMLWriter()
        content.markup("<p>")
        content.text(text)
        content.markup("</p>")
        var entry = AtomEntry(
            id: text, title: LanguageText(text, language: text), updated: Instant(microseconds: 0), content: content)
        entry.link = text
        entry.category = text
        feed.entries = [entry]
        let document = try XMLRecorder.read(AtomWriter.write(feed))
        #expect(document.text("feed/title") == readable)
        #expect(document.text("feed/author/name") == readable)
        #expect(document.text("feed/entry/title") == readable)
        #expect(document.attribute("feed/entry", "xml:lang") == readable)
        #expect(document.attribute("feed/entry/category", "term") == readable)
        #expect(document.attribute("feed/link", "href") == readable)
        #expect(document.text("feed/entry/content")?.hasPrefix("<p>") == true)
        #expect(document.text("feed/entry/content")?.contains("<script") == false)
    }

    @Test func anEntryHasWhatTheFormatRequires() throws {
        var feed = AtomFeed(
            id: "urn:uuid:1", title: "Events", author: "City", updated: Instant(microseconds: 1_600_000_000_000_000))
        feed.entries = [
            AtomEntry(
                id: "urn:uuid:2", title: LanguageText("Cancelled: Gala", language: "en"),
                updated: Instant(microseconds: 1_600_000_000_000_000), content: HTMLWriter())
        ]
        let document = try XMLRecorder.read(AtomWriter.write(feed))
        #expect(document.namespace == "http://www.w3.org/2005/Atom")
        #expect(document.text("feed/id") == "urn:uuid:1")
        #expect(document.text("feed/updated") == "2020-09-13T12:26:40Z")
        #expect(document.text("feed/entry/id") == "urn:uuid:2")
        #expect(document.text("feed/entry/updated") == "2020-09-13T12:26:40Z")
        #expect(document.attribute("feed/entry/content", "type") == "html")
    }
}

/// What a strict XML parser makes of a document: texts and attributes by path.
final class XMLRecorder: NSObject, XMLParserDelegate {
    private(set) var namespace: String?
    private var path: [String] = []
    private var texts: [String: String] = [:]
    private var attributes: [String: [String: String]] = [:]

    static func read(_ bytes: [UInt8]) throws -> XMLRecorder {
        let recorder = XMLRecorder()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = recorder
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
        return recorder
    }

    func text(_ path: String) -> String? { texts[path] }

    func attribute(_ path: String, _ name: String) -> String? { attributes[path]?[name] }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes values: [String: String]
    ) {
        path.append(name)
        if path.count == 1 { namespace = values["xmlns"] }
        attributes[path.joined(separator: "/"), default: [:]].merge(values) { first, _ in first }
        texts[path.joined(separator: "/"), default: ""] += ""
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        texts[path.joined(separator: "/"), default: ""] += text
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        path.removeLast()
    }
}
