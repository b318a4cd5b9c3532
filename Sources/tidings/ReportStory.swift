import EventModel
import Pipeline

extension Happening {
    /// What a report says: of a file of several updates what became of the whole, and of those of them that do not count or
    /// are asked for.
    static func all(_ report: ReportDocument, _ subject: StorySubject) -> [Happening] {
        let whole = Happening(report)
        if let item = subject.item, !report.updates.isEmpty, !report.updates.contains(where: { $0.item == item }) {
            return []
        }
        guard report.updates.count > 1 else { return [whole] }
        let isWhole = subject.isWhole(report)
        return [whole]
            + report.updates.filter { update in
                if let item = subject.item { return update.item == item }
                return update.uid == subject.text
                    || isWhole && !update.outcome.isEmpty && !Outcome.counts(update.outcome)
            }.map { Happening($0, of: report) }
    }

    private init(_ report: ReportDocument) {
        self.init(bare: report)
        isSummary = isOfSeveral
        item = isOfSeveral ? nil : report.updates.first?.item
        if report.uids.count == 1 { uid = report.uids.first }
        stage = report.stage
        outcome = report.outcome
        intent = report.intents.first
        codes = report.codes
        let release = isOfSeveral ? nil : report.updates.first?.release?.words
        message = [report.message, release].compactMap { $0 }.joined(separator: "; ")
        let changes = isOfSeveral ? [] : report.updates.flatMap(\.changes)
        let findings = isOfSeveral ? report.ofFile : report.findings
        details = changes + findings.map { $0.line(file: file ?? "") }
        if !isOfSeveral, let proposal = report.updates.first?.proposal {
            details.append("if released: \(PrintableText.escape(Array(proposal.utf8)))")
        }
        if let nextTry = report.nextTry { details.append("next try at \(nextTry)") }
    }

    private init(_ update: ReportDocument.Update, of report: ReportDocument) {
        self.init(bare: report)
        item = update.item
        uid = update.uid
        stage = update.stage
        outcome = update.outcome.isEmpty ? report.outcome : update.outcome
        intent = update.intent
        codes = update.findings.reduce(into: []) { codes, finding in
            if !codes.contains(finding.code) { codes.append(finding.code) }
        }
        let why = update.reason.isEmpty ? update.findings.first?.message : update.reason
        message = [why, update.release?.words].compactMap { $0 }.joined(separator: "; ")
        details =
            update.changes + update.findings.map { $0.line(file: file ?? "") }
            + (update.proposal.map { ["if released: \(PrintableText.escape(Array($0.utf8)))"] } ?? [])
    }

    /// What every entry from a report has.
    private init(bare report: ReportDocument) {
        self.init(time: DeliveryID(report.delivery)?.instant ?? Instant(microseconds: 0))
        delivery = report.delivery
        file = PrintableText.escape(report.file)
        isOfSeveral = report.updates.count > 1
    }
}
