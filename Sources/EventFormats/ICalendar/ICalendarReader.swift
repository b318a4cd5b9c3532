import EventModel
import Reading

/// Reads iCalendar (RFC 5545, 5546, 7986) into updates: one for each uid, its VEVENTs being the occurrences. Bare
/// components without a VCALENDAR around them are read like those of a calendar without METHOD.
enum ICalendarReader {
    static func read(_ bytes: [UInt8], context: ReadingContext) -> Decoded {
        read(bytes, context: context, zones: .system)
    }

    static func read(_ bytes: [UInt8], context: ReadingContext, zones: ZoneDatabase) -> Decoded {
        var findings = ReadingFindings(in: bytes, format: .icalendar, limit: context.limits.diagnostics)
        let tree = ContentTree(bytes, limits: context.limits, findings: &findings)
        var assembly = ICalendarAssembly(
            context: context,
            source: Source(mediaType: Format.icalendar.mediaType, sha256: context.sha256, byteCount: bytes.count))
        let budget = ExpansionBudget(context.limits)
        var read: [ContentComponent] = []
        var refused: [Refusal] = []
        for root in tree.roots {
            let isCalendar = root.name == "VCALENDAR"
            guard isCalendar || root.name == "VEVENT" else { continue }
            let method = root.lines.first { isCalendar && $0.name == "METHOD" }
            let scene = ICalendarScene(
                text: tree.text,
                zones: ICalendarZones(isCalendar ? root : nil, text: tree.text, database: zones, budget: budget),
                method: method.map { ContentLineParser.upperCased(tree.text.bytes[$0.value]) },
                methodLine: method, findings: findings)
            let events = (isCalendar ? root.children.filter { $0.name == "VEVENT" } : [root]).filter { $0.end != nil }
            if let refusal = Refusal(method, of: events, scene) {
                refused.append(refusal)
            } else {
                assembly.take(events, scene: scene)
                read += events
            }
            findings = scene.findings
        }
        assembly.settleCalendars(&findings)
        findings.reportRest(of: tree, besides: read)
        for refusal in refused {
            findings.report(
                assembly.updates.isEmpty ? .noEvent : .valueLeftOut, at: refusal.source, field: FieldPath(.kind),
                "METHOD:\(refusal.method) is a message between organiser and guests"
                    + (assembly.updates.isEmpty ? "" : ", and this calendar is left out")
                    + "; send PUBLISH, REQUEST or CANCEL")
        }
        let isEmpty = assembly.updates.isEmpty && !tree.isIncomplete && !findings.hasRefusal
        if isEmpty { findings.report(.noEvent, noEventMessage(tree)) }
        var decoded = Decoded(format: .icalendar, updates: assembly.updates, diagnostics: findings.diagnostics)
        decoded.isEmptyCalendar = isEmpty && tree.roots.allSatisfy { $0.name == "VCALENDAR" && $0.end != nil }
        decoded.producer = producer(tree)
        return decoded
    }

    /// The letters of the first PRODID: versions are numbers.
    private static func producer(_ tree: ContentTree) -> String {
        let line = tree.roots.lazy.compactMap { root in root.lines.first { $0.name == "PRODID" } }.first
        guard let line else { return "" }
        return String(String(decoding: tree.text.bytes[line.value], as: UTF8.self).filter(\.isLetter).prefix(200))
    }

    /// A calendar whose METHOD says nothing of its events: answers, requests and offers between organiser and guests
    /// (RFC 5546).
    private struct Refusal {
        var method: String
        var source: Range<Int>

        init?(_ line: ContentLine?, of events: [ContentComponent], _ scene: ICalendarScene) {
            guard let line, let method = scene.method, !events.isEmpty,
                ["REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER"].contains(method)
            else { return nil }
            self.method = method
            source = scene.text.source(of: line.value)
        }
    }

    private static func noEventMessage(_ tree: ContentTree) -> String {
        var names: [String] = []
        for root in tree.roots {
            for name in root.name == "VCALENDAR" ? root.children.map(\.name) : [root.name] where !names.contains(name) {
                names.append(name)
            }
        }
        guard !names.isEmpty else { return "the calendar holds no VEVENT; add the event" }
        return "the file holds \(names.prefix(4).map(\.quotable).joined(separator: ", ")) and no VEVENT; add the event"
    }
}
