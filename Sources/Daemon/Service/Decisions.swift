import Requests
import EventModel
import Pipeline
import PluginKit
import Spool
import Synchronization
import Systemd

/// Requests of administrators, from the time they are found in requests/ until they are answered. A request's file leaves
/// only after what it asks for is done and answered: after a kill at any moment it is found again, and ends as if there had
/// been none.
final class Decisions: Sendable {
    private struct State {
        /// Whether there may be requests that were not looked at.
        var isLookDue = true
        /// Whether some wait for the end of what is in work.
        var arePostponed = false
        /// Requests that wait for the outcome of a delivery.
        var waiting: [DeliveryID: [Standing]] = [:]
        /// The order that the stages are carrying out.
        var order: Standing?
        /// Files of requests that are under way.
        var underWay: Set<FileName> = []
        /// Those of them that could not be carried out, until the next scan.
        var left: Set<FileName> = []
        /// Those of them that the journal has been told of, and that have no answer yet.
        var journalled: Set<FileName> = []
        /// What lies in requests/ and is none, told once.
        var told: Set<String> = []
    }

    /// Requests that are read at once.
    static let maxRead = 1000

    let spool: SpoolDirectory
    private let replies: ReplyOutbox
    let journal: Journal
    private let state = Mutex(State())

    init(spool: SpoolDirectory, replies: ReplyOutbox, journal: Journal) {
        self.spool = spool
        self.replies = replies
        self.journal = journal
    }

    /// Notes what was heard of requests/.
    func hear(_ hints: [Hints]) {
        if hints.contains(where: \.isScanNeeded) {
            state.withLock { state in
                state.underWay.subtract(state.left)
                state.left = []
            }
        }
        if hints.contains(where: { $0.areRequestsWaiting || $0.isScanNeeded }) { lookAgain() }
    }

    /// Whether there may be requests that were not looked at.
    var isLookDue: Bool { state.withLock { $0.isLookDue } }

    /// There may be requests that were not looked at.
    func lookAgain() { state.withLock { $0.isLookDue = true } }

    /// A pipeline begins: no order is under way any more.
    func begin() {
        state.withLock { state in
            if let order = state.order { state.underWay.remove(order.request.name) }
            state.order = nil
            state.isLookDue = true
        }
    }

    /// The requests that wait and are not under way, oldest first; those that cannot be read are refused at once, and of
    /// what is no request `tell` is told once.
    func take(_ tell: (Notice) -> Void) throws(SpoolError) -> [Standing] {
        let isDue = state.withLock { state in
            guard state.isLookDue else { return false }
            (state.isLookDue, state.arePostponed) = (false, false)
            return true
        }
        guard isDue else { return [] }
        let (requests, notices) = try spool.requests(limit: Decisions.maxRead)
        if requests.count == Decisions.maxRead { lookAgain() }
        for notice in notices where state.withLock({ $0.told.count < 1000 && $0.told.insert("\(notice)").inserted }) {
            tell(notice)
        }
        return requests.compactMap(read)
    }

    /// A request that is neither under way nor answered; nil also for one that cannot be read, which is refused.
    private func read(_ request: Request) -> Standing? {
        guard !state.withLock({ $0.underWay.contains(request.name) }) else { return nil }
        do throws(RequestFault) {
            guard let bytes = request.bytes else {
                throw RequestFault("it has more than \(SpoolDirectory.largestRequest) bytes")
            }
            let standing = Standing(request: request, asked: try DecisionRequest(bytes))
            // It was carried out, and an end kept it from being removed.
            guard !hasAnswer(request) else {
                remove(request, standing.asked)
                return nil
            }
            return standing
        } catch {
            refuse(request, "\(error); 'tidings' writes requests in the right form")
            return nil
        }
    }

    /// Takes up requests about deliveries that an end left in work, before these go on: a retry, or a release that had
    /// begun, waits for the outcome; what was about to be thrown away is. Gives the files that go on.
    ///
    /// - Parameter begun: What a person had decided about a delivery in work.
    func resume(
        _ left: [StoredFile], begun: (DeliveryID) throws(SpoolError) -> ItemDecision?
    ) throws(SpoolError) -> [StoredFile] {
        guard !left.isEmpty else { return [] }
        let files = Dictionary(left.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var discarded: Set<DeliveryID> = []
        try spool.forEachRequest { request throws(SpoolError) in
            guard let standing = read(request), let id = standing.delivery, let file = files[id] else { return }
            if standing.isBegun(by: try begun(id)) {
                wait(standing, for: id)
            } else if case .discard = standing.asked.action, try spool.isDiscarded(id, in: .active) {
                try spool.discard(file, from: .active)
                discarded.insert(id)
            }
        }
        return left.filter { !discarded.contains($0.id) }
    }

    /// A request waits for the outcome of its delivery.
    func wait(_ standing: Standing, for delivery: DeliveryID) {
        state.withLock { state in
            state.underWay.insert(standing.request.name)
            state.waiting[delivery, default: []].append(standing)
        }
    }

    /// A request that nobody has answered yet does not wait for an outcome any more and is looked at again.
    func stopWaiting(_ standing: Standing, for delivery: DeliveryID) {
        state.withLock { state in
            let count = state.waiting[delivery]?.count
            state.waiting[delivery]?.removeAll { $0.request.name == standing.request.name }
            guard let count, state.waiting[delivery]?.count != count else { return }
            state.underWay.remove(standing.request.name)
            state.arePostponed = true
        }
    }

    /// A request waits for the end of what is in work.
    func postpone() { state.withLock { $0.arePostponed = true } }

    /// The stages begin to carry out an order.
    func begin(_ standing: Standing) {
        state.withLock { state in
            state.underWay.insert(standing.request.name)
            state.order = standing
        }
    }

    /// A delivery has its outcome: those who decided about it are answered. Where that cannot even be noted as owed, they
    /// wait on.
    func finished(_ delivery: DeliveryID, _ passage: Passage) throws(SpoolError) {
        let standing = takeWaiting(delivery)
        for (index, one) in standing.enumerated() {
            let items = (one.delivery == one.asked.delivery ? one.asked.items : nil) ?? DecidedItems(delivery)
            let (outcome, sentence) = passage.answer(to: items, isDiscarded: one.decision?.action == .discard)
            do throws(SpoolError) {
                try answer(one, outcome == .discarded ? .discarded : .outcome(outcome), sentence, passage.named)
            } catch {
                for one in standing[index...] { wait(one, for: delivery) }
                throw error
            }
        }
    }

    /// What was decided about a delivery cannot be done, and it is held as before: those who decided it are told.
    func refused(_ delivery: DeliveryID, _ why: String) {
        for one in takeWaiting(delivery) {
            let isReleased = one.decision?.release != nil
            close(one, isReleased ? .refused : .outcome(.held), isReleased ? why : "it is held as before")
        }
    }

    /// A delivery has no outcome under its id any more: those who wait for one are told.
    func lost(_ delivery: DeliveryID) {
        for one in takeWaiting(delivery) {
            close(
                one, .gone, "its file was taken away or written anew while it waited; 'tidings why \(delivery)' tells")
        }
    }

    private func takeWaiting(_ delivery: DeliveryID) -> [Standing] {
        state.withLock { $0.waiting.removeValue(forKey: delivery) ?? [] }
    }

    /// Deliveries have left active/: requests that wait for that are looked at again.
    func lookAgainAtPostponed() {
        state.withLock { state in
            if state.arePostponed { state.isLookDue = true }
        }
    }

    /// The order that the stages were carrying out; nobody else answers it from now on.
    func takeOrder() -> Standing? {
        state.withLock { state in
            defer { state.order = nil }
            state.isLookDue = true
            return state.order
        }
    }

    /// A request could not be carried out or answered for now: it is looked at again with the next scan.
    func leave(_ request: Request) {
        state.withLock { state in
            state.underWay.insert(request.name)
            state.left.insert(request.name)
        }
    }

    /// Answers a request, tells of it and removes it. Where the answer cannot even be noted as owed, it stays.
    func close(_ standing: Standing, _ result: DecisionReply.Result, _ message: String) {
        do throws(SpoolError) {
            try answer(standing, result, message)
        } catch {
            tell(error, of: standing.request)
        }
    }

    private func answer(
        _ standing: Standing, _ result: DecisionReply.Result, _ message: String, _ named: [String] = []
    ) throws(SpoolError) {
        let reply = standing.reply(result, message, named: named)
        try answer(standing.request, standing.asked, reply, standing.fields, standing.words(reply))
    }

    private func refuse(_ request: Request, _ why: String) {
        let reply = DecisionReply(
            action: "", items: nil, uid: nil, result: .refused, message: "the request was refused: \(why)",
            decidedBy: request.user, decidedAt: request.receivedAt)
        do throws(SpoolError) {
            try answer(
                request, nil, reply, [], "the request \(request.name) of user \(request.user) was refused: \(why)")
        } catch {
            tell(error, of: request)
        }
    }

    private func tell(_ error: SpoolError, of request: Request) {
        leave(request)
        journal.write(
            .replyFailed,
            "the answer to the request \(request.name) of user \(request.user) could not be written, nor noted as owed; "
                + "the request stays and is looked at again: \(error)")
    }

    private func answer(
        _ request: Request, _ asked: DecisionRequest?, _ reply: DecisionReply, _ fields: [JournalEntry.Field],
        _ words: String
    ) throws(SpoolError) {
        // First the journal: a request that has its answer is not looked at again.
        if state.withLock({ $0.journalled.insert(request.name).inserted }) {
            let isRefusal = reply.result == .refused || reply.result == .gone
            journal.write(
                isRefusal ? .requestRefused : .requestCarriedOut, words,
                fields: fields + [.init("TIDINGS_DECIDED_BY", Int(request.user))])
        }
        try replies.send(
            OwedReply(
                user: request.user, name: request.name, delivery: request.mark, json: reply.json,
                text: Array(reply.text.utf8)))
        remove(request, asked)
    }

    private func remove(_ request: Request, _ asked: DecisionRequest?) {
        do throws(SpoolError) {
            if case .discard(let items)? = asked?.action { try spool.forgetDiscarded(items.delivery) }
            try spool.remove(request)
            state.withLock { state in
                state.underWay.remove(request.name)
                state.journalled.remove(request.name)
            }
        } catch {
            // Still under way in memory: it is carried out and answered, and the next start tries to remove it again.
            _ = state.withLock { $0.underWay.insert(request.name) }
            journal.write(.spoolFaulty, "a request that is answered could not be removed: \(error)")
        }
    }

    /// Whether the request was answered before a kill kept it from being removed.
    private func hasAnswer(_ request: Request) -> Bool {
        if replies.owes(request.mark) { return true }
        do throws(SpoolError) {
            return try spool.hasReply(to: request.user, name: request.name, delivery: request.mark)
        } catch {
            // ignoring: it is carried out and answered anew then
            return false
        }
    }
}
