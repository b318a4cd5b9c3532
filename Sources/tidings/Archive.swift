import Daemon
import EventModel
import Glibc

/// The archive as the commands see it.
struct Archive {
    private let path: String

    init(_ service: Service) { path = service.archive }

    /// How many deliveries and events it holds.
    func counts() throws(Failure) -> (deliveries: Int, events: Int) { (0, 0) }

    /// What every known event is now.
    func events() throws(Failure) -> [EventUpdate] { [] }

    /// What one event is now, and how it came to that; nil where the archive does not know it.
    func event(_ uid: String) throws(Failure) -> ArchivedEvent? { nil }

    /// What became of the deliveries that a story is asked for.
    func story(_ subject: StorySubject) throws(Failure) -> [StoryEntry] { [] }
}

/// An event and its revisions.
struct ArchivedEvent {
    struct Revision {
        let number: Int
        let delivery: String
        let time: Instant
        let intent: String
        let sequence: Int?
        let changes: [Change]
    }

    let state: EventUpdate
    let revisions: [Revision]
}
