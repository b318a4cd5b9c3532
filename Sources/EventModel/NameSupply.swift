/// Gives names that are not taken yet: a name itself, then `name-2`, `name-3` and so on, in constant time however often
/// the same one is asked for.
public struct NameSupply: Sendable {
    private var taken: Set<String>
    /// The number that was given last to each name that came again.
    private var last: [String: Int] = [:]
    private let mark: String
    /// How many names were looked up, which is what the work is measured by.
    private(set) var lookups = 0

    /// - Parameters:
    ///   - taken: Names that are not to be given.
    ///   - mark: What stands between a name and its number.
    public init(taken: Set<String> = [], mark: String = "-") {
        self.taken = taken
        self.mark = mark
    }

    /// Whether a name is taken.
    public func contains(_ name: String) -> Bool { taken.contains(name) }

    /// The name, where it is free, else the first numbered one that is. It is taken from now on.
    public mutating func take(_ name: String) -> String {
        lookups += 1
        return taken.insert(name).inserted ? name : takeNumbered(name)
    }

    /// The first numbered one that is free, from `name-2` on. It is taken from now on.
    public mutating func takeNumbered(_ name: String) -> String {
        // A name is never given back: the numbers up to the last one stay taken.
        var number = last[name] ?? 1
        var candidate: String
        repeat {
            number += 1
            lookups += 1
            candidate = "\(name)\(mark)\(number)"
        } while !taken.insert(candidate).inserted
        last[name] = number
        return candidate
    }
}
