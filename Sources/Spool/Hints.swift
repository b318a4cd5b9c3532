/// A name in incoming/ that something happened to.
public struct Hint: Hashable, Sendable {
    /// The name.
    public let name: FileName
    /// What the event says for the file's being whole.
    public let arrival: Arrival

    /// Makes a hint.
    public init(name: FileName, arrival: Arrival) {
        self.name = name
        self.arrival = arrival
    }
}

/// What a wait for events brought. Hints only: each has to be looked at.
public struct Hints: Sendable {
    /// Names in incoming/, each once, with the strongest kind of arrival, in the order they were first heard of.
    public internal(set) var names: [Hint] = []
    /// Whether events or names were lost: scan incoming/ and read requests/ at once.
    public internal(set) var isScanNeeded = false
    /// Whether something may lie in requests/.
    public internal(set) var areRequestsWaiting = false
    /// Whether a folder may have been removed or replaced: call `SpoolDirectory.refresh`.
    public internal(set) var areFoldersInDoubt = false
    /// Whether the waker was used.
    public internal(set) var isWoken = false

    /// Makes hints; nothing was heard.
    public init(names: [Hint] = [], isScanNeeded: Bool = false) {
        self.names = names
        self.isScanNeeded = isScanNeeded
    }

    /// Whether nothing was heard.
    public var isEmpty: Bool {
        names.isEmpty && !isScanNeeded && !areRequestsWaiting && !areFoldersInDoubt && !isWoken
    }
}
