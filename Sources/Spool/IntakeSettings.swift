/// The limits of taking files in.
public struct IntakeSettings: Sendable {
    /// The largest file that is read, in bytes. A larger one is claimed unread, to be rejected.
    public var maxFileBytes = 8 << 20
    /// Files of incoming/ that a scan looks at ahead; with those that hints name, at most twice as many are remembered.
    public var window = 4096
    /// Files of one submitter that are remembered: the rest of them wait on disk, and others' are looked for past them.
    public var filesOfOneSubmitter = 4096
    /// How long size and ctime have to stand still where no lease can be had.
    public var settle: Duration = .seconds(2)
    /// How long they have to stand still after a close that was heard of: programs that write in several goes close a
    /// file and open it again, and others set its times after they have closed it.
    public var restAfterClose: Duration = .milliseconds(250)
    /// The longest time between two looks at a file that is not ready.
    public var longestPause: Duration = .seconds(30)
    /// The age at which a temporary is told of.
    public var temporaryAge: Duration = .seconds(86_400)
    /// Temporaries whose age one scan asks for.
    public var temporariesAsked = 1000
    /// Files left alone that are remembered, so that each is told of once.
    public var rememberedNotices = 10_000
    /// Files that were not ready and are remembered.
    public var rememberedNotReady = 65_536

    /// The defaults.
    public init() {}
}

/// What one call of `Intake.take` brought.
public struct Taken: Sendable {
    /// Files that are in active/ and read, in the order they were taken.
    public internal(set) var files: [ClaimedFile] = []
    /// Files that stay, each told of once.
    public internal(set) var notices: [Notice] = []
    /// What stopped it, if something did; `files` are taken nevertheless. Nothing is lost: call again after a while.
    public internal(set) var trouble: SpoolError?
    /// When to call again even if nothing is heard: at once (zero) while there is more, after the time by which a file
    /// can have settled, or not at all (nil).
    public internal(set) var lookAgain: Duration?
}
