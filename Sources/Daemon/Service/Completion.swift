import Configuration
import EventModel
import Pipeline
import PluginKit
import Spool
import Synchronization
import Systemd
import Primitives

/// Carries out the outcomes of deliveries: one entry each, a reply where one is due, and the file leaves active/.
///
/// What the spool cannot take now, such as a file for a folder that is full, waits in active/ and is tried again; it does
/// not hold up its neighbours.
actor Completion {
    private let executor: BlockingExecutor
    private let spool: any SpoolWork
    private let desk: Desk
    private let progress: Progress
    private let clock: any ServiceClock
    private let journal: Journal
    private let replies: ReplyOutbox
    private let ledger: (any LedgerKeeper)?
    private let decisions: Decisions?
    private let keepsBytes: Bool
    private let settings: PipelineSettings
    private var answers: Answers
    private let pause: Duration
    private let retries: Backoff
    private let jitter: @Sendable () -> Double
    private let digest: SHA256?
    private var postponed: [Closing] = []
    /// Those that have moved and could be told to nobody: they stay noted for the next start.
    private var untold: [Ending] = []
    /// What was told of last, so that trouble that lasts is told of once.
    private var trouble: String?
    private nonisolated let waiting = Atomic<Int>(0)

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        _ configuration: Configuration, spool: any SpoolWork, desk: Desk, progress: Progress, clock: any ServiceClock,
        journal: Journal, replies: ReplyOutbox? = nil, decisions: Decisions? = nil,
        ledger: (any LedgerKeeper)? = nil,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        executor = BlockingExecutor(name: "finish")
        // ignoring: without content hashes in reports what a person decides is not compared with what is read
        digest = try? SHA256()
        self.spool = spool
        self.desk = desk
        self.progress = progress
        self.clock = clock
        self.journal = journal
        self.jitter = jitter
        let outbox = replies ?? ReplyOutbox(spool: spool, journal: journal)
        self.replies = outbox
        answers = Answers(
            spool: spool, replies: outbox, decisions: decisions, journal: journal, clock: clock,
            replyAccepted: configuration.spool.replyAccepted)
        self.decisions = decisions
        self.ledger = ledger
        keepsBytes = configuration.stages.contains { $0.manifest.keepsBytes }
        settings = configuration.pipeline
        pause = configuration.spool.pause
        retries = Backoff(first: configuration.pipeline.retryFirst, longest: configuration.pipeline.retryLongest)
    }

    /// Deliveries whose outcomes wait in active/ to be carried out.
    nonisolated var postponedCount: Int { waiting.load(ordering: .relaxed) }

    /// Carries out a batch, and gives the earliest time at which one is to be tried again that lies in deferred/ now.
    ///
    /// Reports and moves are durable before their entries are written, and a list of the moves lies in the spool until
    /// they are. What is told of an accepted delivery comes before its removal, which need not be durable: one that comes
    /// back is answered as before. A reply that cannot be written is owed; where not even that can be noted, all waits.
    func finish(_ batch: [Passage]) async throws(PluginFailure) -> Instant? {
        var nextTry = try await carryOut(batch.compactMap(close))
        while postponed.count > settings.maxPostponed {
            progress.step(isBusy: true, isMove: true)
            do throws(CancellationError) {
                try await clock.wait(pause)
            } catch {
                throw PluginFailure(.temporary, "stopped while outcomes were waiting", cause: error)
            }
            nextTry = [nextTry, try await carryOut(takePostponed())].compactMap(\.self).min()
        }
        return nextTry
    }

    private func takePostponed() -> [Closing] {
        defer { postponed = [] }
        return postponed
    }

    /// Carries out a batch of the pipeline, and gives back to the reception what is set aside, deferred or goes on. Says whether
    /// there is to be another claim: files wait for this end, or a timer is to be set.
    nonisolated func finish(_ batch: [Passage], for reception: Reception) async throws(PluginFailure) -> Bool {
        let aside = batch.filter { $0.asideReason != nil }
        if !aside.isEmpty { await reception.setAside(aside) }
        let goingOn = batch.filter { $0.asideReason == nil && $0.hasMore }
        if !goingOn.isEmpty { await reception.goOn(with: goingOn) }
        let isAllDone = aside.isEmpty && goingOn.isEmpty
        let nextTry = try await finish(isAllDone ? batch : batch.filter { $0.asideReason == nil && !$0.hasMore })
        if let nextTry { await reception.deferred(until: nextTry) }
        // What an end of the process forgets of these the log tells at the next start.
        let answered = batch.flatMap(\.answered)
        if !answered.isEmpty { await reception.noteAnswered(answered) }
        let hasAnswered = await reception.hasAnswered
        let isClosing = await close(batch, for: reception)
        return desk.isAwaited() || nextTry != nil || !isAllDone || hasAnswered || isClosing
    }

    /// Tries again what was postponed, and says whether files may be waiting now. Ask it every `spool.pause`.
    nonisolated func retryPostponed(for reception: Reception) async throws(PluginFailure) -> Bool {
        guard postponedCount + replies.count > 0, let nextTry = try await retryPostponed() else { return false }
        await reception.deferred(until: nextTry)
        return true
    }

    private func retryPostponed() async throws(PluginFailure) -> Instant? {
        replies.retry()
        return try await carryOut(takePostponed())
    }

    func retryReplies() { replies.retry() }

    /// An order is done, or a stage refused it for good.
    func finish(_ order: EventOrder, _ refusal: PluginFailure?) throws(PluginFailure) {
        guard let decisions, let standing = decisions.takeOrder() else { return }
        try OrderEnd(decisions: decisions, replies: replies, journal: journal).tell(standing, order, refusal)
    }

    private func carryOut(_ closings: [Closing]) async throws(PluginFailure) -> Instant? {
        guard !closings.isEmpty else { return nil }
        var closings = closings
        var failed: [Closing] = []
        var trouble: Trouble?
        if let failure = try await record(&closings) {
            trouble = Trouble(failure)
            failed = closings.filter { !$0.isRecorded }
            closings.removeAll { !$0.isRecorded }
        }
        var nextTry: Instant?
        for index in closings.indices.reversed() where closings[index].tellsFirst {
            if let error = answers.answer(&closings[index]) {
                trouble = Trouble(error)
                failed.append(closings.remove(at: index))
            }
        }
        answers.tellAccepted()
        let moving = closings.filter(\.movesFirst)
        if let error = note(moving.map(ending)) {
            failed += moving
            trouble = Trouble(error)
            closings.removeAll(where: \.movesFirst)
        }
        let results = spool.finish(closings.map(ending))
        for (var closing, result) in zip(closings, results) {
            switch result {
            case .failed(let error):
                if error.isDurabilityLost { throw PluginFailure(.durability, "\(error)", cause: error) }
                trouble = Trouble(error)
                failed.append(closing)
                continue
            case .missing: answers.reportMissing(closing.file, closing.outcome)
            case .done, .changedAfterReading: break
            }
            desk.forgetTold(closing.file.id)
            if let refusal = closing.refusal {
                decisions?.refused(closing.file.id, refusal)
            } else if closing.movesFirst, let error = answers.answer(&closing) {
                trouble = Trouble(error)
                if let closing = takeBack(closing) { failed.append(closing) }
            } else if case .done = result {
                nextTry = [nextTry, closing.report.nextTry].compactMap(\.self).min()
            }
        }
        // A request that waits for one of them may have been looked at before its file had left.
        decisions?.lookAgainAtPostponed()
        if !moving.isEmpty { trouble = note([]).map { Trouble($0) } ?? trouble }
        postpone(failed, trouble)
        return nextTry
    }

    /// What has moved and could be told to nobody comes back to active/, to be ended again. Nil where it has left again.
    private func takeBack(_ closing: Closing) -> Closing? {
        let ending = ending(closing)
        do throws(SpoolError) {
            guard let file = try spool.takeBack(ending) else { return nil }
            var closing = closing
            closing.file = file
            return closing
        } catch {
            untold.append(ending)
            return nil
        }
    }

    /// Writes what the deciding stage never saw into its log, before anybody is told of it and any file goes.
    private func record(_ closings: inout [Closing]) async throws(PluginFailure) -> PluginFailure? {
        let now = clock.now
        var entries: [LedgerEntry] = []
        for closing in closings where !closing.isRecorded {
            entries += LedgerEntries.of(closing, digest: digest, at: now)
        }
        let kept = closings.filter { !$0.isRecorded && !$0.kept.isEmpty }
        if let ledger, !entries.isEmpty || !kept.isEmpty {
            do throws(PluginFailure) {
                for closing in kept { try await ledger.keep(closing.kept, of: LedgerEntries.header(of: closing)) }
                if !entries.isEmpty { try await ledger.record(entries) }
            } catch {
                if error.kind == .durability { throw error }
                for index in closings.indices
                where closings[index].kept.isEmpty && LedgerEntries.of(closings[index], digest: nil, at: now).isEmpty {
                    closings[index].isRecorded = true
                }
                return error
            }
        }
        for index in closings.indices { closings[index].isRecorded = true }
        return nil
    }

    /// Why outcomes wait, for people, and what it is of, so that it is told of once.
    private struct Trouble {
        let kind: String
        let words: String

        init(_ error: SpoolError) { (kind, words) = (error.kind, "\(error)") }
        init(_ failure: PluginFailure) { (kind, words) = (failure.message, "\(failure)") }
    }

    private func postpone(_ failed: [Closing], _ trouble: Trouble?) {
        for closing in failed where closing.isTold { desk.noteTold(closing.file.id, closing.outcome) }
        postponed += failed
        waiting.store(postponed.count, ordering: .relaxed)
        if let trouble {
            if trouble.kind != self.trouble {
                journal.write(
                    .spoolFaulty,
                    "outcomes that wait in active/: \(postponed.count); they are tried every \(pause.words): \(trouble.words)"
                )
            }
            self.trouble = trouble.kind
        } else if self.trouble != nil, postponed.isEmpty {
            journal.write(.spoolRecovered, "the spool takes outcomes again; none of them waits in active/")
            self.trouble = nil
        }
    }

    /// Notes what is about to be told of, or that all is.
    private func note(_ unanswered: [Ending]) -> SpoolError? {
        do throws(SpoolError) {
            try spool.noteUnanswered(untold + unanswered)
            return nil
        } catch {
            return error
        }
    }

    private func close(_ passage: Passage) -> Closing? {
        guard let item = desk.take(passage.delivery.id) else { return nil }
        var passage = passage
        if passage.outcome == .deferred, item.attempts >= settings.maxAttempts {
            passage.giveUp(
                Completion.givingUp(passage.delivery.id, after: item.attempts, passage.weightiest?.reason ?? ""))
        }
        let refusal = item.decision.flatMap { passage.refuse($0, isHome: item.home == .held) }
        let outcome = refusal == nil ? passage.outcome : .held
        desk.count(outcome, passage.items.map(\.outcome))
        let next = outcome == .deferred ? nextTry(passage, item.attempts) : nil
        // Nobody needs the bytes any more, and what is postponed may be much.
        let byteCount = passage.delivery.bytes.count
        let kept = passage.items.contains { $0.isClosing && $0.outcome == .replaced } ? passage.delivery.bytes : []
        passage.forgetBytes()
        let report = Report(
            passage: passage, attempts: item.attempts, nextTry: next, digest: digest, contentHashes: item.contentHashes,
            byteCount: byteCount)
        return Closing(
            passage: passage, item: item, report: report, outcome: outcome, refusal: refusal, file: item.file,
            isTold: desk.wasTold(item.file.id, outcome), kept: kept)
    }

    static func givingUp(_ id: DeliveryID, after attempts: Int, _ reason: String) -> String {
        "it was tried \(attempts) times (pipeline.max_attempts) and is not tried again by itself; 'tidings retry \(id)' "
            + "tries it once more. The last time: \(reason)"
    }

    private func ending(_ closing: Closing) -> Ending {
        Ending(closing.file, closing.disposition(keepsBytes: keepsBytes, now: clock.now))
    }

    private func nextTry(_ passage: Passage, _ attempts: Int) -> Instant {
        let wait = retries.wait(afterAttempt: attempts, jitter: jitter())
        return clock.now.adding(Swift.max(wait, passage.retryAfter))
    }
}
