import CommandLineKit
import EventFormats
import EventModel
import Pipeline
import Spool

/// What waits in the spool for another try, for a person, or to be looked at, an update a line.
struct WaitingList {
    private let view: SpoolView
    private let selection: Waiting
    private let isJSON: Bool
    private let console: Console
    private var table = Table(
        [
            ("ITEM", .left), ("FOLDER", .left), ("FILE", .left), ("USER", .right), ("SINCE", .left), ("CODE", .left),
            ("REASON", .left),
        ],
        wrapping: 6)

    init(_ view: SpoolView, _ selection: Waiting, _ common: CommonOptions, _ console: Console) {
        self.view = view
        self.selection = selection
        self.console = console
        isJSON = common.json
    }

    /// One that waits.
    private struct Row {
        let delivery: DeliveryID
        /// Its place in the file, from 1, or 0 for what the file lacks as a complete list; nil for the file as a whole.
        var item: Int?
        let folder: Folder
        let file: [UInt8]
        var submitter: UInt32?
        var expires: String?
        var code: String?
        var reason = ""
        /// What a release would do to the event.
        var proposal: String?
    }

    /// Lists what waits in the folders that this user may look into.
    mutating func write() -> ExitStatus {
        var status = ExitStatus.ok
        for folder in [Folder.active, .deferred, .held, .rejected] {
            do throws(SpoolError) {
                try write(folder)
            } catch {
                console.complain("tidings queue: \(folder.rawValue): unknown: \(error.note)")
                status = .permission
            }
        }
        if isJSON { return status }
        if table.rows.isEmpty {
            if status == .ok { console.complain("tidings queue: nothing waits for another try or for a person") }
        } else {
            table.write(to: console)
        }
        return status
    }

    private mutating func write(_ folder: Folder) throws(SpoolError) {
        var found: [Row] = []
        try view.forEachReport(in: folder) { file, report in
            guard selection.contains(file.id, report) else { return }
            found += rows(file, folder, report).filter { selection.contains($0.code) }
        }
        for row in found { add(row) }
    }

    /// The updates of a file that wait there; the file itself where nothing is known of them.
    private func rows(_ file: StoredFile, _ folder: Folder, _ report: ReportDocument?) -> [Row] {
        guard let report else {
            return [Row(delivery: file.id, item: nil, folder: folder, file: file.name.bytes)]
        }
        let awaited: [Outcome] =
            switch folder {
            case .held: [.held]
            case .deferred: [.deferred]
            case .rejected: [.rejected, .expired]
            default: []
            }
        var isMissingNamed = false
        let updates = report.updates.filter { update in
            guard awaited.contains(where: { update.outcome == $0.rawValue }) else { return false }
            // What a list lacks is decided together: the first says what it is.
            defer { isMissingNamed = isMissingNamed || update.item == 0 }
            return update.item != 0 || !isMissingNamed
        }
        if updates.isEmpty {
            return [
                Row(
                    delivery: file.id, item: nil, folder: folder, file: report.file, submitter: report.submitter,
                    code: report.codes.first, reason: report.message)
            ]
        }
        return updates.map { update in
            Row(
                delivery: file.id, item: update.item, folder: folder, file: report.file, submitter: report.submitter,
                expires: update.expires, code: update.findings.first?.code,
                reason: update.outcome == Outcome.expired.rawValue
                    ? update.reason : update.findings.first?.message ?? update.reason,
                proposal: update.proposal)
        }
    }

    private mutating func add(_ row: Row) {
        guard isJSON else {
            let id = row.item.map { "\(row.delivery)/\($0)" } ?? row.delivery.description
            table.add(
                [
                    id, row.folder.rawValue, PrintableText.escape(row.file), row.submitter.map { String($0) } ?? "",
                    row.delivery.instant.toTheSecond.description, row.code ?? "",
                    (row.reason + (row.proposal.map { "; if released: \($0)" } ?? "")).printable,
                ].map { Table.Cell($0) })
            return
        }
        console.json { json in
            json.key("delivery")
            json.string(row.delivery.description)
            json.optional("item", row.item)
            json.key("folder")
            json.string(row.folder.rawValue)
            json.key("file")
            json.string(String(decoding: row.file, as: UTF8.self))
            json.optional("submitter", row.submitter.map { Int($0) })
            json.key("since")
            json.string(row.delivery.instant.description)
            json.optional("expires", row.expires)
            json.optional("code", row.code)
            json.key("reason")
            json.string(row.reason)
            json.optional("ifReleased", row.proposal)
        }
    }
}
