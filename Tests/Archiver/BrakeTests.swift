import Archive
import Archiver
import EventModel
import PluginKit
import Testing

/// Forty false cancellations, at once and one by one, against few events and against many.
@Suite("The brake")
struct BrakeTests {
    let bench: Bench

    init() async throws { bench = try await Bench() }

    private func announce(_ count: Int) async throws {
        let events = try (1...count).map { number in
            try party("show-\(number)", sequence: 0) { $0.occurrences[0].place = nil }
        }
        #expect(try await bench.answers(bench.delivery(events)).allSatisfy { $0.intent == "new" })
    }

    private func cancellations(_ numbers: ClosedRange<Int>, sequence: Int = 1) throws -> [EventUpdate] {
        try numbers.map { try cancellation("show-\($0)", sequence: sequence) }
    }

    private func cancelled() throws -> Int { try bench.reader().events { $0.status == .cancelled }.count }

    @Test("holds all of a file that cancels too many, before any of it counts", arguments: [50, 2000])
    func inOneFile(known: Int) async throws {
        try await announce(known)
        let delivery = bench.delivery(try cancellations(1...40))
        let answers = try await bench.answers(delivery)
        #expect(answers.allSatisfy { $0.codes == ["blast-radius"] && $0.verdict == .hold })
        #expect(answers[0].reason.contains("more than \(known == 50 ? 10 : 25) of \(known) coming events"))
        #expect(answers[0].reason.contains("'tidings release \(delivery.id)' lets it pass"))
        #expect(try cancelled() == 0)
        // A person who says so lets all of it pass.
        var released = delivery
        for number in 1...40 { released = released.releasing(number) }
        #expect(try await bench.answers(released).allSatisfy { $0.intent == "cancelled" })
        #expect(try cancelled() == 40)
    }

    @Test("counts a file whole, though it comes in slices; also after a kill in between")
    func inSlices() async throws {
        try await announce(50)
        let delivery = bench.delivery(try cancellations(1...40))
        var slice = delivery.only(1...4)
        slice.later = delivery.items[4...]
        #expect(try await bench.answers(slice).allSatisfy { $0.codes == ["blast-radius"] })
        try await bench.kill()
        for first in stride(from: 5, through: 37, by: 4) {
            #expect(
                try await bench.answers(delivery.only(first...first + 3)).allSatisfy { $0.codes == ["blast-radius"] })
        }
        #expect(try cancelled() == 0)
    }

    @Test(
        "holds what goes beyond in files of their own, and names the earlier ones", arguments: [(50, 10), (2000, 25)])
    func inFortyFiles(known: Int, limit: Int) async throws {
        try await announce(known)
        var first: DeliveryID?
        for number in 1...40 {
            if number == limit / 2 || number == limit + 5 { try await bench.kill() }
            let delivery = bench.delivery([try cancellation("show-\(number)", sequence: 1)])
            let answer = try #require(try await bench.answers(delivery).first)
            #expect((answer.verdict == .hold) == (number > limit), "\(number): \(answer.reason)")
            guard number > limit else { continue }
            if let first {
                // It is asked once; the others wait with the first.
                #expect(answer.reason.hasPrefix("this waits with \(first), for the same reason: 'tidings release "))
                #expect(answer.reason.contains(" --code blast-radius' throws all of it away"))
            } else {
                first = delivery.id
                #expect(answer.reason.contains("takes back what came earlier in this hour: "))
                #expect(answer.reason.hasSuffix(" and \(limit - 5) more"))
            }
        }
        #expect(try cancelled() == limit)
    }

    @Test("counts what is moved, and lets corrections, past events and an export that says what is known pass")
    func harmless() async throws {
        try await announce(50)
        let corrected = try (1...40).map { number in
            try party("show-\(number)", sequence: 1) {
                $0.name.text = "June party"
                $0.occurrences[0].place = nil
            }
        }
        #expect(try await bench.answers(bench.delivery(corrected)).allSatisfy { $0.intent == "corrected" })
        let moved = try (1...40).map { number in
            try party("show-\(number)", day: 2, sequence: 2) {
                $0.name.text = "June party"
                $0.occurrences[0].place = nil
            }
        }
        #expect(try await bench.answers(bench.delivery(moved)).allSatisfy { $0.codes == ["blast-radius"] })
        let past = try (1...40).map { number in
            try party("past-\(number)", sequence: 0) {
                $0.occurrences[0].when.start = LocalDate(year: 2020, month: 1, day: 1).map(Moment.date)
            }
        }
        #expect(try await bench.answers(bench.delivery(past)).allSatisfy { $0.intent == "new" })
        let gone = try (1...40).map { try cancellation("past-\($0)", sequence: 1) }
        #expect(try await bench.answers(bench.delivery(gone)).allSatisfy { $0.intent == "cancelled" })
    }

    @Test("counts events, not what is said of them")
    func oneEventAgainAndAgain() async throws {
        try await announce(1)
        let days = try (2...12).map { day in
            try party("show-1", day: day, sequence: day) { $0.occurrences[0].place = nil }
        }
        #expect(try await bench.answers(bench.delivery(days)).allSatisfy { $0.intent == "rescheduled" })
    }

    @Test("has limits that are settings")
    func settings() async throws {
        var settings = ArchiverSettings()
        settings.blastRadiusLeast = 1
        settings.blastRadiusPercent = 10
        try await bench.reopen(settings)
        try await announce(30)
        for number in 1...3 {
            #expect(try await bench.drop(cancellation("show-\(number)", sequence: 1)).intent == "cancelled")
        }
        #expect(try await bench.drop(cancellation("show-4", sequence: 1)).codes == ["blast-radius"])
    }

    @Test("keeps what it foresaw for all slices of a file, wherever the harm stands in it; what changes nothing counts")
    func lateSlices() async throws {
        try await announce(50)
        let updates =
            try (1...20).map { number in
                try party("show-\(number)", sequence: 0) { $0.occurrences[0].place = nil }
            } + cancellations(21...50)
        let delivery = bench.delivery(updates)
        for first in stride(from: 1, through: 41, by: 10) {
            var slice = delivery.only(first...first + 9)
            slice.later = delivery.items[(first + 9)...]
            let answers = try await bench.answers(slice)
            #expect(
                answers.allSatisfy { first <= 20 ? $0.intent == "unchanged" : $0.codes == ["blast-radius"] }, "\(first)"
            )
        }
        #expect(try cancelled() == 0)
    }

    @Test("counts what leaves the public without a cancellation: dates that are excepted, events that become private")
    func removals() async throws {
        try await announce(50)
        let hidden = try (1...11).map { number in
            try party("show-\(number)", sequence: 1) {
                $0.visibility = .private
                $0.occurrences[0].place = nil
            }
        }
        #expect(try await bench.answers(bench.delivery(hidden)).allSatisfy { $0.codes == ["blast-radius"] })
        let excepted = try (1...11).map { number in
            try party("show-\(number)", sequence: 1) {
                $0.occurrences[0].place = nil
                $0.occurrences[0].when.exceptionDates = [$0.occurrences[0].when.start].compactMap { $0 }
            }
        }
        #expect(try await bench.answers(bench.delivery(excepted)).allSatisfy { $0.codes == ["blast-radius"] })
    }

    @Test("counts no more what a person lets pass, with a restart as without one", arguments: [false, true])
    func letPass(isRestarted: Bool) async throws {
        try await announce(50)
        let delivery = bench.delivery(try cancellations(1...11))
        #expect(try await bench.answers(delivery).allSatisfy { $0.codes == ["blast-radius"] })
        var released = delivery
        for number in 1...11 { released = released.releasing(number) }
        #expect(try await bench.answers(released).allSatisfy { $0.intent == "cancelled" })
        if isRestarted { try await bench.kill() }
        for number in 12...22 {
            let answer = try await bench.drop(cancellation("show-\(number)", sequence: 1))
            #expect((answer.verdict == .hold) == (number == 22), "\(number): \(answer.reason)")
        }
    }

    @Test("counts after a restart what was moved to another place")
    func moved() async throws {
        let events = try (1...50).map { try party("show-\($0)", sequence: 0) }
        #expect(try await bench.answers(bench.delivery(events)).allSatisfy { $0.intent == "new" })
        for number in 1...11 {
            if number == 11 { try await bench.kill() }
            let moved = try party("show-\(number)", sequence: 1) { $0.occurrences[0].place = Place(name: "Barn") }
            #expect((try await bench.drop(moved).verdict == .hold) == (number == 11), "\(number)")
        }
    }

    @Test("forgets after a restart what people took back, as it would without one")
    func takenBack() async throws {
        try await announce(50)
        let gone = bench.delivery(try cancellations(1...5))
        _ = try await bench.answers(gone)
        for number in 1...5 {
            let asked = bench.delivery(try party("show-\(number)")).releasing(1, .revert(gone.id, item: number))
            #expect(try await bench.offer(asked).intent == "reinstated")
        }
        try await bench.kill()
        for number in 6...10 {
            #expect(try await bench.drop(cancellation("show-\(number)", sequence: 1)).intent == "cancelled")
        }
    }
}
