import Requests
import EventFormats
import EventModel
import Pipeline
import PluginKit
import Spool

/// What the report of a delivery that waits remembers, and what a person has decided about it since.
struct EarlierTry {
    /// What is known of one of its updates.
    struct Item {
        var left = EarlierItem()
        /// What a person decided about it.
        var release: Release?
        /// SHA-256 of its content, in hexadecimal digits; nil where nobody has read it.
        var contentHash: String?
        /// The event that it speaks of; nil where it is not known.
        var uid: String?
        /// Whether a person may let it pass: it waits for one, or speaks of what was forgotten.
        var isReleasable: Bool {
            left.outcome == .held
                || left.outcome == .rejected && left.diagnostics.contains { $0.code == .forgottenEvent }
        }
    }

    /// How often it was worked on.
    var attempts = 0
    /// The name as dropped, all of it.
    var fileName: FileName?
    /// SHA-256 of the bytes that it is about; nil where it does not say.
    var sha256: String?
    /// Its updates, in the order of the file; none where no stage has seen them.
    var items: [Item] = []
    /// What it lacks as a complete list: its items 0.
    var missing: [Missing] = []
    /// What a person decided, and the stages have not yet answered.
    var decision: ItemDecision?
    /// What waits no more, and has not been told of yet.
    var closed: [ClosedItem] = []
    /// Where it was set aside before and its report lies still: it goes back there if what was decided cannot be done.
    var home: Folder?

    /// Reads a report. One that is missing or cannot be read remembers nothing: all stages are asked again.
    init(_ report: [UInt8]?) {
        // ignoring: a report that cannot be read costs a shorter wait and answers that the stages give again
        guard let report, let root = (try? JSONDocument(report, limits: .own))?.root else { return }
        attempts = root["attempts"]?.integer ?? 0
        let bytes = root["fileBytes"]?.elements.compactMap { $0.integer.flatMap(UInt8.init(exactly:)) } ?? []
        fileName = FileName(bytes)
        sha256 = root["sha256"]?.text
        decision = root["decision"].flatMap { ItemDecision(note: $0) }
        closed = root["closed"]?.elements.compactMap(ClosedItem.init) ?? []
        let nodes = root["updates"].map { Array($0.elements) } ?? []
        missing = nodes.compactMap { Missing($0, bytes: report) }
        let items = nodes.filter { $0["item"]?.integer != 0 }.map(Item.init)
        // Of one that the first edition wrote only the whole is known.
        if items.contains(where: { $0.contentHash != nil }) { self.items = items }
    }

    /// Takes over what the report says that lies where the file was before.
    mutating func add(reported report: [UInt8]?) {
        let reported = EarlierTry(report)
        items = reported.items
        missing = reported.missing
        sha256 = reported.sha256
        fileName = fileName ?? reported.fileName
    }

    /// Whether the update of that number waits for such a decision. Of a file that nobody could read nothing is known.
    func isHeld(_ number: Int, for decision: ItemDecision) -> Bool {
        if number == 0 { return missing.contains { $0.item.left.outcome == .held } }
        if items.isEmpty { return true }
        guard items.indices.contains(number - 1) else { return false }
        if case .retry = decision.action {
            return items[number - 1].left.outcome.map { !$0.counts && $0 != .replaced } ?? true
        }
        if case .release = decision.action { return items[number - 1].isReleasable }
        return items[number - 1].left.outcome == .held
    }

    /// Whether the update of that number waits for a person.
    func isHeld(_ number: Int) -> Bool {
        items.indices.contains(number - 1) && items[number - 1].left.outcome == .held
    }

    /// Whether it is known which of its updates wait for a person.
    var isHeld: Bool {
        items.contains { $0.left.outcome == .held } || missing.contains { $0.item.left.outcome == .held }
    }

    /// What came of those updates when that decision was carried out about all of them before; nil where it was not.
    func outcome(of decision: ItemDecision) -> Outcome? {
        let outcomes = decision.items.items.compactMap { number -> Outcome? in
            if number == 0 { return outcomeOfMissing(decision) }
            guard items.indices.contains(number - 1) else { return nil }
            let item = items[number - 1]
            let isDone = decision.release.map { $0 == item.release } ?? (item.left.outcome == .discarded)
            return isDone ? item.left.outcome : nil
        }
        return outcomes.count == decision.items.items.count ? Outcome(of: outcomes) : nil
    }

    /// What the stages are to know of the update of that number.
    func item(_ number: Int) -> Item {
        decided(items.indices.contains(number - 1) ? items[number - 1] : Item(), number)
    }

    /// What the stages are to know of an update as it was left.
    func decided(_ item: Item, _ number: Int) -> Item {
        var item = item
        if let closed = closed.first(where: { $0.number == number }), item.left.outcome == .held {
            (item.left.outcome, item.left.reason, item.left.isClosing) = (closed.outcome, closed.reason, true)
        }
        guard let decision, decision.items.contains(number) else { return item }
        switch decision.action {
        case .retry:
            let isOver = item.left.outcome == .discarded || item.left.outcome == .replaced
            if item.left.outcome.map({ !$0.counts && !isOver }) ?? true { item = Item() }
        case .release:
            if item.isReleasable || item.contentHash == nil {
                item = Item(release: decision.release, contentHash: item.contentHash)
            }
        case .discard:
            if item.left.outcome == .held {
                item.left.outcome = .discarded
            }
        // Its items are numbered otherwise than those that they take back.
        case .revert: break
        }
        return item
    }
}

extension EarlierTry.Item {
    /// Reads an update of a report.
    init(_ node: JSONNode) {
        contentHash = node["contentHash"]?.text
        uid = node["uid"]?.text
        left.outcome = node["outcome"]?.text.flatMap(Outcome.init(rawValue:))
        left.intent = node["intent"]?.text.flatMap(Intent.init(rawValue:))
        left.answers =
            node["stages"]?.elements.compactMap { stage in
                guard let verdict = stage["verdict"]?.text.flatMap(Verdict.init(word:)), let name = stage["stage"]?.text
                else { return nil }
                return StageAnswer(stage: name, verdict: verdict, reason: stage["reason"]?.text ?? "")
            } ?? []
        left.diagnostics = node["diagnostics"]?.elements.compactMap(Diagnostic.init) ?? []
        left.proposal = node["ifReleased"]?.text.map { Proposed(uid: node["event"]?.text ?? "", words: $0) }
        release = node["release"].flatMap { ItemDecision(note: $0) }?.release
        left.reason = node["reason"]?.text ?? ""
        // What is deferred is not decided; the stages that passed it are not asked again.
        guard left.outcome == .deferred else { return }
        left.outcome = nil
        left.answers.removeAll { $0.verdict != .pass }
    }
}

extension Diagnostic {
    /// Reads one back as `write(into:)` wrote it; nil for anything else.
    fileprivate init?(_ node: JSONNode) {
        guard let code = node["code"]?.text.flatMap(DiagnosticCode.init(rawValue:)),
            let severity = node["severity"]?.text.flatMap({ Severity(word: $0) })
        else { return nil }
        var position: SourcePosition?
        let range = node["bytes"]?.elements.compactMap(\.integer) ?? []
        if let line = node["line"]?.integer, let column = node["column"]?.integer, range.count == 2,
            range[0] <= range[1]
        {
            position = SourcePosition(line: line, column: column, bytes: range[0]..<range[1])
        }
        self.init(
            code, severity: severity, field: node["field"]?.text ?? "", position: position,
            update: node["item"]?.integer.map { $0 - 1 }, message: node["message"]?.text ?? "")
    }
}
