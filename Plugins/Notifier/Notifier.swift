import EventModel
public import PluginKit
import Store

/// Tells subscribers what became of events: each change once, and what changed. Private events and those under embargo
/// reach no output.
///
/// Its files lie in the plugin's directory (`notifier.sqlite`, what subscribers know) and in the folder of each site.
public actor Notifier: Plugin {
    /// What the plugin is called and what it needs.
    public static var manifest: PluginManifest {
        PluginManifest(
            name: "notifier", summary: "Publishes events and their changes as a page, a calendar, a feed and data.",
            capabilities: [.stateDirectory], requires: [Resolution.name], batchLimit: 1024)
    }

    private nonisolated let executor: BlockingExecutor
    private nonisolated let wake = Wake()
    private let projection: Projection
    private let clock: any ServiceClock
    private let journal: PluginJournal
    private var sites: [Site]
    /// The flush that failed: nothing more is promised after it, and nothing is flushed again.
    private var lost: PluginFailure?

    /// The thread for what blocks: the database and the files.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Opens what subscribers know. The folders of the sites are first touched when there is something to publish.
    public init(settings: NotifierSettings, context: PluginContext) async throws(PluginFailure) {
        let directory = try context.stateDirectory()
        let channels = settings.channels.isEmpty ? [ChannelSettings()] : settings.channels
        let parent = directory.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        executor = BlockingExecutor(name: "notifier")
        clock = context.clock
        journal = context.journal
        sites = channels.map { Site(settings: $0, defaultDirectory: parent + "/site") }
        do throws(StoreError) {
            projection = try Projection(
                path: directory + "/notifier.sqlite", entries: channels.map(\.feedEntries).max() ?? 0,
                now: clock.now)
        } catch {
            throw Notifier.failure(error)
        }
    }

    /// Notes what the batch changes, durably, and publishes it, unless the last publication was a moment ago: then the
    /// next one, at the end of the interval, has it too.
    public func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        for delivery in batch.deliveries where delivery.items.contains(where: { $0.facts[Resolution.self] == nil }) {
            throw PluginFailure(
                .permanent,
                "delivery \(delivery.id) has no resolutions; put a stage that provides \(Resolution.name) before "
                    + "the notifier in pipeline.stages")
        }
        try untilAFlushFails { () throws(PluginFailure) in
            do throws(StoreError) {
                try projection.record(batch, now: clock.now)
                try projection.advance(to: clock.now)
            } catch {
                throw Notifier.failure(error)
            }
            noteNews()
            for index in sites.indices where sites[index].isDirty {
                // A site that could not be written is tried again at once: the answer depends on it.
                if sites[index].failure != nil || sites[index].due(at: clock.uptime) == .zero { try publish(index) }
            }
        }
        wake.signal()
        return Verdicts(batch.deliveries.map { $0.items.map { _ in .pass } })
    }

    /// Takes an event out of every output at once, or lets it in again with its next update.
    public func carryOut(_ order: EventOrder) async throws(PluginFailure) {
        try untilAFlushFails { () throws(PluginFailure) in
            do throws(StoreError) {
                try projection.carryOut(order, now: clock.now)
            } catch {
                throw Notifier.failure(error)
            }
            noteNews()
            // Whether or not it was known here: an earlier try may have ended between the memory and the outputs.
            if order.action != .readmit { for index in sites.indices { try publish(index) } }
        }
    }

    /// Publishes what waits for the end of an interval, ends embargoes and begins new days. Ends when cancelled.
    public func run() async throws(PluginFailure) {
        while !Task.isCancelled {
            await pause(try untilAFlushFails { () throws(PluginFailure) in try work() })
        }
    }

    /// Publishes what is left and closes the database.
    public func drain() async throws(PluginFailure) {
        if lost != nil { return }
        var failures: [PluginFailure] = []
        for index in sites.indices where sites[index].isDirty {
            do throws(PluginFailure) { try publish(index) } catch { failures.append(error) }
        }
        do throws(StoreError) { try projection.close() } catch { failures.append(Notifier.failure(error)) }
        if let failure = failures.first(where: { $0.kind == .durability }) ?? failures.first { throw failure }
    }

    private func untilAFlushFails<Result>(
        _ body: () throws(PluginFailure) -> Result
    ) throws(PluginFailure) -> Result {
        if let lost { throw lost }
        do throws(PluginFailure) {
            return try body()
        } catch {
            if error.kind == .durability { lost = error }
            throw error
        }
    }

    /// Does what is due, and gives the time until there is more to do.
    private func work() throws(PluginFailure) -> Duration {
        // What was signalled until now is done below.
        wake.clear()
        let now = clock.now
        var wait = Notifier.longestPause
        do throws(StoreError) {
            try projection.advance(to: now)
            if let embargo = try projection.nextEmbargo() { wait = min(wait, embargo.since(now)) }
        } catch {
            throw Notifier.failure(error)
        }
        noteNews()
        wait = min(wait, Schedule.nextDay(after: now).since(now))
        for index in sites.indices {
            if sites[index].due(at: clock.uptime) == .zero {
                let isFirst = sites[index].lastTry == nil
                do throws(PluginFailure) {
                    try publish(index)
                    // What the start publishes is no news: the first batch need not wait for the interval.
                    if isFirst { sites[index].lastTry = nil }
                } catch {
                    // A folder that cannot be written keeps the news for later; everything else is the stage's illness.
                    guard error.kind == .temporary else { throw error }
                }
            }
            if let due = sites[index].due(at: clock.uptime) { wait = min(wait, due) }
        }
        return max(wait, .milliseconds(1))
    }

    /// The wall clock may be set meanwhile: it is looked at now and then.
    private static let longestPause: Duration = .seconds(3600)

    private func noteNews() {
        guard projection.takeNews() else { return }
        for index in sites.indices { sites[index].isDirty = true }
    }

    private func publish(_ index: Int) throws(PluginFailure) {
        let settings = sites[index].settings
        let begin = clock.uptime
        sites[index].lastTry = begin
        defer { sites[index].cost = clock.uptime - begin }
        do throws(PluginFailure) {
            let snapshot: SiteSnapshot
            do throws(StoreError) {
                snapshot = try projection.snapshot(
                    limit: settings.maximumEvents, description: settings.maximumDescription,
                    entries: settings.feedEntries, changes: settings.pageChanges, recent: settings.recent)
            } catch {
                throw Notifier.failure(error)
            }
            try sites[index].folder.replace(Site.files(snapshot, settings: settings))
        } catch {
            if sites[index].failure?.message != error.message { journal.log(.error, error.description) }
            sites[index].failure = error
            throw error
        }
        if sites[index].failure != nil {
            journal.log(.notice, "the site in \(sites[index].folder.path) is written again")
        }
        sites[index].failure = nil
        sites[index].isDirty = false
    }

    private nonisolated func pause(_ duration: Duration) async {
        let (wake, clock) = (wake, clock)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wake.wait() }
            group.addTask {
                do throws(CancellationError) {
                    try await clock.wait(duration)
                } catch {
                    // ignoring: cancelled because a signal came first, or because the work ends.
                }
            }
            await group.next()
            group.cancelAll()
        }
    }

    private static func failure(_ error: StoreError) -> PluginFailure {
        let kind: PluginFailure.Kind =
            error.isDurability ? .durability : error.isTemporary ? .temporary : .permanent
        return PluginFailure(kind, "the notifier's memory of what it told: \(error)")
    }
}
