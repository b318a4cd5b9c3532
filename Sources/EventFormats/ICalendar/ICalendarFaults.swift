import EventModel
import Reading

/// What is wrong with the bytes and lines of a calendar: what stands in an event is said of that event, the rest of the
/// file.
extension ICalendarScene {
    /// Reports what is wrong with the bytes and lines of an event.
    func reportBytes(of event: ContentComponent) {
        guard let range = event.range else { return }
        findings.reportBytes(range, source: text.source(of: range), of: text, update: update)
        reportLines(of: event)
    }

    private func reportLines(of component: ContentComponent) {
        for line in component.malformed { findings.reportMalformed(line, of: text, update: update) }
        for child in component.children { reportLines(of: child) }
    }
}

extension ReadingFindings {
    /// Reports what is wrong with the bytes and lines outside of the events that were read.
    mutating func reportRest(of tree: ContentTree, besides events: [ContentComponent]) {
        let text = tree.text
        var (start, sourceStart) = (0, 0)
        let taken = events.compactMap(\.range).sorted { $0.lowerBound < $1.lowerBound }
        for range in taken {
            let source = text.source(of: range)
            reportBytes(start..<range.lowerBound, source: sourceStart..<source.lowerBound, of: text, update: nil)
            (start, sourceStart) = (range.upperBound, source.upperBound)
        }
        reportBytes(start..<text.bytes.count, source: sourceStart..<text.sourceCount, of: text, update: nil)
        for line in tree.stray { reportStray(line, of: text) }
        let begins = Set(taken.map(\.lowerBound))
        for root in tree.roots { reportLines(of: root, besides: begins, text) }
    }

    private mutating func reportLines(of component: ContentComponent, besides events: Set<Int>, _ text: ContentText) {
        if component.range != nil, events.contains(component.begin.lowerBound) { return }
        for line in component.malformed { reportMalformed(line, of: text, update: nil) }
        for child in component.children { reportLines(of: child, besides: events, text) }
    }

    fileprivate mutating func reportBytes(
        _ range: Range<Int>, source: Range<Int>, of text: ContentText, update: Int?
    ) {
        if let invalid = text.firstInvalidUTF8(in: range) {
            report(
                .invalidUTF8, at: text.source(of: invalid), update: update,
                "this byte is no UTF-8; save the file as UTF-8")
        }
        if let (first, count) = text.controls(inSource: source) {
            let control = text.control(at: first)
            report(
                .controlCharacter, at: first..<first + 1, update: update, severity: control == "\0" ? .error : nil,
                ControlCharacter.message(control, others: count - 1))
        }
    }

    fileprivate mutating func reportMalformed(_ range: Range<Int>, of text: ContentText, update: Int?) {
        report(
            .malformedLine, at: text.source(of: range), update: update,
            "'\(text.excerpt(range))' is not NAME:VALUE and is left out; correct it, or indent it if it continues the line "
                + "above")
    }

    private mutating func reportStray(_ range: Range<Int>, of text: ContentText) {
        report(
            .malformedLine, at: text.source(of: range),
            "'\(text.excerpt(range))' stands outside of any component and is left out; move it into the VCALENDAR")
    }
}

extension ContentText {
    /// The first words of a line, for messages.
    fileprivate func excerpt(_ range: Range<Int>) -> String {
        string(range.lowerBound..<min(range.upperBound, range.lowerBound + 40)).quotable
    }
}
