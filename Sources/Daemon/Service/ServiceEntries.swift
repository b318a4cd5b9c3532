import EventModel
import Pipeline
import PluginKit
import Spool
import Systemd

extension PipelineNotice {
    /// The entry that says it; nil for what only shows progress.
    var entry: JournalEntry? {
        switch self {
        case .progress, .patience, .atRest, .paused(_, _, _, isNews: false): nil
        case .paused(let stage, let failure, let pause, isNews: true):
            JournalEntry(
                .stageFailed,
                "stage \(stage) cannot work; it is tried again in \(pause.words) and then less and less often, and files "
                    + "wait meanwhile: \(failure)",
                fields: [.init("TIDINGS_STAGE", stage)])
        case .recovered(let stage):
            JournalEntry(.stageRecovered, "stage \(stage) works again", fields: [.init("TIDINGS_STAGE", stage)])
        case .overran(let stage, let deadline, let deliveries):
            JournalEntry(
                .stageOverran,
                "stage \(stage) did not answer for \(deliveries) deliveries within \(deadline.words) and was cancelled",
                fields: [.init("TIDINGS_STAGE", stage)])
        case .abandoned(let stage, let count):
            JournalEntry(
                .stageAbandoned,
                "stage \(stage) ignored its cancellation and was left behind; calls left behind so far: \(count)",
                fields: [.init("TIDINGS_STAGE", stage)])
        }
    }
}

extension ReceptionNotice {
    /// The entry that says it.
    var entry: JournalEntry {
        switch self {
        case .leftAlone(let notice):
            return JournalEntry(notice.reason.messageID, "\(notice)", fields: notice.fields)
        case .leftAloneToo(let rest):
            return JournalEntry(.noticesLeftOut, "\(rest)", fields: rest.last.fields)
        case .paused(let room):
            return JournalEntry(
                .intakePaused,
                "the spool's file system has \(room) left; files wait in incoming/ until there is more: free some, "
                    + "or lower spool.min_free_bytes")
        case .resumed(let room):
            return JournalEntry(.intakeResumed, "the spool's file system has \(room) left; files are taken in again")
        case .recovered(let count, let isAfterEnd):
            return JournalEntry(
                .deliveriesRecovered,
                isAfterEnd
                    ? "\(count) deliveries that were in work at the last end are taken up again, one at a time"
                    : "\(count) deliveries that were in work before the reload are taken up again")
        case .setAside(let file, let reason):
            return JournalEntry(
                .deliverySetAside,
                "\(file.storedName) waits in active/ until others are through, and is then worked on alone: \(reason)",
                fields: [
                    .init("TIDINGS_DELIVERY", file.id.description), .init("TIDINGS_FILE", Array(file.name.bytes)),
                ])
        case .lost(let file):
            return JournalEntry(
                .claimLost, "\(file.storedName) was taken out of active/ by somebody else before it had its outcome",
                fields: [.init("TIDINGS_DELIVERY", file.id.description)])
        case .trouble(let error):
            return JournalEntry(
                error.isFull ? .intakePaused : .spoolFaulty,
                "files cannot be taken in, nothing is lost and it is tried again: \(error)")
        case .mended:
            return JournalEntry(.intakeResumed, "files are taken in again")
        }
    }
}

extension SpoolError {
    /// The entry about a spool that cannot be watched, or whose folders are not as they should be.
    func watchEntry(rescan: Duration) -> JournalEntry {
        operation == .watch
            ? JournalEntry(
                .spoolUnwatched, "the spool cannot be watched and is read every \(rescan.words) instead: \(self)")
            : JournalEntry(
                .spoolFaulty, "the spool is not as it should be and is looked at again every \(rescan.words): \(self)")
    }

    /// The entry about the end of that trouble.
    var mendedEntry: JournalEntry {
        JournalEntry(
            .spoolRecovered,
            operation == .watch ? "the spool is watched again" : "the spool is as it should be again")
    }
}

extension NoticeBudget.Rest: CustomStringConvertible {
    /// How many there were, the last one, and what to do.
    var description: String {
        let whose = owner.map { "user \($0)" } ?? "further users"
        return "\(count) more notices of files of \(whose) were left out within a minute, after \(limit) "
            + "(spool.max_notices_per_minute); find out what puts such files there; the last one: \(last)"
    }
}

extension Notice {
    fileprivate var fields: [JournalEntry.Field] {
        [
            .init("TIDINGS_FILE", name.bytes), .init("TIDINGS_SUBMITTER", Int(owner)),
            .init("TIDINGS_CODE", reason.code),
        ]
    }
}

extension Notice.Reason {
    fileprivate var messageID: MessageID {
        switch self {
        case .unreadable, .failed: .fileUnreadable
        case .forgottenTemporary: .temporaryNameLingering
        case .kind, .hardLinked, .mountPoint, .tooManyToTell: .fileLeftAlone
        }
    }
}
