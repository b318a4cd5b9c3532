import EventModel
import Synchronization

/// What taking files in asks of the folder where they are dropped; a simulated one serves as well.
protocol IncomingFolder: Sendable {
    /// All names, from the beginning.
    func names() throws(SpoolError) -> any NameStream
    /// The status of a name, nil if there is none.
    func status(ofIncoming name: FileName) throws(SpoolError) -> FileStatus?
    /// Whether the daemon itself has put a file back under that name since it was last asked.
    func wasPutBack(_ name: FileName) -> Bool
    /// Takes a dropped file.
    func claim(
        _ name: FileName, _ arrival: Arrival, as id: DeliveryID, limit: Int, hooks: ClaimHooks,
        isStill: (FileStatus) -> Bool
    ) throws(SpoolError) -> ClaimResult
}

/// The names of a folder, one after the other.
protocol NameStream: AnyObject {
    /// The next name; nil at the end.
    func next() throws(SpoolError) -> FileName?
}

extension DirectoryStream: NameStream {}

extension SpoolDirectory: IncomingFolder {
    func names() throws(SpoolError) -> any NameStream {
        try DirectoryStream(self[.incoming], path: "\(path)/incoming")
    }

    func status(ofIncoming name: FileName) throws(SpoolError) -> FileStatus? { try statusIfAny(.incoming, name) }

    func wasPutBack(_ name: FileName) -> Bool { putBack.withLock { $0.remove(name) != nil } }
}
