/// A word of a command line. File names are bytes and need not be UTF-8.
public struct Argument: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The bytes, without the ending NUL.
    public let bytes: [UInt8]

    /// Makes an argument from bytes, none of which is NUL.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Makes an argument from text.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// Makes an argument from a literal.
    public init(stringLiteral text: String) { self.init(text) }

    /// The argument as text; bytes that are not UTF-8 are replaced. Show it only after escaping.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The words this process was started with, the program's name first.
    public static func ofProcess() -> [Argument] {
        (0..<Int(CommandLine.argc)).compactMap { index in
            CommandLine.unsafeArgv[index].map { word in
                var end = word
                while end.pointee != 0 { end += 1 }
                return Argument(UnsafeBufferPointer(start: word, count: end - word).map { UInt8(bitPattern: $0) })
            }
        }
    }
}
