import Glibc

/// The wall clock as RFC 3339 text in UTC, to the millisecond.
struct WallTime {
    var seconds: Int
    var nanoseconds: Int

    static var now: WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    }

    func append(to output: inout [UInt8]) {
        var seconds = seconds
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func part(_ value: CInt, _ width: Int, _ separator: StaticString) {
            Decimal.append(UInt(value), width: width, to: &output)
            separator.withUTF8Buffer { output.append(contentsOf: $0) }
        }
        part(parts.tm_year + 1900, 4, "-")
        part(parts.tm_mon + 1, 2, "-")
        part(parts.tm_mday, 2, "T")
        part(parts.tm_hour, 2, ":")
        part(parts.tm_min, 2, ":")
        part(parts.tm_sec, 2, ".")
        part(CInt(nanoseconds / 1_000_000), 3, "Z")
    }
}
