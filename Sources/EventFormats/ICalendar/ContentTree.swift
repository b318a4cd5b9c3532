import EventModel
import Reading

/// A component of an iCalendar file: what stands between `BEGIN:VEVENT` and `END:VEVENT`.
struct ContentComponent {
    /// Upper case.
    var name: String
    /// Its own properties, in the order of the file.
    var lines: [ContentLine] = []
    var children: [ContentComponent] = []
    /// Lines within it that are none.
    var malformed: [Range<Int>] = []
    /// The line with its BEGIN, in the unfolded text.
    var begin: Range<Int>
    /// The line with its END; nil where it is missing.
    var end: Range<Int>?

    /// All of it, in the unfolded text; nil where its end is missing.
    var range: Range<Int>? { end.map { begin.lowerBound..<$0.upperBound } }
}

/// The components of a file, read within limits. What is wrong with the file as such goes to the findings.
struct ContentTree {
    let text: ContentText
    private(set) var roots: [ContentComponent] = []
    /// Lines outside of any component.
    private(set) var stray: [Range<Int>] = []
    /// Whether some component never ends, or reading stopped at a limit.
    private(set) var isIncomplete = false

    init(_ source: [UInt8], limits: ReadingLimits, findings: inout ReadingFindings) {
        text = ContentText(unfolding: source, lineLimit: limits.nodes)
        var open: [ContentComponent] = []
        var valueCount = 0
        for range in text.lines.prefix(limits.nodes) {
            guard let line = ContentLineParser.parse(range, in: text) else {
                note(malformed: range, &open)
                continue
            }
            valueCount += values(line)
            guard valueCount <= limits.nodes else {
                refuse(range, "parameters and values in lists", limits, &findings)
                break
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
                    note(malformed: range, &open)
                    continue
                }
                open[open.count - 1].lines.append(line)
            }
        }
        if text.lines.count > limits.nodes, !isIncomplete {
            refuse(text.lines[limits.nodes], "lines", limits, &findings)
        }
        if !isIncomplete, let innermost = open.last {
            isIncomplete = true
            findings.report(
                .truncated, at: text.source(of: innermost.begin),
                "this \(innermost.name) never ends; the file seems to be cut off, drop it again whole")
        }
        close(downTo: 0, &open)
    }

    private mutating func refuse(
        _ line: Range<Int>, _ what: String, _ limits: ReadingLimits, _ findings: inout ReadingFindings
    ) {
        isIncomplete = true
        findings.report(
            .tooLarge, at: text.source(of: line),
            "the file has more than \(limits.nodes) \(what); split it, or raise the limit")
    }

    /// How many parameters a line has, and how many values in a list after the first.
    private func values(_ line: ContentLine) -> Int {
        let parameters = line.parameters.reduce(0) { $0 + max(1, $1.values.count) }
        guard ["RDATE", "EXDATE", "CATEGORIES"].contains(line.name) else { return parameters }
        return text.bytes[line.value].reduce(parameters) { $0 + ($1 == 0x2C ? 1 : 0) }
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

    private mutating func note(malformed range: Range<Int>, _ open: inout [ContentComponent]) {
        if text.trimmed(range).isEmpty { return }
        if open.isEmpty { stray.append(range) } else { open[open.count - 1].malformed.append(range) }
    }
}
