import Spool
import Systemd

extension ReceptionNotice {
    /// The entry that says it.
    var entry: JournalEntry {
        switch self {
        case .leftAlone(let notice):
            let fields: [JournalEntry.Field] = [
                .init("TIDINGS_FILE", Array(notice.name.bytes)), .init("TIDINGS_SUBMITTER", Int(notice.owner)),
                .init("TIDINGS_CODE", notice.reason.code),
            ]
            return JournalEntry(notice.reason.messageID, "\(notice)", fields: fields)
        case .paused(let room):
            return JournalEntry(
                .intakePaused,
                "the spool's file system has \(room) left; files wait in incoming/ until there is more: free some, "
                    + "or lower spool.min_free_bytes")
        case .resumed(let room):
            return JournalEntry(.intakeResumed, "the spool's file system has \(room) left; files are taken in again")
        case .recovered(let count):
            return JournalEntry(
                .deliveriesRecovered, "\(count) deliveries that were in work at the last end are taken up again")
        case .trouble(let error):
            return JournalEntry(error.isFull ? .intakePaused : .spoolFaulty, "files cannot be taken in: \(error)")
        }
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
