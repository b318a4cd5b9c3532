import EventModel

/// Why a DATE or DATE-TIME could not be read.
enum ICalendarFault: Error {
    case date, time

    var code: DiagnosticCode { self == .date ? .invalidDate : .invalidTime }
}

/// A DATE or DATE-TIME value as it stands (RFC 5545 §3.3.4, §3.3.5).
enum ICalendarMoment: Equatable {
    case date(LocalDate)
    case time(LocalDateTime, isUTC: Bool)

    var date: LocalDate {
        switch self {
        case .date(let date): date
        case .time(let time, _): time.date
        }
    }
}

/// Values of iCalendar's types.
enum ICalendarValue {
    /// `20261128`, `20261128T100000`, `20261128T100000Z`. 24:00 and a 60th second are no times here.
    static func moment(_ bytes: ArraySlice<UInt8>) throws(ICalendarFault) -> ICalendarMoment {
        let start = bytes.startIndex
        guard bytes.count >= 8, let year = number(bytes[start..<start + 4]),
            let month = number(bytes[start + 4..<start + 6]), let day = number(bytes[start + 6..<start + 8]),
            let date = LocalDate(year: year, month: month, day: day)
        else { throw .date }
        if bytes.count == 8 { return .date(date) }
        guard bytes[start + 8] | 0x20 == 0x74 else { throw .date }
        let isUTC = bytes[bytes.endIndex - 1] | 0x20 == 0x7A
        guard bytes.count == (isUTC ? 16 : 15), let hour = number(bytes[start + 9..<start + 11]),
            let minute = number(bytes[start + 11..<start + 13]), let second = number(bytes[start + 13..<start + 15]),
            let time = LocalDateTime(date: date, hour: hour, minute: minute, second: second)
        else { throw .time }
        return .time(time, isUTC: isUTC)
    }

    /// A DURATION (RFC 5545 §3.3.6): days by the calendar, and exact seconds. Nil for anything else, and for what is
    /// longer than a million days.
    static func duration(_ bytes: ArraySlice<UInt8>) -> (days: Int, seconds: Int)? {
        var rest = bytes
        var sign = 1
        if let first = rest.first, first == 0x2B || first == 0x2D {
            sign = first == 0x2D ? -1 : 1
            rest = rest.dropFirst()
        }
        guard let first = rest.popFirst(), first | 0x20 == 0x70, !rest.isEmpty else { return nil }
        var (days, seconds, isTime) = (0, 0, false)
        while let byte = rest.first {
            if byte | 0x20 == 0x74, !isTime {
                isTime = true
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return nil }
                continue
            }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard (1...9).contains(digits.count), let value = number(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            switch (rest.popFirst().map { $0 | 0x20 }, isTime) {
            case (0x77, false): days += value * 7
            case (0x64, false): days += value
            case (0x68, true): seconds += value * 3600
            case (0x6D, true): seconds += value * 60
            case (0x73, true): seconds += value
            default: return nil
            }
            guard days <= 1_000_000, seconds <= 86_400_000_000 else { return nil }
        }
        return (sign * days, sign * seconds)
    }

    /// A UTC-OFFSET: `+0100`, `-000115` (RFC 5545 §3.3.14).
    static func offset(_ bytes: ArraySlice<UInt8>) -> UTCOffset? {
        guard let sign = bytes.first, sign == 0x2B || sign == 0x2D else { return nil }
        let digits = Array(bytes.dropFirst())
        guard digits.count == 4 || digits.count == 6, let hours = number(digits[0..<2]), hours < 24,
            let minutes = number(digits[2..<4]), minutes < 60,
            let seconds = digits.count == 6 ? number(digits[4..<6]) : 0, seconds < 60
        else { return nil }
        let magnitude = hours * 3600 + minutes * 60 + seconds
        return UTCOffset(seconds: sign == 0x2D ? magnitude.negated : magnitude)
    }

    /// An INTEGER; nil for anything else, and outside 32 bits.
    static func integer(_ bytes: ArraySlice<UInt8>) -> Int? {
        Int(written: String(decoding: bytes, as: UTF8.self), in: Int(Int32.min)...Int(Int32.max))
    }

    /// A FLOAT; nil for anything else, and for what no number can hold.
    static func float(_ bytes: ArraySlice<UInt8>) -> Double? {
        guard bytes.allSatisfy({ (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E].contains($0) }) else { return nil }
        return Double(written: String(decoding: bytes, as: UTF8.self))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}
