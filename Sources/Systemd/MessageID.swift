/// What an entry is about: each case is one kind, with the fixed id that `journalctl MESSAGE_ID=…` finds and the message
/// catalog explains. An id is never changed and never used for something else.
public enum MessageID: String, Sendable, CaseIterable {
    /// A delivery was accepted.
    case deliveryAccepted = "519bee5c09b22de21933492aa6f1143f"
    /// A delivery said nothing new.
    case deliveryUnchanged = "10108f17c506474c80034f4986bf26bd"
    /// A delivery is older than what is known.
    case deliveryStale = "519aa06406c1c710650a9266e6d15320"
    /// A delivery was refused.
    case deliveryRejected = "4f04203a519b127db4c9bff165c07501"
    /// A delivery waits for a person.
    case deliveryHeld = "2552dec5fa87010c15184bf25ecf5601"
    /// Some updates of a delivery count, and others do not.
    case deliveryPartial = "5b9d3c7e2f6148a0b3e85d914c70fa26"
    /// A person threw away all that was undecided of a delivery.
    case deliveryDiscarded = "e07a46d1953c4b28a6f1d2c85b9e3047"
    /// What waited for a person of a delivery was replaced by what its source said later.
    case deliveryReplaced = "3f9d1a6be2c84705b1d86c0f7a24e953"
    /// Nobody decided about what waited of a delivery before its event began.
    case deliveryExpired = "c5e07b3481f94d22a9634e1d7f0b86ca"
    /// A delivery is tried again later.
    case deliveryDeferred = "b1c5662bdcdbfbd4923d925bde605cfc"
    /// One stage answered for one delivery.
    case stageAnswered = "262d4fb8591df0956461b593929eebd9"
    /// The daemon began to start.
    case serviceStarted = "7ae9cc30a6cfd57d01b9e5400a3397ff"
    /// Recovery is done and intake is open.
    case serviceReady = "8afc061b5c1991986268cd39a6f5c1ed"
    /// The daemon was asked to stop.
    case serviceStopping = "310d5f242d3f914f1db0ce13e4bddb0a"
    /// The daemon has stopped; what it left waits.
    case serviceStopped = "98ebe168e9f93036f842dfa29c9c7f15"
    /// The daemon ends because it cannot go on.
    case serviceFailed = "bf9ae329374b16907e096a3ca9528f61"
    /// Deliveries of an earlier run were taken up again.
    case deliveriesRecovered = "329f921d578c27cc748ca749b223f1fb"
    /// Work stands still; the watchdog will restart the daemon.
    case progressLost = "4f9fdd593fa56f1f023c35c61b17dd6c"
    /// There is no configuration file; the defaults hold.
    case configurationDefaulted = "f1969d675d38072a54d57b67be123149"
    /// The configuration is faulty and the daemon does not start.
    case configurationFaulty = "249ccf3a527fefa8665b11b76ed94222"
    /// A new configuration is in force.
    case configurationReloaded = "711a219bc1e7806f4776194072889a5a"
    /// A new configuration is faulty; the old one stays in force.
    case reloadRefused = "ebce5f29defc88788d95fa73c551b5b5"
    /// Nothing is taken in: the disk or a quota is full.
    case intakePaused = "a048dadd1983ebdfcc20afbe4a0ad64a"
    /// Files are taken in again.
    case intakeResumed = "0c0c8c0ebc7d2256db998e42cb4991ca"
    /// Something in the spool is no plain file with one link and is left where it is.
    case fileLeftAlone = "1b7c56a6927c63083260396a3c07c06b"
    /// The daemon may not read a dropped file.
    case fileUnreadable = "087de58b1b3b786171f7ad63f3f296d1"
    /// A file with a temporary name has lain in the spool for a day.
    case temporaryNameLingering = "05d0cd4b753eaeea3deef898e0d399ec"
    /// More files of a user were left alone within a minute than are told of one by one.
    case noticesLeftOut = "fad39983fbb649f5bf8bd15670cc766a"
    /// A file was swapped or taken away while it was being claimed.
    case claimLost = "e5c5e4b821717ee55ab617de6c118a3e"
    /// A folder of the spool is missing or has the wrong owner or rights.
    case spoolFaulty = "da31ab4103573043630ff7e646f38c87"
    /// The spool cannot be watched; it is read at an interval instead.
    case spoolUnwatched = "b30579960472f3169f13dfa79c273423"
    /// The spool is watched again, its folders are in order again, or it takes outcomes again that had waited.
    case spoolRecovered = "5d0e6f8c1b7a4e3c9a41f2d87c60be19"
    /// Another daemon works on this spool.
    case spoolOccupied = "b3216a4ca88becfe3a74473c01c3dfad"
    /// The disk did not confirm a write; the daemon ends and recovers at its next start.
    case syncFailed = "e1239461161d44015b679494335dad05"
    /// What an earlier end of the daemon had left unfinished was removed.
    case leftoversRemoved = "4f0d6a3be81c47a29c7b5d1e60f2a893"
    /// A reply could not be written, and is owed.
    case replyFailed = "ae2b5c1628d1349b1d47542f00252b55"
    /// A stage is ill and paused.
    case stageFailed = "ebc64ad07435d42f22cf530729aad678"
    /// A stage works again.
    case stageRecovered = "44753926c650b8cf9ce8b606fa80d27d"
    /// A call of a stage took longer than its deadline and was cancelled.
    case stageOverran = "0e9f3a6b2c714d58b6e1a94c7d2f8035"
    /// A delivery that may harm others waits until they are through.
    case deliverySetAside = "ccf40a9727184fafad52ef711bfab5ec"
    /// A call of a stage ignored its cancellation and was left behind.
    case stageAbandoned = "8c2d7e51f40b4a6f9d13b7e6052ca94d"
    /// What an administrator asked for is done.
    case requestCarriedOut = "6a1f0c94d7e2435b8b5f3e0c29a7d846"
    /// What an administrator asked for is not done.
    case requestRefused = "b94e57d20a6c4f1389d7c1f5e6830a2b"
    /// A plugin's own entry.
    case pluginMessage = "1acdda200147216bfa9599fb442be78f"

    /// The priority of entries of this kind, unless the entry says otherwise.
    public var priority: JournalPriority {
        switch self {
        case .serviceFailed, .progressLost, .configurationFaulty, .reloadRefused, .intakePaused, .spoolFaulty,
            .spoolOccupied, .syncFailed, .stageFailed, .stageAbandoned:
            .error
        case .deliveryPartial, .deliveryRejected, .deliveryHeld, .deliveryExpired, .fileLeftAlone, .fileUnreadable,
            .temporaryNameLingering, .noticesLeftOut, .replyFailed, .stageOverran, .spoolUnwatched, .deliverySetAside:
            .warning
        case .deliveryStale, .deliveryDiscarded, .deliveryReplaced, .deliveryDeferred, .deliveriesRecovered,
            .leftoversRemoved,
            .configurationDefaulted, .configurationReloaded, .intakeResumed, .claimLost, .stageRecovered,
            .spoolRecovered, .requestCarriedOut, .requestRefused:
            .notice
        case .deliveryAccepted, .deliveryUnchanged, .serviceStarted, .serviceReady, .serviceStopping,
            .serviceStopped, .pluginMessage:
            .info
        case .stageAnswered:
            .debug
        }
    }
}
