import Configuration
import PluginKit
import Spool
import Systemd

/// What is there as long as the process is, whatever the configuration says after a reload.
struct House: Sendable {
    let spool: SpoolDirectory
    let ears: Ears
    let reception: Reception
    let desk: Desk
    let replies: ReplyOutbox
    let decisions: Decisions
    let hints: HintBox
    let progress = Progress()
    /// How often the spool is read again, whatever is heard.
    let rescan: Duration
    let stateDirectory: String
    let clock: any ServiceClock
    let journal: Journal

    /// Opens the spool, locks it, takes back what an earlier run told nobody of, and watches it before anybody looks
    /// into it.
    static func open(
        _ configuration: Configuration, stateDirectory: String, createsSpool: Bool, clock: any ServiceClock,
        journal: Journal, mayWatch: @escaping Ears.Permission = { () throws(SpoolError) in }
    ) throws(SpoolError) -> House {
        let spool = try SpoolDirectory.open(configuration.spool.directory, create: createsSpool)
        try spool.recallUnanswered()
        for concern in try spool.concerns() { journal.write(.spoolFaulty, concern, priority: .warning) }
        sweep(spool, journal)
        let replies = ReplyOutbox(spool: spool, journal: journal)
        try replies.load()
        let desk = Desk()
        let ears = try Ears(spool, settings: configuration.spool, mayWatch: mayWatch)
        let decisions = Decisions(spool: spool, replies: replies, journal: journal)
        let reception = try Reception(
            spool: spool, configuration: configuration, desk: desk, decisions: decisions, clock: clock
        ) {
            journal.write($0.entry)
        }
        return House(
            spool: spool, ears: ears, reception: reception, desk: desk, replies: replies, decisions: decisions,
            hints: HintBox(limit: configuration.spool.maxHints), rescan: configuration.spool.rescan,
            stateDirectory: stateDirectory, clock: clock, journal: journal)
    }

    /// Removes what an earlier end left unfinished. Where that fails, nothing is lost.
    private static func sweep(_ spool: SpoolDirectory, _ journal: Journal) {
        do throws(SpoolError) {
            let swept = try spool.sweep()
            if swept.isEmpty { return }
            journal.write(
                .leftoversRemoved,
                "what an earlier end had left was removed: \(swept.unfinished) unfinished files of the daemon or "
                    + "'tidings', \(swept.orphans) reports without their files")
        } catch {
            journal.write(
                .spoolFaulty, "what an earlier end left unfinished could not all be removed: \(error)",
                priority: .warning)
        }
    }
}
