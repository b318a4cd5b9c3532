import CommandLineKit
import Configuration
import EventFormats
import EventModel
import Pipeline
import PluginKit
import Requests
import Spool

/// The options that name what came from somewhere since a time.
struct OriginOptions: Sendable {
    var user = ""
    var publisher = ""
    var since = ""

    static var options: [Option<OriginOptions>] {
        [
            Option("user", "u", "USER", \.user, "what a user dropped, by name or number"),
            Option("publisher", "p", "NAME", \.publisher, "what was dropped for a publisher"),
            Option("since", nil, "TIME", \.since, "since when, such as 2026-11-28T19:30:00Z"),
        ]
    }

    static func part<Table>(of path: any WritableKeyPath<Table, OriginOptions> & Sendable) -> [Option<Table>] {
        options.map { $0.part(of: path) }
    }

    /// Whether none is given.
    var isEmpty: Bool { user.isEmpty && publisher.isEmpty && since.isEmpty }

    /// Where it came from and since when: both are needed for whatever changes something.
    func selected(_ service: Service) throws(Failure) -> (origin: Origin, since: Instant) {
        guard let since = try time(), let origin = try origin(service) else {
            throw Failure(.usage, "name updates by their ids, or give --since and either --user or --publisher")
        }
        return (origin, since)
    }

    /// Since when; nil for whenever.
    func time() throws(Failure) -> Instant? {
        if since.isEmpty { return nil }
        guard let time = Instant(rfc3339: since) else {
            throw Failure(
                .usage,
                "--since \(since.printable) is no time with its zone; write it as 2026-11-28T19:30:00Z or with +01:00")
        }
        return time
    }

    /// Where it came from; nil for anywhere.
    func origin(_ service: Service) throws(Failure) -> Origin? {
        if !user.isEmpty, !publisher.isEmpty {
            throw Failure(.usage, "--user and --publisher exclude each other; leave one out")
        }
        if !publisher.isEmpty, !service.configuration.publishers.names.contains(publisher) {
            throw Failure(.data, "\(publisher.printable) is no publisher of the configuration")
        }
        if !publisher.isEmpty { return .publisher(publisher) }
        return user.isEmpty ? nil : try service.user(user)
    }
}

/// The options that name what waits for a person.
struct HeldOptions: Sendable {
    var from = OriginOptions()
    var code = ""

    static var options: [Option<HeldOptions>] {
        OriginOptions.part(of: \.from) + [
            Option("code", nil, "CODE", \.code, "what is held for that reason, such as blast-radius")
        ]
    }

    static func part<Table>(of path: any WritableKeyPath<Table, HeldOptions> & Sendable) -> [Option<Table>] {
        options.map { $0.part(of: path) }
    }

    /// Throws where no finding has that code.
    func checkCode() throws(Failure) {
        if code.isEmpty || DiagnosticCode(rawValue: code) != nil { return }
        let names = DiagnosticCode.all.map(\.rawValue)
        let hint = nearest(to: code, among: names).map { "; did you mean \($0)?" } ?? ""
        throw Failure(.usage, "no finding has the code \(code.printable)\(hint)")
    }

    static let note =
        "Give no ID but --since and either --user or --publisher for all that is held of what came from there since then; "
        + "--code narrows it."

    /// What is named: by the ids of a command line, or by where it came from.
    func items(_ operands: [Argument], _ service: Service) throws(Failure) -> [DecidedItems] {
        guard operands.isEmpty else {
            guard from.isEmpty, code.isEmpty else {
                throw Failure(
                    .usage,
                    "--user, --publisher, --since and --code are for all that came from there; leave them out, or the ids"
                )
            }
            return try SetAside(service).items(operands)
        }
        try checkCode()
        let (origin, since) = try from.selected(service)
        let found = try held(Waiting(origin: origin, since: since, code: code), service)
        guard !found.isEmpty else { throw Failure(.noInput, "nothing that came from there since then is held") }
        return found
    }

    private func held(_ selection: Waiting, _ service: Service) throws(Failure) -> [DecidedItems] {
        var found: [DecidedItems] = []
        do throws(SpoolError) {
            try SpoolView(path: service.spool).forEachReport(in: .held) { file, report in
                guard let report, selection.contains(file.id, report) else { return }
                let all = report.updates.filter { $0.outcome == Outcome.held.rawValue }
                let items = all.filter { selection.contains($0.findings.first?.code) }.map(\.item)
                guard !items.isEmpty || selection.code.isEmpty else { return }
                found.append(DecidedItems(file.id, items: items.count == all.count ? [] : items))
            }
        } catch {
            throw Failure(error.status, "\(error)")
        }
        return found
    }
}

/// Which of what waits is meant.
struct Waiting {
    var origin: Origin?
    var since: Instant?
    /// The deciding code; empty for whichever.
    var code = ""

    func contains(_ id: DeliveryID, _ report: ReportDocument?) -> Bool {
        if let since, id.instant < since { return false }
        switch origin {
        case nil: return true
        case .user(let user): return report?.submitter == user
        case .publisher(let name): return report?.publisher == name
        }
    }

    func contains(_ found: String?) -> Bool { code.isEmpty || found == code }
}

extension SpoolView {
    /// Files that are listed at once.
    private static let page = 4096

    /// Hands over the files of a folder, the oldest first, with what the daemon said of each.
    func forEachReport(
        in folder: Folder, _ body: (StoredFile, ReportDocument?) -> Void
    ) throws(SpoolError) {
        var last: DeliveryID?
        while true {
            let listing = try list(folder, after: last, limit: SpoolView.page)
            for file in listing.files {
                let report = folder == .active ? nil : try report(file.id, in: folder)
                body(file, report.flatMap(ReportDocument.init))
            }
            last = listing.files.last?.id
            if !listing.hasMore { return }
        }
    }
}
