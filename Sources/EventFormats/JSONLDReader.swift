import EventModel

enum JSONLDReader {
    static func read(_ bytes: [UInt8], context: ReadingContext) -> Decoded { Decoded(format: nil) }
}
