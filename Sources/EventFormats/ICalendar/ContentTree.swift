import EventModel

/// A component of an iCalendar file: what stands between `BEGIN:VEVENT` and `END:VEVENT`.
struct ContentComponent {
    /// Upper case.
    var name: String
    /// Its own properties, in the order of the file.
    var lines: [ContentLine] = []
    var children: [ContentComponent] = []
    /// The line with its BEGIN, in the unfolded text.
    var begin: Range<Int>
    /// The line with its END; nil where it is missing.
    var end: Range<Int>?
}

/// The components of a file, read within limits. What is wrong with the file as such goes to the findings.
struct ContentTree {
    let text: ContentText
    private(set) var roots: [ContentComponent] = []
    /// Whether some component never ends, or reading stopped at a limit.
    private(set) var isIncomplete = false

    init(_ source: [UInt8], limits: ReadingLimits, findings: inout ReadingFindings) {
        text = ContentText(unfolding: source, lineLimit: limits.nodes)
        reportBytes(to: &findings)
        var open: [ContentComponent] = []
        for range in text.lines.prefix(limits.nodes) {
            guard let line = ContentLineParser.parse(range, in: text) else {
                reportMalformed(range, within: open.last?.name, to: &findings)
                continue
            }
            switch line.name {
            case "BEGIN":
                guard open.count < limits.nestingDepth else {
                    findings.report(
                        .tooLarge, at: text.source(of: line.range),
                        "components are nested deeper than \(limits.nestingDepth) levels; flatten the file")
                    isIncomplete = true
                    return
                }
                open.append(ContentComponent(name: componentName(line), begin: line.range))
            case "END": close(line, &open, &findings)
            default:
                guard !open.isEmpty else {
                    reportMalformed(range, within: nil, to: &findings)
                    continue
                }
                open[open.count - 1].lines.append(line)
            }
        }
        if text.lines.count > limits.nodes {
            isIncomplete = true
            findings.report(
                .tooLarge, at: text.source(of: text.lines[limits.nodes]),
                "the file has more than \(limits.nodes) lines; split it, or raise the limit")
        } else if let innermost = open.last {
            isIncomplete = true
            findings.report(
                .truncated, at: text.source(of: innermost.begin),
                "this \(innermost.name) never ends; the file seems to be cut off, drop it again whole")
        }
        close(downTo: 0, &open)
    }

    private func componentName(_ line: ContentLine) -> String {
        ContentLineParser.upperCased(text.bytes[line.value])
    }

    private mutating func close(
        _ line: ContentLine, _ open: inout [ContentComponent], _ findings: inout ReadingFindings
    ) {
        let name = componentName(line)
        guard let level = open.lastIndex(where: { $0.name == name }) else {
            findings.report(
                .malformedLine, at: text.source(of: line.range),
                "END:\(name.quotable) ends nothing that is open here; correct its name or remove it")
            return
        }
        if level < open.count - 1 {
            isIncomplete = true
            let unclosed = open[open.count - 1]
            findings.report(
                .truncated, at: text.source(of: unclosed.begin),
                "this \(unclosed.name.quotable) has no END before END:\(name); add it")
        }
        close(downTo: level + 1, &open)
        open[level].end = line.range
        close(downTo: level, &open)
    }

    private mutating func close(downTo level: Int, _ open: inout [ContentComponent]) {
        while open.count > level {
            let closed = open.removeLast()
            if open.isEmpty { roots.append(closed) } else { open[open.count - 1].children.append(closed) }
        }
    }

    private func reportBytes(to findings: inout ReadingFindings) {
        if let invalid = text.firstInvalidUTF8() {
            findings.report(
                .invalidUTF8, at: text.source(of: invalid), "this byte is no UTF-8; save the file as UTF-8")
        }
        if let control = text.controlCharacters() {
            let others = control.count > 1 ? " (and \(control.count - 1) more)" : ""
            findings.report(
                .controlCharacter, at: text.source(of: control.first..<control.first + 1),
                "a control character stands here\(others); remove it")
        }
    }

    private func reportMalformed(_ range: Range<Int>, within component: String?, to findings: inout ReadingFindings) {
        guard !text.trimmed(range).isEmpty else { return }
        let words = text.string(range.lowerBound..<min(range.upperBound, range.lowerBound + 40)).quotable
        let message =
            component == nil
            ? "'\(words)' stands outside of any component and was left out; move it into the VCALENDAR"
            : "'\(words)' is not NAME:VALUE and was left out; correct it, or indent it if it continues the line above"
        findings.report(.malformedLine, at: text.source(of: range), message)
    }
}
