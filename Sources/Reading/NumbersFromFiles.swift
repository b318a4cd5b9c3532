import EventModel

/// What a file says may be any number, and a number that does not fit ends the process. So the readers make numbers with
/// `Int(written:in:)`, which asks for a range, and what traps on extremes does not compile in this module, nor in the others
/// of readers, which have this file by a link.
extension FixedWidthInteger {
    @available(*, deprecated, message: "say within which range: Int(written:in:)")
    init?(_ text: String) { self.init(text, radix: 10) }

    @available(*, deprecated, message: "say within which range: Int(written:in:)")
    init?(_ text: Substring) { self.init(text, radix: 10) }

    @available(*, deprecated, message: "a number that does not fit ends the process: init(exactly:)")
    init(_ value: Double) { self = Self(exactly: value) ?? 0 }
}

extension Double {
    @available(*, deprecated, message: "infinite and NaN are no values: Double(written:)")
    init?(_ text: String) { self.init(text[...]) }

    @available(*, deprecated, message: "infinite and NaN are no values: Double(written:)")
    init?(_ text: Substring) { self.init(text, isFinite: ()) }

    private init?(_ text: some StringProtocol, isFinite: Void) { self.init(text) }
}

extension Int {
    @available(*, deprecated, message: "the smallest number has no opposite: negated")
    static prefix func - (number: Int) -> Int { number.negated }
}

@available(*, deprecated, message: "the smallest number has no opposite: magnitude")
func abs(_ number: Int) -> Int { Int(clamping: number.magnitude) }
