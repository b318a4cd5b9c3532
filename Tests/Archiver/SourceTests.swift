import Archive
import Archiver
import EventFormats
import EventModel
import PluginKit
import Reading
import Testing

/// What each source said last, on a real archive: an export that is dropped every hour, and people beside it.
@Suite("What a source said last, in the archive")
struct SourceTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    /// The calendar of a program, stamped when it was exported, as JSON-LD or iCalendar would be read.
    func export(
        _ stamp: String, by submitter: UInt32 = 1000, program: String = "-//Venue//Calendar 1.0//EN",
        _ events: (uid: String, lines: [String])...
    ) throws -> Delivery {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:\(program)"]
        for event in events {
            lines += ["BEGIN:VEVENT", "UID:\(event.uid)", "DTSTAMP:202704\(stamp)00Z"] + event.lines + ["END:VEVENT"]
        }
        let text = (lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
        let context = ReadingContext(receivedAt: Instant(microseconds: 1_806_600_000_000_000), sha256: "")
        let decoded = readUpdates(Array(text.utf8), context: context)
        #expect(decoded.diagnostics.isEmpty)
        return bench.delivery(decoded, by: submitter, facts: Facts([Publisher("venue")]))
    }

    func show(_ day: Int, hour: Int = 19, _ more: String...) -> [String] {
        ["SUMMARY:Show", "LOCATION:Old hall", "DTSTART;TZID=Europe/Zurich:202705\(day)T\(hour)0000"] + more
    }

    func intents(_ delivery: Delivery) async throws -> [String] {
        try await bench.answers(delivery).map { answer in
            answer.verdict == .hold ? "held \(answer.codes[0])" : answer.intent ?? answer.reason
        }
    }

    func event(_ uid: String) throws -> Event {
        try #require(try bench.reader().event(uid: uid)).state
    }

    @Test("A week of an hourly export: nothing comes back, news is taken, nobody is asked twice")
    func aWeek() async throws {
        #expect(
            try await intents(export("01T0900", ("a", show(10)), ("b", show(11)), ("c", show(12))))
                == ["new", "new", "new"])
        // The desk cancels one and moves another, with a program of its own and as another user.
        #expect(
            try await intents(
                export(
                    "01T0930", program: "-//Desk//Agenda 7//EN",
                    ("a", show(10, "STATUS:CANCELLED")))) == ["cancelled"])
        #expect(try await intents(export("01T0940", by: 1001, ("b", show(13)))) == ["rescheduled"])
        for hour in 10...23 {
            #expect(
                try await intents(export("01T\(hour)00", ("a", show(10)), ("b", show(11)), ("c", show(12))))
                    == ["unchanged", "unchanged", "unchanged"])
        }
        // The next version of the program is the same source.
        #expect(
            try await intents(
                export("02T0900", program: "-//Venue//Calendar 1.1//EN", ("a", show(10)), ("c", show(12, hour: 20))))
                == ["unchanged", "rescheduled"])
        try await bench.reopen()
        // News about what the desk has moved counts beside the move.
        #expect(
            try await intents(export("02T1000", ("b", show(11, "DESCRIPTION:With supper."))))
                == ["corrected"])
        #expect(try event("a").status == .cancelled)
        #expect(try event("b").occurrences.first?.when.start?.description.hasPrefix("2027-05-13T19") == true)
        #expect(try event("b").description?.text == "With supper.")
        #expect(try event("c").occurrences.first?.when.start?.description.hasPrefix("2027-05-12T20") == true)
    }

    @Test("What made the event what it is counts as news where its source has said something else in between")
    func saidInBetween() async throws {
        _ = try await intents(export("01T0900", ("a", show(10, hour: 20))))
        #expect(try await intents(export("01T1000", by: 1001, ("a", show(10, hour: 19)))) == ["rescheduled"])
        #expect(try await intents(export("01T1100", ("a", show(10, hour: 20, "DESCRIPTION:Soon.")))) == ["corrected"])
        #expect(try await intents(export("01T1200", ("a", show(10, hour: 19, "DESCRIPTION:Soon.")))) == ["unchanged"])
        let answer = try await intents(export("01T1300", ("a", show(10, hour: 20, "DESCRIPTION:Soon."))))
        #expect(answer != ["unchanged"], "\(answer)")
    }

    @Test("What a person has let be cancelled comes back by a person only")
    func cancelledByAPerson() async throws {
        _ = try await intents(export("01T0900", ("a", show(10))))
        let cancellation = try export("01T1000", by: 1001, ("a", show(10, "STATUS:CANCELLED")))
        #expect(try await bench.offer(cancellation.releasing()).intent == "cancelled")
        #expect(try await intents(export("01T1100", ("a", show(10, "STATUS:CANCELLED")))) == ["unchanged"])
        #expect(
            try await intents(export("01T1200", ("a", show(10, "STATUS:CONFIRMED")))) == ["held ambiguous-intent"])
        #expect(try event("a").status == .cancelled)
        // Its own source may cancel what it has announced, and say otherwise later.
        _ = try await intents(export("01T1300", ("b", show(11))))
        #expect(try await intents(export("01T1400", ("b", show(11, "STATUS:CANCELLED")))) == ["cancelled"])
        #expect(try await intents(export("01T1500", ("b", show(11, "STATUS:CONFIRMED")))) == ["reinstated"])
    }

    @Test("What was postponed and takes place after all has its date again")
    func onAgain() async throws {
        func concert(_ hour: Int, _ status: EventStatus) throws -> Delivery {
            let update = try party { update in
                update.status = status
                update.issuedAt = Instant(microseconds: Int64(hour))
            }
            return bench.delivery(update, format: .jsonld)
        }
        for (hour, status) in [(1, EventStatus.scheduled), (2, .postponed), (3, .scheduled)] {
            let answer = try await bench.offer(concert(hour, status))
            #expect(answer.verdict == .pass, "\(answer.codes) \(answer.reason)")
        }
        let event = try event("party")
        #expect(event.status == .scheduled)
        #expect(try event.occurrences[0].when == party().occurrences[0].when)
        #expect(event.occurrences[0].previousStarts.isEmpty)
    }

    @Test(
        "What a source says, unsays and says again undoes nothing of what others have said",
        arguments: [["STATUS:CANCELLED"], ["DTSTART;TZID=Europe/Zurich:20270510T210000"], ["LOCATION:New hall"]])
    func saidAndUnsaid(byDesk: [String]) async throws {
        func show(_ name: String) -> [String] {
            ["SUMMARY:\(name)", "LOCATION:Old hall", "DTSTART;TZID=Europe/Zurich:20270510T190000"]
        }
        _ = try await intents(export("01T0900", ("a", show("Show"))))
        let said = show("Show").filter { line in
            !byDesk.contains { $0.prefix(8) == line.prefix(8) }
        }
        let desk = try export("01T0930", program: "-//Desk//Agenda 7//EN", ("a", said + byDesk))
        #expect(try await intents(desk) != ["unchanged"])
        let decided = try event("a")
        #expect(try await intents(export("01T1000", ("a", show("Show B")))) == ["corrected"])
        #expect(try await intents(export("01T1100", ("a", show("Show")))) == ["corrected"])
        #expect(try event("a").content == decided.content)
    }

    /// An export whose stamp proves nothing moves what the desk has moved.
    func contradiction(_ stamp: String) throws -> Delivery { try export(stamp, ("a", show(12))) }

    func contradict() async throws -> Delivery {
        _ = try await intents(export("01T0900", ("a", show(10))))
        _ = try await intents(export("01T1000", ("a", show(10))))
        _ = try await intents(export("01T1030", by: 1001, ("a", show(11))))
        let asking = try contradiction("01T1100")
        #expect(try await intents(asking) == ["held ambiguous-intent"])
        return asking
    }

    @Test("What is asked already is not asked again, and is counted")
    func askedOnce() async throws {
        let asking = try await contradict()
        for (hour, count) in [(12, 2), (13, 3)] {
            let again = try contradiction("01T\(hour)00")
            let answer = try await bench.offer(again)
            #expect(try bench.reader().bytes(of: again.id) == again.bytes, "its file goes")
            #expect(answer.verdict == .pass && answer.intent == "unchanged")
            #expect(
                answer.diagnostics.first?.message.contains("as \(asking.id)/1, and was said \(count) times") == true)
            #expect(answer.diagnostics.first?.severity == .warning)
        }
        #expect(try bench.reader().heldItems().map(\.delivery) == [asking.id])
        #expect(try event("a").occurrences.first?.when.start?.description.hasPrefix("2027-05-11") == true)
    }

    @Test("What a person threw away is no news any more; what is new beside it is")
    func discarded() async throws {
        let asking = try await contradict()
        try await bench.archiver.record([
            LedgerEntry(
                .discarded, of: DeliveryHeader(asking), item: 1, uid: "a", decidedBy: 501,
                time: Instant(microseconds: 9))
        ])
        try await bench.reopen()
        #expect(try await intents(contradiction("01T1200")) == ["unchanged"])
        #expect(try await intents(export("01T1300", ("a", show(12, "DESCRIPTION:Soon.")))) == ["corrected"])
        #expect(try event("a").occurrences.first?.when.start?.description.hasPrefix("2027-05-11") == true)
        #expect(try event("a").description?.text == "Soon.")
    }

    @Test("What is thrown away late does not replace what its source has said since")
    func discardedLate() async throws {
        let asking = try await contradict()
        #expect(try await intents(export("01T1200", ("a", show(10, "DESCRIPTION:Soon.")))) == ["corrected"])
        try await bench.archiver.record([
            LedgerEntry(
                .discarded, of: DeliveryHeader(asking), item: 1, uid: "a", decidedBy: 501,
                time: Instant(microseconds: 9))
        ])
        #expect(try await intents(export("01T1230", by: 1001, ("a", show(11, "DESCRIPTION:Later.")))) == ["corrected"])
        #expect(try await intents(export("01T1300", ("a", show(10, "DESCRIPTION:Soon.")))) == ["unchanged"])
        #expect(try event("a").description?.text == "Later.")
    }

    @Test("What a person let pass is what counts, and asks no more")
    func released() async throws {
        let asking = try await contradict()
        #expect(try await bench.offer(asking.releasing()).intent == "rescheduled")
        #expect(try await intents(contradiction("01T1200")) == ["unchanged"])
        #expect(try event("a").occurrences.first?.when.start?.description.hasPrefix("2027-05-12") == true)
        #expect(try bench.reader().heldItems().isEmpty)
        // The desk's turn: what it said before is not news of it.
        #expect(try await intents(export("01T1230", by: 1001, ("a", show(11)))) == ["unchanged"])
    }

    @Test("What waits nowhere any more, after a power cut, is asked again")
    func gone() async throws {
        let asking = try await contradict()
        try await bench.archiver.reconcile(waiting: [asking.id])
        #expect(try await intents(contradiction("01T1200")) == ["unchanged"])
        try await bench.archiver.reconcile(waiting: [])
        #expect(try await intents(contradiction("01T1300")) == ["held ambiguous-intent"])
    }

    @Test("What is tried again is asked again; what is forgotten asks nothing")
    func triedAgain() async throws {
        let asking = try await contradict()
        try await bench.archiver.record([
            LedgerEntry(
                .retried, of: DeliveryHeader(asking), item: 1, uid: "a", decidedBy: 501, time: Instant(microseconds: 9))
        ])
        #expect(try await intents(asking) == ["held ambiguous-intent"])
        try await bench.archiver.carryOut(
            EventOrder(.forget, uid: "a", decidedBy: 501, decidedAt: Instant(microseconds: 10)))
        #expect(try bench.reader().damage().isEmpty)
        #expect(try bench.reader().event(uid: "a") == nil)
    }

    @Test("A cancellation is laid over what its source said before")
    func partial() async throws {
        _ = try await intents(export("01T0900", ("a", show(10, "DESCRIPTION:Dancing."))))
        #expect(try await intents(export("01T1000", ("a", ["STATUS:CANCELLED"]))) == ["cancelled"])
        #expect(try await intents(export("01T1000", ("a", ["STATUS:CANCELLED"]))) == ["unchanged"])
        let again = try await intents(export("01T1200", ("a", show(10, "DESCRIPTION:Dancing."))))
        #expect(again == ["reinstated"])
        #expect(try event("a").description?.text == "Dancing.")
    }
}

/// What a source may do, and whose events it may change.
@Suite("What a source may do")
struct PermissionTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    private func codes(
        _ update: EventUpdate, by submitter: UInt32 = 1000, _ facts: any Fact...
    ) async throws -> [String] {
        let decoded = Decoded(format: .icalendar, updates: [DecodedUpdate(update)])
        let answer = try await bench.offer(bench.delivery(decoded, by: submitter, facts: Facts(facts)))
        return answer.verdict == .hold ? answer.codes : [answer.intent ?? answer.reason]
    }

    @Test("An inbox may announce; what it changes or cancels waits for a person")
    func inbox() async throws {
        let inbox = Publisher("inbox", may: [.announce])
        #expect(try await codes(party(sequence: 0), inbox) == ["new"])
        #expect(try await codes(party(sequence: 0), inbox) == ["unchanged"])
        #expect(try await codes(party(sequence: 1) { $0.name.text = "Party" }, inbox) == ["foreign-event"])
        let delivery = try bench.delivery([cancellation(sequence: 1)], facts: Facts([inbox]))
        let answer = try await bench.offer(delivery)
        #expect(answer.codes == ["foreign-event"])
        #expect(answer.reason.contains("may not cancel events (publishers.inbox.may)"))
        #expect(try await bench.offer(delivery.releasing()).intent == "cancelled")
    }

    @Test("Without publishers a user's event is changed in time, place or status by that user alone")
    func users() async throws {
        #expect(try await codes(party(sequence: 0)) == ["new"])
        #expect(try await codes(cancellation(sequence: 1), by: 1001) == ["foreign-event"])
        #expect(try await codes(party(day: 2, sequence: 1), by: 1001) == ["foreign-event"])
        #expect(try await codes(party(sequence: 2) { $0.name.text = "Party" }) == ["corrected"])
        #expect(try await codes(cancellation(sequence: 3)) == ["cancelled"])
        var (announced, cancelled) = (try party("other"), try cancellation("other"))
        announced.issuedAt = Instant(microseconds: 1)
        cancelled.issuedAt = Instant(microseconds: 2)
        #expect(try await codes(announced, by: 1001, Publisher("desk")) == ["new"])
        #expect(try await codes(cancelled, by: 1000, Publisher("desk")) == ["cancelled"])
    }
}
