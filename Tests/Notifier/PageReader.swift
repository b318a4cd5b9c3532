import Foundation

/// Reads a page more strictly than a browser does: every tag is closed in its turn, every attribute is in double
/// quotes, none is an event handler, and a `<` or `"` that is not markup is a fault.
struct PageReader {
    static let expected: Set<String> = [
        "html", "head", "meta", "title", "link", "style", "body", "a", "header", "h1", "p", "nav", "ul", "li", "main",
        "section", "h2", "h3", "h4", "h5", "div", "time", "span", "i", "b", "article", "ol", "details", "summary",
        "blockquote", "footer",
    ]
    static let own: Set<String> = ["feed.atom", "calendar.ics", "events.jsonld"]
    private static let void: Set<String> = ["meta", "link"]
    private static let attributes: Set<String> = [
        "lang", "charset", "name", "content", "http-equiv", "rel", "type", "href", "title", "class", "dir", "id",
        "aria-label", "datetime",
    ]

    private(set) var faults: [String] = []
    private(set) var elements: Set<String> = []
    private(set) var addresses: [String] = []
    private(set) var ids: [String] = []
    private var open: [String] = []

    init(_ page: String) throws {
        var rest = page[...]
        guard rest.hasPrefix("<!DOCTYPE html>") else {
            faults = ["no doctype"]
            return
        }
        rest = rest.dropFirst("<!DOCTYPE html>".count)
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else {
                faults.append("a tag that does not end: \(rest[start...].prefix(40))")
                return
            }
            read(tag: String(rest[rest.index(after: start)..<end]))
            rest = rest[rest.index(after: end)...]
            if open.last == "style", let close = rest.range(of: "</style>") { rest = rest[close.lowerBound...] }
        }
        if !open.isEmpty { faults.append("not closed: \(open)") }
        if Set(ids).count != ids.count { faults.append("an id twice: \(ids)") }
    }

    private mutating func read(tag: String) {
        if tag.hasPrefix("/") {
            if open.popLast() != tag.dropFirst().description { faults.append("closed out of turn: <\(tag)>") }
            return
        }
        let name = String(tag.prefix { !$0.isWhitespace })
        elements.insert(name)
        if !PageReader.void.contains(name) { open.append(name) }
        var rest = tag.dropFirst(name.count)
        while !rest.isEmpty {
            rest = rest.drop { $0.isWhitespace }
            let key = String(rest.prefix { $0 != "=" })
            rest = rest.dropFirst(key.count)
            guard PageReader.attributes.contains(key), rest.hasPrefix("=\""),
                let end = rest.dropFirst(2).firstIndex(of: "\"")
            else {
                faults.append("a bad attribute in <\(tag.prefix(80))>")
                return
            }
            let value = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])
            if key == "href" { addresses.append(value) }
            if key == "id" { ids.append(value) }
            rest = rest[rest.index(after: end)...]
        }
    }
}
