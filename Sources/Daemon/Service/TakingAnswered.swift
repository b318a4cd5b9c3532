import EventModel
import Pipeline
import Spool

/// What complete lists lacked and later ones have again: nobody need decide about it, and its file ends.
extension Reception {
    /// Deliveries that may wait in held/ for the answer to a question that nobody asks any more.
    func noteAnswered(_ deliveries: [DeliveryID]) {
        for id in deliveries where !answered.contains(id) { answered.append(id) }
    }

    /// Whether some of them are still to be offered again.
    var hasAnswered: Bool { !answered.isEmpty }

    /// Takes up those of them that wait indeed; says whether it took any. One that is in work just now comes after that.
    func takeAnswered(_ limit: Int, _ room: Int, into passages: inout [Passage]) throws(SpoolError) -> Bool {
        guard let decisions, !answered.isEmpty else { return false }
        var room = room
        for id in answered where passages.count < limit && room > 0 {
            if desk.look(id) != nil { continue }
            if let file = try decisions.spool.find(id, in: .held) {
                let earlier = EarlierTry(try spool.report(id, in: .held))
                if earlier.isMissingHeld,
                    let claimed = try takeUp(file, from: .held, attempts: 1, earlier)
                {
                    room -= claimed.bytes.count
                    if let passage = admit(passage(claimed, earlier)) { passages.append(passage) }
                }
            }
            answered.removeAll { $0 == id }
        }
        return !passages.isEmpty
    }
}
