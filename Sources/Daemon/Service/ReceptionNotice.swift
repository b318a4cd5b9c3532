import EventModel
import Spool

/// What the reception has to tell about itself and the spool.
enum ReceptionNotice: Sendable {
    /// A file stays where it is.
    case leftAlone(Notice)
    /// Further files stay, more than are told of one by one.
    case leftAloneToo(NoticeBudget.Rest)
    /// Nothing is taken in until there is room.
    case paused(FreeSpace)
    /// Files are taken in again.
    case resumed(FreeSpace)
    /// Files that an earlier run or configuration left in work are taken up again; one at a time after an end.
    case recovered(Int, isAfterEnd: Bool)
    /// A file of active/ waits until the others are through.
    case setAside(StoredFile, reason: String)
    /// A file that waited in active/ was taken out by somebody else.
    case lost(StoredFile)
    /// The spool could not be worked with; it is tried again.
    case trouble(SpoolError)
    /// That trouble is over.
    case mended(SpoolError)
}
