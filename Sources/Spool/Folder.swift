/// The folders of a spool.
public enum Folder: String, CaseIterable, Sendable {
    /// Where updates are dropped.
    case incoming
    /// What is in work.
    case active
    /// What a stage refused, with reports.
    case rejected
    /// What waits for a person, with reports.
    case held
    /// What is tried again later, with reports.
    case deferred
    /// Accepted files, where no stage keeps the bytes.
    case accepted
    /// Answers for submitters, one folder a user.
    case replies
    /// What administrators ask for.
    case requests

    /// Where files wait with a report, for a person or for another try.
    public static let setAside: [Folder] = [.held, .rejected, .deferred]

    var name: FileName { FileName(trusted: Array(rawValue.utf8)) }

    var index: Int {
        switch self {
        case .incoming: 0
        case .active: 1
        case .rejected: 2
        case .held: 3
        case .deferred: 4
        case .accepted: 5
        case .replies: 6
        case .requests: 7
        }
    }
}
