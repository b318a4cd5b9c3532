import EventModel
import Reading
import Testing

@testable import EventFormats

/// What is found in one update is said of that update, so that the others are not answered for it.
@Suite struct AttributionTests {
    private func said(_ decoded: Decoded) -> [String] {
        decoded.diagnostics.map { "\($0.update.map(String.init) ?? "file") \($0.severity.word) \($0.code.rawValue)" }
            .sorted()
    }

    private func events(_ lines: [[UInt8]], before: [UInt8] = []) -> [UInt8] {
        var bytes = Array("BEGIN:VCALENDAR\r\n".utf8) + before
        for (index, line) in lines.enumerated() {
            bytes +=
                Array("BEGIN:VEVENT\r\nUID:\(index)\r\nDESCRIPTION:".utf8) + line + Array("\r\nEND:VEVENT\r\n".utf8)
        }
        return bytes + Array("END:VCALENDAR\r\n".utf8)
    }

    private let plain = Array("plain".utf8)
    private let latin = [0x5A, 0xFC, 0x72] as [UInt8]

    @Test func bytesOfACalendar() {
        #expect(said(decode(events([plain, latin, plain]))) == ["1 error invalid-utf8"])
        #expect(
            said(decode(events([[0x41, 0x00], plain, [0x0B, 0x42]]))) == [
                "0 error control-character", "2 warning control-character",
            ])
        let name = Array("X-WR-CALNAME:Z".utf8) + latin + [0x0D, 0x0A]
        #expect(said(decode(events([plain, plain], before: name))) == ["file error invalid-utf8"])
        #expect(said(decode(events([plain], before: [0x07, 0x0D, 0x0A]))) == ["file warning control-character"])
    }

    /// Events without a uid stay apart, whatever the uids of others look like.
    @Test func anEventWithoutAUidIsNobodyElse() {
        let decoded = decode(
            """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            SUMMARY:Nameless
            DTSTART:20270101
            END:VEVENT
            BEGIN:VEVENT
            UID:#0
            SUMMARY:Numbered
            DTSTART:20270101
            END:VEVENT
            END:VCALENDAR
            """)
        #expect(decoded.updates.map(\.update.uid) == ["derived:nameless-20270101", "#0"])
        #expect(said(decoded) == ["0 warning uid-derived"])
    }

    @Test func bytesOfADocument() {
        func document(_ texts: [[UInt8]], after: [UInt8] = []) -> [UInt8] {
            var bytes = Array(#"{"@context":"https://schema.org","@graph":["#.utf8)
            for (index, text) in texts.enumerated() {
                bytes += Array(#"{"@type":"Event","identifier":"\#(index)","description":""#.utf8) + text
                bytes += Array(#""},"#.utf8)
            }
            return bytes + Array(#"{"@type":"WebPage","name":""#.utf8) + after + Array(#""}]}"#.utf8)
        }
        #expect(said(decode(document([plain, latin, plain]))) == ["1 error invalid-utf8"])
        #expect(said(decode(document([plain, Array(#"\udc00"#.utf8)]))) == ["1 error invalid-utf8"])
        #expect(
            said(decode(document([[0x0A], [0x00], [0x09, 0x0B]]))) == [
                "0 warning control-character", "1 error control-character", "2 warning control-character",
            ])
        #expect(said(decode(document([plain], after: latin))) == ["file error invalid-utf8"])
        #expect(said(decode(document([plain], after: [0x0D, 0x0A]))) == ["file warning control-character"])
        let outside = Array(#"[{"@type":"Event","identifier":"a"},"#.utf8) + latin + [0x5D]
        #expect(said(decode(outside)) == ["file error invalid-utf8"])
        let paired = decode(document([Array(#"\ud83c\udfb7 "#.utf8) + [0x0A]]))
        #expect(paired.updates.first?.update.description?.text == "🎷  ")
    }

    @Test func linesThatAreNone() {
        let decoded = decode(
            """
            BEGIN:VCALENDAR
            of the calendar
            BEGIN:VEVENT
            UID:a
            END:VEVENT
            BEGIN:VEVENT
            UID:b
            no line
            BEGIN:VALARM
            none either
            END:VALARM
            END:VEVENT
            END:VCALENDAR
            stray
            """)
        #expect(
            said(decoded) == [
                "1 warning malformed-line", "1 warning malformed-line", "file warning malformed-line",
                "file warning malformed-line",
            ])
    }

    @Test func aMethodIsOfItsCalendar() {
        func calendars(_ methods: String...) -> String {
            methods.enumerated().map {
                "BEGIN:VCALENDAR\nMETHOD:\($1)\nBEGIN:VEVENT\nUID:\($0)\nEND:VEVENT\nBEGIN:VEVENT\nUID:\($0)b\nEND:VEVENT\n"
                    + "END:VCALENDAR\n"
            }.joined()
        }
        #expect(
            said(decode(calendars("PUBLISH", "X-SPELL"))) == ["2 held ambiguous-intent", "3 held ambiguous-intent"])
        let mixed = decode(calendars("REPLY", "PUBLISH"))
        #expect(mixed.updates.map(\.update.uid) == ["1", "1b"])
        #expect(said(mixed) == ["file warning value-left-out"])
        #expect(said(decode(calendars("REPLY", "COUNTER"))).allSatisfy { $0 == "file error no-event" })
    }

    /// What a later calendar of the file says of an event that is known already is of that update, not of the next one.
    @Test func whatComesAgainIsOfTheSameUpdate() {
        let decoded = decode(
            """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:a
            DTSTART:20270101
            END:VEVENT
            END:VCALENDAR
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:a
            DTSTART:20270101
            STATUS:MAYBE
            END:VEVENT
            BEGIN:VEVENT
            UID:b
            DTSTART:20270101
            END:VEVENT
            END:VCALENDAR
            """)
        #expect(decoded.updates.map(\.update.uid) == ["a", "b"])
        #expect(said(decoded) == ["0 held unknown-status", "0 warning duplicate-occurrence"])
    }

    /// Else an update whose fault found no room would be accepted.
    @Test func theFirstFaultOfEachUpdateIsAlwaysKept() {
        var limits = ReadingLimits()
        limits.diagnostics = 3
        let events = (0..<50).map {
            "BEGIN:VEVENT\nUID:\($0)\nno line\nno line\nURL:x\n"
                + ($0 == 48 ? "STATUS:MAYBE\nDTSTART:never\nDTSTART:ever\n" : "") + "END:VEVENT\n"
        }
        let calendar = decode("BEGIN:VCALENDAR\n\(events.joined())END:VCALENDAR", limits: limits)
        #expect(said(calendar).contains("48 error invalid-date"))
        #expect(said(calendar).contains("48 held unknown-status"))
        #expect(said(calendar).count { $0.hasSuffix("malformed-line") } <= 3 + 50)
        let list = (0..<50).map {
            #"{"@type":"Event","identifier":"\#($0)","url":"x","startDate":"\#($0 == 48 ? "never" : "2027")"}"#
        }
        #expect(said(decode("[\(list.joined(separator: ","))]", limits: limits)).contains("48 error invalid-date"))
    }
}
