import EventModel

enum ICalendarReader {
    static func read(_ bytes: [UInt8], context: ReadingContext) -> Decoded { Decoded(format: nil) }
}
