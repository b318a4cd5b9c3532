import EventModel
import PluginKit
import Synchronization

@testable import Spool

/// What senders are told. No reply fails here, so that none is owed.
extension SimulatedSpool {
    func writeReply(_ reply: OwedReply) throws(SpoolError) {
        state.withLock { state in
            guard changes(&state) else { return }
            if state.damage != .answersNobody, let answer = SimulatedAnswer(reply.json) {
                state.disk.answers[reply.delivery, default: []].append(answer)
            }
        }
    }

    func addAccepted(_ lines: [UInt8], of day: LocalDate, to user: UInt32) throws(SpoolError) {
        state.withLock { state in
            guard changes(&state) else { return }
            if state.damage == .answersNobody { return }
            for line in lines.split(separator: 0x0A) {
                guard let answer = SimulatedAnswer(Array(line)) else { continue }
                state.disk.answers[answer.delivery, default: []].append(answer)
            }
        }
    }

    func owe(_ reply: OwedReply) throws(SpoolError) {}
    func owed() throws(SpoolError) -> [DeliveryID: Int] { [:] }
    func owed(_ id: DeliveryID) throws(SpoolError) -> OwedReply? { nil }
    func settle(_ id: DeliveryID) throws(SpoolError) {}
}
