import EventModel
import PluginKit

extension Delivery {
    /// Marks of the events that it may speak of, the same after every start (FNV-1a of their uids). Two events that share
    /// one wait for each other, no more.
    var eventMarks: Set<UInt64> {
        Set(
            items.flatMap(\.update.targets).map { uid in
                uid.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            })
    }
}
