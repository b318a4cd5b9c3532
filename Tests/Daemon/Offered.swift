import PluginKit
import Synchronization
import TestKit

/// What the keeper has been offered: shared by a test and the plugin it configures.
final class Offered: Sendable {
    private struct Offer {
        let file: String
        let items: [Int]
    }

    private let offers = Mutex<[[Offer]]>([])
    private let failures = Mutex<[PluginFailure]>([])

    /// The files of each batch.
    var batches: [[String]] { offers.withLock { $0.map { $0.map(\.file) } } }
    var names: [String] { batches.flatMap { $0 } }

    /// The numbers of the items of a file, a list for each time it was offered.
    func items(of file: String) -> [[Int]] {
        offers.withLock { $0.flatMap { $0 }.filter { $0.file == file }.map(\.items) }
    }

    func items(of delivery: Delivery) -> [[Int]] { items(of: String(decoding: delivery.file, as: UTF8.self)) }

    func add(_ batch: DeliveryBatch, before prefix: String = "") {
        let offer = batch.deliveries.map { delivery in
            Offer(file: prefix + String(decoding: delivery.file, as: UTF8.self), items: delivery.items.map(\.number))
        }
        offers.withLock { $0.append(offer) }
    }

    func failNext(_ failure: PluginFailure) { failures.withLock { $0.append(failure) } }
    func forgetFailures() { failures.withLock { $0 = [] } }

    /// The deadlines of the sleeper, which pass when it hangs.
    let deadlines = HeldClock()

    private let asked = Mutex<(count: Int, tell: (@Sendable (Int) -> Void)?)>((0, nil))
    /// Calls back at each batch with its number.
    func whenAsked(_ tell: @escaping @Sendable (Int) -> Void) { asked.withLock { $0.tell = tell } }
    func ask() {
        let (count, tell) = asked.withLock { asked in
            asked.count += 1
            return (asked.count, asked.tell)
        }
        tell?(count)
    }

    func nextFailure() -> PluginFailure? { failures.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
