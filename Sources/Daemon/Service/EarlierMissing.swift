import EventFormats
import EventModel
import Pipeline
import PluginKit

extension EarlierTry {
    /// What is known of an event that the file lacks as a complete list.
    struct Missing {
        var update: EventUpdate
        var item: Item

        /// Reads an update of a report; nil for one that stands in the file.
        init?(_ node: JSONNode, bytes: [UInt8]) {
            guard node["item"]?.integer == 0, let stated = node["update"] else { return nil }
            do throws(CanonicalJSONError) {
                update = try CanonicalJSON.read(Array(bytes[stated.bytes]))
            } catch {
                return nil
            }
            item = Item(node)
        }
    }

    /// Whether a person is still to decide about what the file lacks.
    var isMissingHeld: Bool { missing.contains { $0.item.left.outcome == .held } }

    /// What came of what the file lacks when that decision was carried out before; nil where it was not.
    func outcomeOfMissing(_ decision: ItemDecision) -> Outcome? {
        let isDone = missing.allSatisfy { missing in
            decision.release.map { $0 == missing.item.release } ?? (missing.item.left.outcome == .discarded)
        }
        return isDone ? Outcome(of: missing.compactMap(\.item.left.outcome)) : nil
    }

    /// The events that the file lacks, with what the stages are to know of them. Whether a person need still decide about
    /// those that are held the stage that decides is asked, whatever the file is taken up for.
    var missingItems: [(item: DeliveryItem, left: EarlierItem)] {
        missing.map { missing in
            var item = decided(missing.item, 0)
            if item.left.outcome == .held { item.left = EarlierItem() }
            if let release = item.release, !release.isPlain { item.release = nil }
            return (
                DeliveryItem(number: 0, update: missing.update, facts: Facts(item.release.map { [$0] } ?? [])),
                item.left
            )
        }
    }
}

extension Release {
    /// Whether it says nothing but that what was held goes on.
    var isPlain: Bool { ruling == .accept && corrections.isEmpty }
}
