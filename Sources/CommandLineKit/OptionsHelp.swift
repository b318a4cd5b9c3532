/// The width that help text is wrapped to, in columns.
private let helpWidth = 80
/// The widest column of options; a longer option has its text on the next line.
private let widestOption = 26

extension OptionTable {
    /// What `--help` shows, made from the declarations.
    public static var help: String {
        let operands = usage.operands.isEmpty ? "" : " \(usage.operands)"
        var text = "usage: \(usage.name) [OPTION…]\(operands)\n\n"
        text += wrapped(usage.summary, indent: 0) + "\n\noptions:\n"
        for option in switches { text += line(option.left, option.summary) }
        for note in usage.notes { text += "\n" + wrapped(note, indent: 0) + "\n" }
        return text
    }

    /// Lines of two columns, as the help shows options: also for lists of subcommands.
    public static func line(_ left: String, _ right: String) -> String {
        let start = "  " + left
        let column = widestOption + 2
        let body = wrapped(right, indent: column)
        if left.count > widestOption - 2 { return start + "\n" + String(repeating: " ", count: column) + body + "\n" }
        return start + String(repeating: " ", count: column - start.count) + body + "\n"
    }
}

extension Switch {
    /// `-t, --timeout=DURATION`.
    fileprivate var left: String {
        (letter.map { "-\($0), " } ?? "    ") + "--\(name)" + (placeholder.map { "=\($0)" } ?? "")
    }
}

/// Breaks text at spaces; lines after the first are indented. Line breaks of the text stay.
private func wrapped(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
        var lines: [String] = []
        var line = String(paragraph.prefix { $0 == " " })
        for word in paragraph.split(separator: " ") {
            let isFirst = line.allSatisfy { $0 == " " }
            if !isFirst, indent + line.count + 1 + word.count > helpWidth {
                lines.append(line)
                line = String(word)
            } else {
                line += (isFirst ? "" : " ") + word
            }
        }
        return (lines + [line]).joined(separator: "\n" + margin)
    }.joined(separator: "\n" + margin)
}
