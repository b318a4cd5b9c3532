extension Int {
    /// A whole number as a file writes it: ASCII digits with an optional sign. Nil for anything else, and outside the
    /// range: what is computed with it afterwards cannot overflow where the range says so.
    public init?(written text: some StringProtocol, in range: ClosedRange<Int>) {
        guard let number = Int(text), range.contains(number) else { return nil }
        self = number
    }
}

extension Int {
    /// The opposite; of the smallest number, the largest.
    public var negated: Int { self == .min ? .max : 0 - self }

    /// The quotient, rounded down.
    public func floorDivided(by divisor: Int) -> Int { self / divisor - (self % divisor < 0 ? 1 : 0) }
}

extension Double {
    /// A finite number as a file writes it; nil for anything else.
    public init?(written text: some StringProtocol) {
        guard let number = Double(text), number.isFinite else { return nil }
        self = number
    }
}
