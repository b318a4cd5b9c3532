/// Where updates come from, as people speak of it: a user who drops files, or a publisher whom users speak for.
public enum Origin: Hashable, Sendable, CustomStringConvertible {
    /// A user, by the numeric id.
    case user(UInt32)
    /// A publisher that the configuration names.
    case publisher(String)

    /// Reads `user 1000` or `publisher NAME`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        switch (parts.first, parts.last) {
        case ("user", let number?):
            guard let id = UInt32(number) else { return nil }
            self = .user(id)
        case ("publisher", let name?) where parts.count == 2: self = .publisher(String(name))
        default: return nil
        }
    }

    /// `user 1000`, `publisher venue`.
    public var description: String {
        switch self {
        case .user(let id): "user \(id)"
        case .publisher(let name): "publisher \(name)"
        }
    }
}
