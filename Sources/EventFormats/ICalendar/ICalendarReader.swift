import EventModel

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
        for root in tree.roots {
            let isCalendar = root.name == "VCALENDAR"
            guard isCalendar || root.name == "VEVENT" else { continue }
            let method = root.lines.first { isCalendar && $0.name == "METHOD" }
            let scene = ICalendarScene(
                text: tree.text,
                zones: ICalendarZones(isCalendar ? root : nil, text: tree.text, database: zones, budget: budget),
                method: method.map { ContentLineParser.upperCased(tree.text.bytes[$0.value]) }, findings: findings)
            let events = isCalendar ? root.children.filter { $0.name == "VEVENT" } : [root]
            if accepts(method, of: events, scene) {
                assembly.take(events.filter { $0.end != nil }, scene: scene)
            }
            findings = scene.findings
        }
        if assembly.updates.isEmpty, !tree.isIncomplete, !findings.hasRefusal {
            findings.report(.noEvent, noEventMessage(tree))
        }
        return Decoded(format: .icalendar, updates: assembly.updates, diagnostics: findings.diagnostics)
    }

    /// Answers, requests and offers between organiser and guests (RFC 5546) say nothing of the event itself.
    private static func accepts(
        _ line: ContentLine?, of events: [ContentComponent], _ scene: ICalendarScene
    ) -> Bool {
        guard let line, let method = scene.method, !events.isEmpty else { return true }
        switch method {
        case "PUBLISH", "REQUEST", "ADD", "CANCEL", "": return true
        case "REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER":
            scene.findings.report(
                .noEvent, at: scene.text.source(of: line.value), field: FieldPath(.kind),
                "METHOD:\(method) is a message between organiser and guests; send PUBLISH, REQUEST or CANCEL")
            return false
        default:
            scene.findings.report(
                .ambiguousIntent, at: scene.text.source(of: line.value), field: FieldPath(.kind),
                "METHOD:\(method.quotable) is not known here; send PUBLISH, REQUEST or CANCEL")
            return true
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
