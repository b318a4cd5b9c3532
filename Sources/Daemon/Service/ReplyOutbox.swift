import EventModel
import Spool
import Synchronization
import Systemd

/// Replies on their way to submitters and to those who asked for something. Each is owed until it is written: one that
/// cannot be written is kept in the spool and tried again, by the next run too, and holds up no file meanwhile.
final class ReplyOutbox: Sendable {
    /// Replies that are owed at most, and their bytes; beyond that the oldest are given up.
    static let maxOwed = 10_000
    static let maxOwedBytes = 256 << 20
    /// Replies that fail at one retry until the others are left for the next one.
    static let failuresAtOnce = 100

    private struct State {
        /// Bytes of what is owed, by the deliveries, and of all together.
        private(set) var owed: [DeliveryID: Int] = [:]
        private(set) var bytes = 0
        /// The trouble that was told of last.
        var trouble: String?
        /// Whether it was told of that some are given up.
        var isGivingUp = false

        mutating func add(_ id: DeliveryID, _ count: Int) {
            remove(id)
            owed[id] = count
            bytes += count
        }

        mutating func remove(_ id: DeliveryID) { bytes -= owed.removeValue(forKey: id) ?? 0 }
    }

    private let spool: any SpoolWork
    private let journal: Journal
    private let maxOwed: Int
    // Held while files are written: a reply and an older one about the same delivery never overtake each other.
    private let state = Mutex(State())

    init(spool: any SpoolWork, journal: Journal, maxOwed: Int = ReplyOutbox.maxOwed) {
        self.spool = spool
        self.journal = journal
        self.maxOwed = maxOwed
    }

    /// Learns what an earlier run owes.
    func load() throws(SpoolError) {
        let owed = try spool.owed()
        state.withLock { state in
            for (id, count) in owed { state.add(id, count) }
        }
    }

    /// Replies that are owed.
    var count: Int { state.withLock { $0.owed.count } }

    /// Whether a reply is owed about a delivery.
    func owes(_ id: DeliveryID) -> Bool { state.withLock { $0.owed[id] != nil } }

    /// Writes a reply, or notes it as owed. Throws where neither can be done: then the matter stays as it is.
    func send(_ reply: OwedReply) throws(SpoolError) {
        try state.withLock { state throws(SpoolError) in
            var trouble: SpoolError?
            // Behind an older one about the same delivery it takes its place.
            if state.owed[reply.delivery] == nil {
                do throws(SpoolError) { return try spool.writeReply(reply) } catch { trouble = error }
            }
            try spool.owe(reply)
            state.add(reply.delivery, reply.json.count + reply.text.count)
            if let trouble { tell(trouble, reply.delivery, &state) }
            giveUp(&state)
        }
    }

    /// Tries to write what is owed, until too many have failed. Ask it at the start and every `spool.pause`.
    func retry() {
        var failures = 0
        for id in state.withLock({ $0.owed.keys.shuffled() }) where failures < ReplyOutbox.failuresAtOnce {
            state.withLock { state in
                guard state.owed[id] != nil else { return }
                do throws(SpoolError) {
                    if let reply = try spool.owed(id) { try spool.writeReply(reply) }
                    try spool.settle(id)
                    state.remove(id)
                } catch {
                    failures += 1
                    if state.trouble == nil { tell(error, id, &state) }
                }
            }
        }
        state.withLock { state in
            guard state.owed.isEmpty, state.trouble != nil else { return }
            (state.trouble, state.isGivingUp) = (nil, false)
            journal.write(.spoolRecovered, "replies can be written again; none is owed any more")
        }
    }

    /// Replies that speak of what is to be forgotten are owed to nobody.
    func forget(where isWanted: ([UInt8]) -> Bool) throws(SpoolError) {
        for id in state.withLock({ Array($0.owed.keys) }) {
            try state.withLock { state throws(SpoolError) in
                guard let reply = try spool.owed(id), isWanted(reply.json) else { return }
                try spool.settle(id)
                state.remove(id)
            }
        }
    }

    private func tell(_ trouble: SpoolError, _ id: DeliveryID, _ state: inout State) {
        if trouble.kind == state.trouble { return }
        state.trouble = trouble.kind
        journal.write(
            .replyFailed,
            "a reply could not be written; it is owed, and tried again until it is written: \(trouble)",
            fields: [.init("TIDINGS_DELIVERY", id.description)])
    }

    private func giveUp(_ state: inout State) {
        while state.owed.count > maxOwed || state.bytes > ReplyOutbox.maxOwedBytes, let oldest = state.owed.keys.min() {
            state.remove(oldest)
            // ignoring: what cannot be removed now, the next start finds and writes after all
            try? spool.settle(oldest)
            if state.isGivingUp { continue }
            state.isGivingUp = true
            journal.write(
                .replyFailed,
                "so many replies are owed that the oldest are given up: more than \(maxOwed), or more bytes than "
                    + "\(ReplyOutbox.maxOwedBytes); 'tidings why ID' tells what became of a delivery")
        }
    }
}
