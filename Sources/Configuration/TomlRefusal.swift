import PluginKit

/// Why the parser refused a text, and its words turned into what an administrator can do.
struct TomlRefusal: Error {
    /// What it was reading: `table header`, `string`, `decimal integer`.
    private let subject: String
    /// What it says of it: `expected ']', saw 'x'`.
    private let reason: String
    let line: Int
    let column: Int

    init(_ description: String, line: Int, column: Int) {
        let start = "Error while parsing "
        let parts = description.hasPrefix(start) ? description.dropFirst(start.count) : description[...]
        let colon = parts.firstIndex(of: ":") ?? parts.startIndex
        subject = String(parts[..<colon])
        reason = String(parts[colon...].drop { $0 == ":" || $0 == " " })
        self.line = line
        self.column = column
    }

    /// What is refused before the parser sees it.
    enum Unasked: String {
        /// A character beyond ASCII outside of texts and comments.
        case strayCharacter
        /// A key of too many parts.
        case longKey
    }

    init(_ kind: Unasked, line: Int, column: Int) {
        subject = kind.rawValue
        reason = ""
        self.line = line
        self.column = column
    }

    var isHeading: Bool { subject == "table header" || (subject == "key" && reason.contains("bare key starting")) }
    /// Whether it was reading a value, which may have begun in an earlier line.
    var isInsideValue: Bool {
        !isHeading
            && !["strayCharacter", "longKey", "key-value pair", "root table", "key", "comment"].contains(subject)
    }
    private var isAtEnd: Bool { reason == "encountered end-of-file" }

    /// The fault for people. It repeats nothing that was written behind an `=`, which may be a secret.
    func fault(in lines: TomlLines, file: String) -> SettingFault {
        let start = start(in: lines)
        let (message, number, shift) = words(lines, start)
        return SettingFault(at: SettingPlace(file: file, line: number, column: shift ?? column), message)
    }

    /// The number of the line where the statement begins that it was reading: above the fault where a list was not closed.
    func start(in lines: TomlLines) -> Int {
        guard isInsideValue else { return line }
        let number = min(line, lines.last)
        let isList = subject == "array" || (subject == "value" && lines.isHeading(line))
        let opening =
            isList ? (1...max(1, number)).last { lines.value($0).hasPrefix("[") && lines.isAssignment($0) } : nil
        return opening ?? lines.statement(at: number)
    }

    /// The sentence, the line, and the column where it is another than the parser's.
    private func words(_ lines: TomlLines, _ start: Int) -> (String, Int, Int?) {
        if reason.hasPrefix("cannot redefine") { return repeated(lines) }
        if isHeading { return (heading(lines[line]), line, nil) }
        let key = lines.key(start) ?? "key"
        if subject == Unasked.strayCharacter.rawValue { return stray(lines, key) }
        if subject == Unasked.longKey.rawValue {
            return ("the key has more than \(TomlScanner.maxKeyParts) parts, as no setting has; remove it", line, nil)
        }
        if reason.hasPrefix("exceeded maximum nested") {
            return (
                "the value of \(key) is nested too deeply, as no setting needs; remove it", start,
                firstColumn(lines, start)
            )
        }
        switch subject {
        case "array" where !isAtEnd && !isNextStatement(lines, start):
            return ("a comma is missing in the list of \(key) before this", line, nil)
        case _ where subject == "array" || (subject == "value" && line > start && lines.isHeading(line)):
            return (
                "the list of \(key) is not closed; write ] behind its last element", start, firstColumn(lines, start)
            )
        case "inline table":
            return (
                "the braces of \(key) are not closed in their line; write it in one line, as in { key = \"value\" }",
                line,
                nil
            )
        case "key-value pair": return (assignment(lines), line, nil)
        case "root table":
            let first = lines[line].first { $0 != " " && $0 != "\t" }
            if first == "/" || first == ";" { return ("a comment begins with #; write # instead", line, nil) }
            if first == "=" { return ("the key before = is missing; write key = value", line, nil) }
            return ("this is neither a [section] nor key = value; put # before it if it is a comment", line, nil)
        case "comment": return ("there is a control character in the comment; remove it", line, nil)
        default: return value(lines, start, key)
        }
    }

    private func stray(_ lines: TomlLines, _ key: String) -> (String, Int, Int?) {
        guard lines.isAssignment(line) else {
            return ("names of sections and settings have no such letters; a comment begins with #", line, nil)
        }
        let quotes: [Unicode.Scalar] = ["“", "”", "„", "«", "»", "‘", "’", "‚"]
        let character = lines[line].unicodeScalars.dropFirst(column - 1).first ?? " "
        return quotes.contains(character)
            ? ("the value of \(key) stands in typographic quotes; write straight ones: \"…\"", line, nil)
            : ("the value of \(key) is not in quotes; a text stands in them: \"…\"", line, nil)
    }

    private func isNextStatement(_ lines: TomlLines, _ start: Int) -> Bool {
        line > start && (lines.isHeading(line) || lines.isAssignment(line))
    }

    private func repeated(_ lines: TomlLines) -> (String, Int, Int?) {
        if isHeading {
            let name = lines[line].drop { $0 == "[" || $0 == " " }.prefix { $0 != "]" }
            let first = (1..<line).first { number in
                lines.isHeading(number) && lines[number].drop { $0 == "[" || $0 == " " }.prefix { $0 != "]" } == name
            }
            guard let first else {
                return ("[\(name)] stands above as something else; keep one of the two", line, nil)
            }
            return ("[\(name)] stands in line \(first) already; put its settings there", line, nil)
        }
        let key = lines.key(line) ?? ""
        let section = (1..<line).last { lines.isHeading($0) } ?? 0
        let first = (section + 1..<max(line, section + 2)).first { $0 < line && lines.key($0) == key }
        let place = first.map { "in line \($0)" } ?? "above"
        return ("\(key) stands \(place) already; remove one of the two", line, firstColumn(lines, line))
    }

    private func heading(_ text: String) -> String {
        if text.first(where: { $0 != " " && $0 != "\t" }) != "[" {
            return "the key before = is not whole; write key = value"
        }
        if reason.contains("comment or whitespace") {
            return "nothing but a comment may follow a [section]; begin a new line"
        }
        if reason.contains("blank bare keys") || subject == "key" {
            return "the section's name is missing or has a character that no name has; write it as [spool]"
        }
        return "the section's heading is not closed; write it as [spool], or [[plugins.notifier.channel]]"
    }

    private func assignment(_ lines: TomlLines) -> String {
        let text = lines[line]
        if reason.hasPrefix("expected '='") {
            if text.contains("]"), !text.contains("=") {
                return "the [ before the section's name is missing; write it as [spool]"
            }
            if reason.hasSuffix("':'") { return "write = instead of : between key and value" }
            return "there is no = between key and value; write key = value, or # before a comment"
        }
        if reason.hasPrefix("expected value") || isAtEnd {
            return "the value behind = is missing; write one, or # before the line for the default"
        }
        if reason.hasPrefix("expected a comment") {
            let rest = String(text.unicodeScalars.dropFirst(column - 1)).split(separator: "=").first ?? ""
            if rest.contains(where: \.isLetter), rest.allSatisfy({ $0.isLetter || $0 == "_" || $0 == " " }) {
                return "two settings stand in one line; begin a new line for the second"
            }
            let first = lines.value(line).first
            if first == "\"" { return "something follows the closing quote; within a text write a quote as \\\"" }
            if first == "'" { return "something follows the closing quote; a text with ' in it stands in \" quotes" }
            return "something follows the value; begin a new line, or put # before a comment"
        }
        return other
    }

    private func value(_ lines: TomlLines, _ start: Int, _ key: String) -> (String, Int, Int?) {
        let value = lines.value(start)
        let column = firstColumn(lines, start, behindEquals: true)
        switch true {
        case subject.contains("string") && reason.hasPrefix("unknown escape"):
            return (
                "a backslash stands for itself when it is doubled: \\\\; or put the text in single quotes", line, nil
            )
        case subject.contains("string") && (isAtEnd || reason.contains("control characters")):
            guard line > start || isAtEnd || self.column > lines[line].unicodeScalars.count else {
                return ("there is a control character in the text of \(key); remove it", line, nil)
            }
            return ("the text of \(key) has no closing quote; write one at its end", start, column)
        case reason.contains("surrogates"), reason.contains("U+10FFFF"):
            return ("this is the number of no character; write the character itself", line, nil)
        case ["true", "false", "yes", "no", "on", "off"].contains(value.lowercased()):
            return (
                "the value of \(key) is misspelt; write true or false, in small letters, without quotes", start, column
            )
        case reason.contains("not representable"), reason.contains("could not be interpreted"):
            return ("the number of \(key) is too large; write a smaller one", start, column)
        case reason.contains("leading zeroes"):
            return ("the number of \(key) begins with 0; leave the zeros out", start, column)
        case value.first.map { $0.isNumber || "+-.".contains($0) } ?? false:
            return (
                "the value of \(key) is not a number; a duration, a size or a date stands in quotes, as in \"2s\"",
                start,
                column
            )
        case ["value", "boolean"].contains(subject) && !value.isEmpty && !"[{".contains(value.first ?? " "):
            return (
                "the value of \(key) is neither a number nor true or false; put a text in quotes: \"…\"", start, column
            )
        default: return (other, line, nil)
        }
    }

    private var other: String { "this is not TOML 1.0 (\(subject): \(reason)); correct or remove it" }

    /// Where the line's text begins, or its value.
    private func firstColumn(_ lines: TomlLines, _ number: Int, behindEquals: Bool = false) -> Int {
        let text = lines[number].unicodeScalars
        var start = text.startIndex
        if behindEquals, let equals = text.firstIndex(of: "=") { start = text.index(after: equals) }
        while start < text.endIndex, text[start] == " " || text[start] == "\t" { start = text.index(after: start) }
        return text.distance(from: text.startIndex, to: start) + 1
    }
}
