import Foundation
import FoundationXML

/// A feed as a strict XML parser reads it.
final class Feed: NSObject, XMLParserDelegate {
    struct Entry {
        var fields: [String: String] = [:]
        var id: String { fields["id"] ?? "" }
        var title: String { fields["title"] ?? "" }
        var content: String { fields["content"] ?? "" }
        var link: String { fields["link"] ?? "" }
    }

    private(set) var fields: [String: String] = [:]
    private(set) var entries: [Entry] = []
    private var path: [String] = []
    private var text = ""

    var titles: [String] { entries.map(\.title) }

    init(_ data: Data) throws {
        super.init()
        let parser = XMLParser(data: data)
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        path.append(name)
        text = ""
        if name == "entry" { entries.append(Entry()) }
        if name == "link", path.contains("entry") { entries[entries.count - 1].fields["link"] = attributes["href"] }
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if path.contains("entry") {
            if name != "link" { entries[entries.count - 1].fields[name] = text }
        } else {
            fields[name] = text
        }
        path.removeLast()
        text = ""
    }
}
