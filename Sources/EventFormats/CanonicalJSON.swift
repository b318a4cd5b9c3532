public import EventModel

/// The canonical JSON of an update, `tidings/1`: one object, keys in the order of MODEL's table, absent ones left out.
public enum CanonicalJSON {
    /// Writes an update.
    public static func write(_ update: EventUpdate, into json: inout JSONWriter) {}
}
