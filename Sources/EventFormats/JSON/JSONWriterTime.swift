import EventModel

extension JSONWriter {
    /// Writes `2026-11-28`, `2026-11-28T10:00:00` or `2026-11-28T10:00:00+01:00`, as the moment describes itself.
    mutating func moment(_ moment: Moment, withOffset: Bool = true) {
        plain { json in
            switch moment {
            case .date(let date): json.put(date)
            case .time(let time, let offset):
                json.put(time)
                if withOffset, let offset { json.put(offset) }
            }
        }
    }

    /// Writes `+01:00`.
    mutating func offset(_ offset: UTCOffset) { plain { $0.put(offset) } }

    /// Writes `2026-11-23T20:49:20Z`, as the instant describes itself.
    mutating func instant(_ instant: Instant) {
        let seconds = instant.seconds
        guard let time = LocalDateTime(secondsSinceEpoch: seconds) else { return string(instant.description) }
        let fraction = Int(instant.microseconds - Int64(seconds) * 1_000_000)
        plain { json in
            json.put(time)
            if fraction != 0 {
                json.put(0x2E)
                if fraction % 1000 == 0 {
                    json.put(digits: fraction / 1000, 3)
                } else {
                    json.put(digits: fraction, 6)
                }
            }
            json.put(0x5A)
        }
    }
}

extension JSONWriter {
    mutating func put(_ date: LocalDate) {
        put(digits: date.year, 4)
        put(0x2D)
        put(digits: date.month, 2)
        put(0x2D)
        put(digits: date.day, 2)
    }

    mutating func put(_ time: LocalDateTime) {
        put(time.date)
        put(0x54)
        put(digits: time.hour, 2)
        put(0x3A)
        put(digits: time.minute, 2)
        put(0x3A)
        put(digits: time.second, 2)
    }

    mutating func put(_ offset: UTCOffset) {
        let magnitude = Int(offset.seconds.magnitude)
        put(offset.seconds < 0 ? 0x2D : 0x2B)
        put(digits: magnitude / 3600, 2)
        put(0x3A)
        put(digits: magnitude / 60 % 60, 2)
        if magnitude % 60 != 0 {
            put(0x3A)
            put(digits: magnitude % 60, 2)
        }
    }
}
