import EventModel

/// Everything a site is rendered from. Rendering is a pure function of it.
struct SiteSnapshot {
    /// The first day that has not ended everywhere, in days since 1970-01-01.
    var today: Int
    /// What the feed is called for ever: a UUID.
    var feedID: String
    /// The events shown: those ahead, nearest first, then those that are over, latest first.
    var events: [ShownEvent] = []
    /// Upcoming events that did not find room.
    var omitted = 0
    /// The events told about last, newest first.
    var changed: [ShownEvent] = []
    /// What was told, newest first.
    var entries: [FeedEntry] = []
}

/// One thing that subscribers were told.
struct FeedEntry {
    /// A UUID.
    var id: String
    /// The event.
    var uid: String
    /// When it was told.
    var toldAt: Instant
    /// What the change was.
    var telling: Telling
    /// The title.
    var title: LanguageText
    /// When the event takes place.
    var when: String
    /// The cities it takes place in.
    var cities: String
}

/// An event's place on the page: stable, and without a character of what others wrote. FNV-1a over the identifier; two
/// events that share it share a place to jump to, no more.
func anchor(ofEvent uid: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in uid.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return "e-" + String(hash, radix: 16)
}
