import EventModel
import Pipeline
import PluginKit
import Spool
import Systemd

/// Carries out the outcomes of deliveries: one entry each, a reply where one is due, and the file leaves active/.
actor Completion {
    private let executor: BlockingExecutor
    private let house: House
    private let keepsBytes: Bool
    private let replyAccepted: Bool
    private let retries: Backoff
    /// What was told of last, so that trouble that lasts is told of once.
    private var trouble: String?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ configuration: Configuration, in house: House) {
        executor = BlockingExecutor(name: "finish")
        self.house = house
        keepsBytes = configuration.stages.contains { $0.manifest.keepsBytes }
        replyAccepted = configuration.spool.replyAccepted
        retries = Backoff(first: configuration.pipeline.retryFirst, longest: configuration.pipeline.retryLongest)
    }

    /// A delivery with all that its end needs.
    private struct Closing {
        let finished: Pipeline.Finished
        let item: Desk.Item
        let report: Report
        let outcome: Outcome
    }

    /// Carries out a batch, and says whether any delivery was deferred. Reports and moves are durable before their entries are written, and a list of the moves lies
    /// in the spool until they are. The entry of an accepted delivery comes before its removal, which need not be
    /// durable: a delivery that comes back is answered as before.
    func finish(_ batch: [Pipeline.Finished]) async throws(PluginFailure) -> Bool {
        var closings = batch.compactMap(close)
        let nextTry = closings.compactMap(\.report.nextTry).min()
        for closing in closings where !closing.outcome.isOpen { answer(closing) }
        while !closings.isEmpty {
            let endings = closings.map { Ending($0.item.file, disposition($0)) }
            let unanswered = zip(closings, endings).filter { $0.0.outcome.isOpen }.map(\.1)
            if let trouble = note(unanswered) {
                try await rest(after: trouble)
                continue
            }
            let results = house.spool.finish(endings)
            var again: [Closing] = []
            var trouble: SpoolError?
            for (closing, result) in zip(closings, results) {
                switch result {
                case .failed(let error):
                    if error.isDurabilityLost { throw PluginFailure(.durability, "\(error)", cause: error) }
                    trouble = error
                    again.append(closing)
                case .missing: reportMissing(closing)
                case .done, .changedAfterReading: if closing.outcome.isOpen { answer(closing) }
                }
            }
            if !unanswered.isEmpty { trouble = note([]) ?? trouble }
            if let trouble { try await rest(after: trouble) }
            closings = again
        }
        trouble = nil
        if let nextTry { await house.reception.deferred(until: nextTry) }
        return nextTry != nil
    }

    /// Notes what is about to be told of, or that all is.
    private func note(_ unanswered: [Ending]) -> SpoolError? {
        do throws(SpoolError) {
            try house.spool.noteUnanswered(unanswered)
            return nil
        } catch {
            return error
        }
    }

    /// How long outcomes wait that the spool could not take, before they are tried again.
    static let pause = Duration.seconds(5)

    private func rest(after trouble: SpoolError) async throws(PluginFailure) {
        house.progress.step(isBusy: true, isMove: true)
        if self.trouble != "\(trouble)" {
            house.journal.write(
                .spoolFaulty, "outcomes wait in active/ and are tried every \(Completion.pause.words): \(trouble)")
        }
        self.trouble = "\(trouble)"
        do throws(CancellationError) {
            try await house.clock.wait(Completion.pause)
        } catch {
            throw PluginFailure(.temporary, "stopped while outcomes were waiting: \(trouble)", cause: trouble)
        }
    }

    private func close(_ finished: Pipeline.Finished) -> Closing? {
        guard let item = house.desk.take(finished.delivery.id) else { return nil }
        let outcome = finished.outcome
        if outcome.isOpen { house.desk.countOpenOutcome() }
        let next = outcome == .deferred ? nextTry(finished, item.attempts) : nil
        let report = Report(finished: finished, attempts: item.attempts, nextTry: next)
        return Closing(finished: finished, item: item, report: report, outcome: outcome)
    }

    private func disposition(_ closing: Closing) -> Disposition {
        switch closing.outcome {
        case .accepted, .unchanged, .stale: keepsBytes ? .remove : .accept
        case .rejected: .reject(report: closing.report.json)
        case .held: .hold(report: closing.report.json)
        case .deferred: .defer(report: closing.report.json, until: closing.report.nextTry ?? house.clock.now)
        }
    }

    private func nextTry(_ finished: Pipeline.Finished, _ attempts: Int) -> Instant {
        var wait = retries.wait(afterAttempt: attempts, jitter: .random(in: 0...1))
        if case .retry(let asked) = finished.verdict { wait = max(wait, asked) }
        return house.clock.now.adding(wait)
    }

    private func answer(_ closing: Closing) {
        if closing.outcome.isOpen || closing.item.wantsReply || replyAccepted { reply(closing) }
        if house.journal.writes(.debug) {
            for entry in DeliveryEntry.stages(closing.finished) { house.journal.write(entry) }
        }
        house.journal.write(DeliveryEntry.make(closing.finished, elapsed: house.clock.uptime - closing.item.since))
    }

    /// A reply that cannot be written is told of and does not hold up the delivery: the journal has the answer.
    private func reply(_ closing: Closing) {
        let file = closing.item.file
        do throws(SpoolError) {
            try house.spool.writeReply(
                to: file.submitter, name: file.fileName, delivery: file.id, json: closing.report.json,
                text: Array(closing.report.text.utf8))
        } catch {
            house.journal.write(
                .replyFailed, "the reply to user \(file.submitter) could not be written: \(error)",
                fields: [.init("TIDINGS_DELIVERY", file.id.description)])
        }
    }

    private func reportMissing(_ closing: Closing) {
        house.journal.write(
            .claimLost,
            "\(closing.item.file.storedName) was taken out of active/ by somebody else while it was in work; "
                + "its outcome was \(closing.outcome.rawValue)",
            fields: [.init("TIDINGS_DELIVERY", closing.item.file.id.description)])
        if closing.outcome.isOpen { answer(closing) }
    }
}

/// Exponential backoff with jitter.
struct Backoff: Sendable {
    let first: Duration
    let longest: Duration

    /// The wait after that many attempts, at least one: it doubles each time, and up to a quarter of it is random.
    func wait(afterAttempt attempt: Int, jitter: Double) -> Duration {
        let doubled = first * (1 << min(max(attempt - 1, 0), 20))
        let base = min(doubled, longest)
        return base - base / 4 * jitter
    }
}
