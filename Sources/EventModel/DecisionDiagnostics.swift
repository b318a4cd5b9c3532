extension Decision {
    private static let remedy =
        "an administrator accepts it with \"tidings release\" or throws it away with \"tidings discard\""

    static func stale(_ update: EventUpdate, _ known: KnownEvent) -> Diagnostic {
        Diagnostic(
            .staleRevision, severity: .warning, field: update.sequence == nil ? "issuedAt" : "sequence",
            message: "a newer revision of \(update.uid) is known (\(words(known.stamp))); this one "
                + "(\(words(update.sequence, update.issuedAt))) is archived and changes nothing")
    }

    /// It waited while an update went on that was dropped later.
    static func overtaken(_ code: DiagnosticCode, severity: Severity, _ update: EventUpdate) -> Diagnostic {
        let end =
            severity == .held
            ? "if this one is right, raise its sequence or issue date and drop it again, or an administrator accepts it "
                + "with \"tidings release\"; if not, \"tidings discard\" removes it"
            : "this one is archived and changes nothing"
        return Diagnostic(
            code, severity: severity, field: "",
            message:
                "the current word on \(update.uid) was dropped after this update and went on while this one waited, and no "
                + "sequence or issue date says which is newer; \(end)")
    }

    static func ambiguous(_ update: EventUpdate, _ message: String, field: String) -> Diagnostic {
        Diagnostic(
            .ambiguousIntent, severity: .held, field: field,
            message: "what this update does to \(update.uid) is not clear: \(message); \(remedy)")
    }

    static func noTarget(_ uid: String) -> Diagnostic {
        Diagnostic(
            .ambiguousIntent, severity: .held, field: "uid",
            message: "it was released as an update of \(uid), and no event is called that; \"tidings list\" shows what "
                + "events there are")
    }

    static func unknownTarget(_ update: EventUpdate) -> Diagnostic {
        Diagnostic(
            .cancelUnknownTarget, severity: .warning, field: "uid",
            message: "\(update.uid) is cancelled before it was announced; the cancellation is kept, so that an older "
                + "announcement does not bring it back")
    }

    static func inFuture(_ statement: Statement) -> Diagnostic {
        Diagnostic(
            .stampInFuture, severity: DiagnosticCode.stampInFuture.defaultSeverity(in: statement.source.format),
            field: "issuedAt",
            message: "\(statement.update.uid) is said to be issued \(statement.update.issuedAt.map { "\($0)" } ?? ""), "
                + "after it was received; the time of receipt counts. Set the clock of the program that wrote it")
    }

    static func notAllowed(_ statement: Statement, _ permission: Permission) -> Diagnostic {
        let publisher = statement.source.publisher
        let section = publisher.isEmpty || UpdateSource.isLone(publisher) ? "default" : publisher
        return Diagnostic(
            .foreignEvent, severity: DiagnosticCode.foreignEvent.defaultSeverity(in: statement.source.format),
            field: "uid",
            message: "who dropped this may not \(permission.rawValue) events (publishers.\(section).may); an "
                + "administrator accepts it with \"tidings release\", or adds \"\(permission.rawValue)\" to that setting"
        )
    }

    static func anotherUser(_ statement: Statement) -> Diagnostic {
        Diagnostic(
            .foreignEvent, severity: DiagnosticCode.foreignEvent.defaultSeverity(in: statement.source.format),
            field: "uid",
            message: "another user announced \(statement.update.uid), and this changes its time, place or status; an "
                + "administrator accepts it with \"tidings release\". Users of one [publishers.NAME] may change each "
                + "other's events")
    }

    static func firstHeard(_ update: EventUpdate) -> Diagnostic {
        Diagnostic(
            .firstHeardChanged, severity: .warning, field: "status",
            message: "the first that is heard of \(update.uid) is an update of it (\(update.status.rawValue)); "
                + "check that the uid is that of the announcement, if there was one")
    }

    static func diagnostic(_ code: DiagnosticCode, _ statement: Statement, _ known: KnownEvent) -> Diagnostic {
        let uid = known.state.uid
        let stamp = words(known.stamp)
        let (field, message) =
            switch code {
            case .foreignEvent:
                (
                    "uid",
                    "\(uid) belongs to \(name(known.owner)), and this update was dropped for "
                        + "\(name(statement.source.publisher)); use another uid, let its publisher drop it, or an "
                        + "administrator accepts it with \"tidings release\""
                )
            case .seenBefore where statement.base?.isReverted == true:
                (
                    "",
                    "a person has taken back what this says of \(uid); if it is meant this time, an administrator accepts it "
                        + "with \"tidings release\""
                )
            case .seenBefore:
                (
                    "",
                    "this was the word on \(uid) before, has been replaced, and states no order that would make it the "
                        + "newest again; raise its sequence, or \(remedy)"
                )
            case .revisionConflict:
                (
                    "sequence",
                    "the current revision of \(uid) has the same order (\(stamp)) and another content; raise the "
                        + "sequence of the right one, or \(remedy)"
                )
            case .sameEventOrNew:
                (
                    "uid",
                    "this resembles \(uid) (\"\(known.state.name.text)\") and does not say whether it is about the same "
                        + "event; state a UID: or Update-Of:, or \(remedy), with --as new or --update-of"
                )
            case .sequenceNotIncremented:
                (
                    "sequence",
                    "time, place or status of \(uid) changed and the sequence stayed \(stamp); raise it by one at each "
                        + "such change, so that calendar programs take notice"
                )
            default: ("", "\(uid): \(code.rawValue); \(remedy)")
            }
        return Diagnostic(
            code, severity: code.defaultSeverity(in: statement.source.format), field: field, message: message)
    }

    /// A publisher for people. Who a lone submitter is concerns nobody else.
    private static func name(_ publisher: String) -> String {
        if publisher.isEmpty { return "nobody in particular" }
        return UpdateSource.isLone(publisher) ? "a submitter who speaks for no publisher" : publisher
    }

    private static func words(_ stamp: RevisionStamp) -> String { words(stamp.sequence, stamp.issuedAt) }

    private static func words(_ sequence: Int?, _ issuedAt: Instant?) -> String {
        let parts = [sequence.map { "sequence \($0)" }, issuedAt.map { "issued \($0)" }].compactMap { $0 }
        return parts.isEmpty ? "no order stated" : parts.joined(separator: ", ")
    }
}
