import EventModel
import Pipeline
import PluginKit
import Spool
import Systemd

/// Tells of deliveries that have their outcome: their senders, the journal, and those who decided about them.
struct Answers {
    let spool: any SpoolWork
    let replies: ReplyOutbox
    let decisions: Decisions?
    let journal: Journal
    let clock: any ServiceClock
    let replyAccepted: Bool
    private var lines = AcceptedLines()
    /// Whether it was told of that lines about accepted deliveries cannot be written.
    private var areLinesLost = false

    init(
        spool: any SpoolWork, replies: ReplyOutbox, decisions: Decisions?, journal: Journal, clock: any ServiceClock,
        replyAccepted: Bool
    ) {
        self.spool = spool
        self.replies = replies
        self.decisions = decisions
        self.journal = journal
        self.clock = clock
        self.replyAccepted = replyAccepted
    }

    /// Tells the sender, the journal and those who asked for it. Where a reply can be neither written nor noted as owed,
    /// the rest is left for the next time.
    mutating func answer(_ closing: inout Closing) -> SpoolError? {
        do throws(SpoolError) {
            if !closing.isTold {
                let passage = closing.passage
                // Who was told that it waits is told what came of it.
                let wasTold = closing.item.decision != nil || closing.item.home != nil || closing.item.attempts > 1
                if closing.outcome.isOpen || closing.item.wantsReply || wasTold || passage.isClosing
                    || passage.isNotApplied
                {
                    try reply(closing)
                } else if replyAccepted {
                    lines.add(closing.passage, at: clock.now)
                }
                closing.isTold = true
                if journal.writes(.debug) {
                    for entry in DeliveryEntry.stages(closing.passage) { journal.write(entry) }
                }
                journal.write(DeliveryEntry.make(closing.passage, elapsed: clock.uptime - closing.item.since))
            }
            try decisions?.finished(closing.file.id, closing.passage)
            return nil
        } catch {
            return error
        }
    }

    /// Writes the lines about what was accepted. They are no promise: the archive has it, and the journal.
    mutating func tellAccepted() {
        defer { lines = AcceptedLines() }
        do throws(SpoolError) {
            try lines.forEachUser { user, day, bytes throws(SpoolError) in
                try spool.addAccepted(bytes, of: day, to: user)
            }
            areLinesLost = false
        } catch {
            if !areLinesLost {
                journal.write(
                    .replyFailed,
                    "what was accepted could not be told in replies/; 'tidings why FILE' tells it: \(error)")
            }
            areLinesLost = true
        }
    }

    private func reply(_ closing: Closing) throws(SpoolError) {
        let file = closing.file
        try replies.send(
            OwedReply(
                user: file.submitter, name: file.fileName, delivery: file.id, json: closing.report.json,
                text: Array(closing.report.text.utf8)))
    }

    func reportMissing(_ file: ActiveFile, _ outcome: Outcome) {
        journal.write(
            .claimLost,
            "\(file.storedName) was taken out of active/ by somebody else while it was in work; "
                + "its outcome was \(outcome.rawValue)",
            fields: [.init("TIDINGS_DELIVERY", file.id.description)])
    }
}
