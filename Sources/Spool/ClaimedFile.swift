public import EventModel

/// A file in active/, in work under its delivery's id. What `finish` needs; it does not hold the bytes.
public struct ActiveFile: Sendable {
    /// Where the file came from.
    public enum Origin: Hashable, Sendable {
        /// It was dropped in incoming/.
        case dropped
        /// It lay in active/ when the daemon started.
        case recovered
        /// It was taken up again from that folder.
        case takenUp(Folder)
    }

    /// The delivery.
    public let id: DeliveryID
    /// The name in active/, `ID-NAME`.
    public let storedName: FileName
    /// The name as dropped; of a file that was recovered or taken up again, the NAME of its stored name, which may
    /// have been cut (the report has all bytes).
    public let fileName: FileName
    /// The numeric user id of the one who dropped it.
    public let submitter: UInt32
    /// Where it came from.
    public let origin: Origin
    /// The file before its bytes were read.
    let before: FileStatus

    /// Its size in bytes when it was read.
    public var size: Int { Int(before.size) }

    /// The file as it lies in active/.
    public var stored: StoredFile { StoredFile(id: id, storedName: storedName) }

    /// Whether the file, as it is now, can have other bytes than those that were read.
    func differs(from now: FileStatus) -> Bool {
        now.identity != before.identity || now.size != before.size || now.changedAt != before.changedAt
    }
}

/// A claimed file and its bytes, read once.
public struct ClaimedFile: Sendable {
    /// The file in active/.
    public let file: ActiveFile
    /// The bytes; empty if the file is too large.
    public let bytes: [UInt8]
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits; of no bytes if the file is too large.
    public let sha256: String
    /// Whether the file has more bytes than the limit: it was not read, and is to be rejected.
    public let isTooLarge: Bool
    /// The file's size when it was claimed, in bytes.
    public let size: Int64
    /// When the file was claimed: the time of its id, the same each time it is taken up.
    public var receivedAt: Instant { file.id.instant }
    /// Whether the sender asks for a reply though it be accepted: the file's sticky bit is set (`chmod +t`).
    public let wantsReply: Bool
}
