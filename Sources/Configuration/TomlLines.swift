import PluginKit

/// A configuration file's text as lines, from which statements with faults are taken out so that the rest can be read.
struct TomlLines {
    private(set) var lines: [[UInt8]]

    init(_ text: [UInt8]) {
        lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    }

    var text: [UInt8] { Array(lines.joined(separator: [UInt8(ascii: "\n")])) }

    /// The line of that number, counted from 1, without the carriage return; empty beyond the end.
    subscript(number: Int) -> String {
        guard lines.indices.contains(number - 1) else { return "" }
        let line = lines[number - 1]
        return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...], as: UTF8.self)
    }

    /// The number of the last line with anything in it.
    var last: Int { (lines.lastIndex { !$0.allSatisfy(TomlLines.isSpace) } ?? 0) + 1 }

    /// A byte that no configuration file may have: not UTF-8, or NUL.
    func forbiddenByte(file: String) -> SettingFault? {
        for (index, line) in lines.enumerated() where line.contains(0) || String(validating: line, as: UTF8.self) == nil
        {
            var rest = line.makeIterator()
            var parser = UTF8.ForwardParser()
            var column = 1
            var isNul = false
            while case .valid(let scalar) = parser.parseScalar(from: &rest) {
                isNul = scalar.first == 0
                if isNul { break }
                column += 1
            }
            let isUTF16 = index == 0 && line.count > 1 && (line[0] >= 0xFE && line[1] >= 0xFE || line[1] == 0)
            let message =
                if isUTF16 {
                    "the file is UTF-16; save it as UTF-8"
                } else if isNul {
                    "there is a NUL byte; remove it"
                } else {
                    "this character is not UTF-8; save the file as UTF-8"
                }
            return SettingFault(at: SettingPlace(file: file, line: index + 1, column: column), message)
        }
        return nil
    }

    /// Empties the statement that a parser refused, or the section where its heading is at fault. False where nothing
    /// is left to take out.
    mutating func leaveOut(_ refusal: TomlRefusal) -> Bool {
        var start = min(refusal.start(in: self), lines.count)
        if lines[start - 1].isEmpty, let earlier = (1..<start).last(where: { !lines[$0 - 1].isEmpty }) {
            start = earlier
        }
        var end = start
        if refusal.isHeading || !isAssignment(start) || opensMore(start) {
            repeat {
                end += 1
            } while end <= lines.count && !(isHeading(end) || (!refusal.isHeading && isAssignment(end)))
            end -= 1
        }
        let isAnything = lines[start - 1...end - 1].contains { !$0.isEmpty }
        for index in start - 1...end - 1 { lines[index] = [] }
        return isAnything
    }

    /// The number of the line where the statement begins that goes on at this line.
    func statement(at number: Int) -> Int {
        if isAssignment(number) { return number }
        return (1...max(1, number)).last { isAssignment($0) } ?? number
    }

    /// The key before the `=` of a line; nil where there is none.
    func key(_ number: Int) -> String? {
        let line = self[number]
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let key = TomlLines.trimmed(line[..<equals])
        return key.isEmpty || !key.allSatisfy(TomlLines.isKeyPart) ? nil : String(key)
    }

    /// What stands behind the `=` of a line, without spaces and comment.
    func value(_ number: Int) -> String {
        let line = self[number]
        guard let equals = line.firstIndex(of: "=") else { return "" }
        let value = TomlLines.trimmed(line[line.index(after: equals)...])
        let isQuoted = value.first == "\"" || value.first == "'"
        return String(isQuoted ? value : TomlLines.trimmed(value.prefix { $0 != "#" }))
    }

    func isAssignment(_ number: Int) -> Bool { key(number) != nil }

    func isHeading(_ number: Int) -> Bool {
        let line = TomlLines.trimmed(self[number][...])
        guard line.first == "[" else { return false }
        let name = line.drop { $0 == "[" }.prefix { $0 != "]" }
        let rest = TomlLines.trimmed(line.drop { $0 != "]" }.drop { $0 == "]" })
        return !name.isEmpty && name.allSatisfy(TomlLines.isKeyPart) && (rest.isEmpty || rest.first == "#")
    }

    private func opensMore(_ number: Int) -> Bool {
        let value = value(number)
        return value.first == "[" || value.first == "{" || value.hasPrefix("\"\"\"") || value.hasPrefix("'''")
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }

    private static func isKeyPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_-.\"' ".contains(character)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
