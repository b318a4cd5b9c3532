import EventModel

enum TextReader {
    static func read(_ bytes: [UInt8], context: ReadingContext) -> Decoded { Decoded(format: nil) }
}
