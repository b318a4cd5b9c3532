import EventModel

extension JSONWriter {
    /// Writes `2026-11-28`, `2026-11-28T10:00:00` or `2026-11-28T10:00:00+01:00`, as the moment describes itself.
    mutating func moment(_ moment: Moment, withOffset: Bool = true) {
        plain { bytes in
            switch moment {
            case .date(let date): bytes.append(date)
            case .time(let time, let offset):
                bytes.append(time)
                if withOffset, let offset { bytes.append(offset) }
            }
        }
    }

    /// Writes `+01:00`.
    mutating func offset(_ offset: UTCOffset) { plain { $0.append(offset) } }

    /// Writes `2026-11-23T20:49:20Z`, as the instant describes itself.
    mutating func instant(_ instant: Instant) {
        let seconds = instant.seconds
        guard let time = LocalDateTime(secondsSinceEpoch: seconds) else { return string(instant.description) }
        let fraction = Int(instant.microseconds - Int64(seconds) * 1_000_000)
        plain { bytes in
            bytes.append(time)
            if fraction != 0 {
                bytes.append(0x2E)
                if fraction % 1000 == 0 {
                    bytes.append(digits: fraction / 1000, 3)
                } else {
                    bytes.append(digits: fraction, 6)
                }
            }
            bytes.append(0x5A)
        }
    }
}

extension [UInt8] {
    mutating func append(digits value: Int, _ count: Int) {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(0x30 + value / divisor % 10))
            divisor /= 10
        }
    }

    mutating func append(_ date: LocalDate) {
        append(digits: date.year, 4)
        append(0x2D)
        append(digits: date.month, 2)
        append(0x2D)
        append(digits: date.day, 2)
    }

    mutating func append(_ time: LocalDateTime) {
        append(time.date)
        append(0x54)
        append(digits: time.hour, 2)
        append(0x3A)
        append(digits: time.minute, 2)
        append(0x3A)
        append(digits: time.second, 2)
    }

    mutating func append(_ offset: UTCOffset) {
        let magnitude = abs(offset.seconds)
        append(offset.seconds < 0 ? 0x2D : 0x2B)
        append(digits: magnitude / 3600, 2)
        append(0x3A)
        append(digits: magnitude / 60 % 60, 2)
        if magnitude % 60 != 0 {
            append(0x3A)
            append(digits: magnitude % 60, 2)
        }
    }
}
