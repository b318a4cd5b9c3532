import EventFormats
import EventModel
import Foundation
import Reading
import Testing

/// What a person corrects when releasing a held file.
@Suite struct CorrectionTests {
    private let concert = """
        {"@context":"https://schema.org","@type":"MusicEvent","identifier":"c1","name":"Concert",
        "startDate":"2027-03-14T20:00:00+01:00","location":{"@type":"Place","name":"Town Hall"}}
        """
    private let text = """
        Spring Walk of the Hikers

        The walk will be held on 3 May in Zurich, Switzerland.
        """

    private func read(
        _ text: String, _ corrections: [Correction] = [], _ ruling: Ruling = .accept, of number: Int? = nil
    ) throws(CorrectionFault) -> Decoded {
        try readUpdates(
            Array(text.utf8),
            context: ReadingContext(receivedAt: Instant(microseconds: 1_795_000_000_000_000), sha256: ""),
            ruling: ruling, corrections: corrections, of: number)
    }

    @Test(arguments: [
        ("occurrences[0].when.start", "2027-04-01T19:30:00", "2027-04-01T19:30:00"),
        ("occurrences[0].when.start", "2027-04", "2027-04-01"), ("name.text", "Choir", "Choir"),
        ("occurrences[0].place.name", "Old Hall", "Old Hall"), ("status", "cancelled", "cancelled"),
        ("uid", "c2", "c2"), ("sequence", "7", "7"),
        ("embargoUntil", "2027-03-05T10:00:00+01:00", "2027-03-05T09:00:00Z"),
        ("language", "de-CH", "de-CH"),
    ])
    func aFieldHasTheValueAndThatIsEvidence(path: String, value: String, shown: String) throws {
        let update = try #require(try read(concert, [Correction(path, value)]).updates.first?.update)
        let json = String(decoding: CanonicalJSON.bytes(of: update), as: UTF8.self)
        #expect(json.contains(shown), "\(json)")
        #expect(
            update.evidence.filter { $0.fieldPath == path }
                == [Evidence(fieldPath: path, basis: .stated, rule: "released-by")])
        #expect(try CanonicalJSON.read(CanonicalJSON.bytes(of: update)) == update)
    }

    @Test func anOptionalFieldIsTakenAwayByNothing() throws {
        let update = try #require(
            try read(concert, [Correction("occurrences[0].when.start", ""), Correction("status", "postponed")])
                .updates.first?.update)
        #expect(update.occurrences.first?.when.start == nil)
        #expect(update.status == .postponed)
    }

    @Test(arguments: [
        ("occurrences[0].when.strat", "x", "occurrences[0].when.strat: there is no such field"),
        ("occurrences[3].when.start", "x", "occurrences[3].when.start: of occurrences there is one, occurrences[0]"),
        (
            "occurrences.when.start", "x",
            "occurrences.when.start: say which one, counted from 0, such as occurrences[0].when.start"
        ),
        (
            "occurrences[0].when.start", "soon",
            "is \"soon\"; expected a date such as 2027-03-05 or a time such as 2027-03-05T19:30:00, or nothing"
        ),
        (
            "status", "off",
            "status: is \"off\"; expected one of scheduled, tentative, postponed, rescheduled, movedOnline, cancelled"
        ),
        ("uid", "two words", "uid: is \"two words\"; expected an identifier without white space"),
        ("receivedAt", "2027-03-05", "receivedAt: there is no such field"),
        ("updates[0].name.text", "x", "updates[0].name.text: there is no such field"),
        ("parties[0].name", "x", "parties[0].name: of parties there is none"),
        ("year", "2028", "year: is for texts; set occurrences[0].when.start"),
        ("", "x", ": there is no such field"),
    ])
    func whatCannotBeSetSaysWhy(path: String, value: String, words: String) throws {
        let fault = #expect(throws: CorrectionFault.self) { _ = try read(concert, [Correction(path, value)]) }
        #expect("\(try #require(fault))".contains(words))
    }

    /// Every field that can be corrected, and what its values have to be.
    @Test(arguments: [
        ("kind", "one of announce, update, cancel"),
        ("uid", "an identifier without white space"),
        ("sequence", "a whole number from 0, or nothing"),
        ("issuedAt", "a time with its distance from UTC such as 2027-03-05T10:00:00+01:00, or nothing"),
        ("status", "one of scheduled, tentative, postponed, rescheduled, movedOnline, cancelled"),
        ("attendanceMode", "one of offline, online, mixed"),
        ("embargoUntil", "a time with its distance from UTC such as 2027-03-05T10:00:00+01:00, or nothing"),
        ("visibility", "one of public, private"),
        (
            "occurrences[0].status",
            "one of scheduled, tentative, postponed, rescheduled, movedOnline, cancelled, or nothing"
        ),
        (
            "occurrences[0].when.end",
            "a date such as 2027-03-05 or a time such as 2027-03-05T19:30:00, or nothing"
        ),
        ("occurrences[0].when.precision", "one of year, month, day, minute"),
        ("occurrences[0].when.recurrenceRule", "a recurrence rule such as FREQ=WEEKLY;UNTIL=20271231, or nothing"),
        ("occurrences[0].place.kind", "one of venue, city, region, virtual"),
        ("occurrences[0].place.latitude", "a number of degrees, or nothing"),
        ("occurrences[0].place.longitude", "a number of degrees, or nothing"),
        ("occurrences[0].place.geonameID", "a whole number from 0, or nothing"),
        ("occurrences[0].dayAssignment", "one of each, any, unspecified"),
        ("parties[0].kind", "one of organisation, person, community"),
        ("parties[0].role", "one of organizer, affiliated, performer, sponsor, publisher"),
    ])
    func aValueThatIsNoneSaysWhatItHasToBe(path: String, expectation: String) throws {
        let fault = #expect(throws: CorrectionFault.self) {
            _ = try read(hosted, [Correction(path, "no such value")])
        }
        #expect(fault?.description == "\(path): is \"no such value\"; expected \(expectation)")
    }

    @Test(arguments: [
        "name.text", "language", "type", "parties[0].name", "name.language",
    ])
    func aTextThatMustBeThereCannotBeTakenAway(path: String) throws {
        let fault = #expect(throws: CorrectionFault.self) { _ = try read(hosted, [Correction(path, "")]) }
        #expect(fault?.description == "\(path): is \"\"; expected a text")
    }

    @Test(arguments: [
        "description.text", "occurrences[0].when.timeZone", "occurrences[0].onlineURL", "occurrences[0].place.region",
        "occurrences[0].place.streetAddress", "occurrences[0].place.locality", "occurrences[0].place.postalCode",
        "occurrences[0].place.country", "occurrences[0].place.timeZone", "occurrences[0].place.name", "parties[0].url",
        "parties[0].email",
    ])
    func aTextThatNeedNotBeThereCanBeTakenAway(path: String) throws {
        var update = try #require(try read(hosted).updates.first?.update)
        try update.apply(Correction(path, ""))
        #expect(update.evidence.contains { $0.fieldPath == path && $0.rule == Correction.rule })
    }

    @Test func nothingElseCanBeCorrected() throws {
        var update = try #require(try read(hosted).updates.first?.update)
        for path in [
            "receivedAt", "source.sha256", "uidOrigin", "links", "references", "extensions", "evidence", "place.name",
            "occurrences[0].id", "occurrences[0].when.recurrenceSet", "occurrences[0].when.startOffset",
            "occurrences[0].previousStarts", "parties[0].acronyms", "schema",
        ] {
            let fault = #expect(throws: CorrectionFault.self) { try update.apply(Correction(path, "x")) }
            #expect(fault?.message == "there is no such field", "\(path)")
        }
    }

    @Test func aPlaceIsMadeByItsNameFirst() throws {
        var update = try #require(try read(hosted).updates.first?.update)
        try update.apply(Correction("occurrences[0].place.name", ""))
        #expect(update.occurrences[0].place == nil)
        let fault = #expect(throws: CorrectionFault.self) {
            try update.apply(Correction("occurrences[0].place.locality", "Bern"))
        }
        #expect(fault?.message == "there is no place; set occurrences[0].place.name first")
        try update.apply(Correction("occurrences[0].place.name", "Old Hall"))
        #expect(update.occurrences[0].place == Place(name: "Old Hall"))
    }

    @Test func aNewDescriptionIsInTheLanguageOfTheEvent() throws {
        var update = try #require(try read(hosted).updates.first?.update)
        update.language = "fr"
        try update.apply(Correction("description.text", "Un concert"))
        #expect(update.description == LanguageText("Un concert", language: "fr"))
    }

    private var hosted: String {
        concert.replacingOccurrences(
            of: "\"@type\":\"Music", with: "\"organizer\":{\"name\":\"Choir\"},\"@type\":\"Music")
    }

    @Test func aMisspeltPathKnowsThoseThatThereAre() throws {
        let fault = #expect(throws: CorrectionFault.self) {
            _ = try read(concert, [Correction("occurrences[0].when.strat", "x")])
        }
        #expect(fault?.known.contains("occurrences[0].when.start") == true)
        #expect(fault?.known.contains("occurrences[0].place.locality") == true)
    }

    @Test func theYearOfATextIsReadAgain() throws {
        let before = try #require(try read(text).updates.first?.update)
        #expect(before.occurrences.first?.when.start?.description == "2027-05-03")
        let decoded = try read(text, [Correction("year", "2029")])
        let update = try #require(decoded.updates.first?.update)
        #expect(update.occurrences.first?.when.start?.description == "2029-05-03")
        #expect(update.uid.hasSuffix("-2029"))
        #expect(!decoded.diagnostics.contains { $0.code == .yearFromReceipt })
        #expect(update.evidence.contains { $0.rule == "released-by" && $0.basis == .stated })
    }

    @Test func theLanguageOfATextThatWasNotReadIsReadAgain() throws {
        let unread =
            "Der Frühlingslauf findet statt\n\nWann: 3 May 2027\nDer Lauf ist in der Stadt und die Strecke ist für alle."
        #expect(try read(unread).updates.isEmpty)
        let decoded = try read(unread, [Correction("language", "en")])
        #expect(!decoded.diagnostics.contains { $0.code == .languageNotRead })
    }

    @Test func anUpdateOfAnotherEventHasItsUid() throws {
        let update = try #require(try read(text, [], .update(of: "walk-1")).updates.first?.update)
        #expect(update.uid == "walk-1" && update.uidOrigin == .stated && update.kind == .update)
        #expect(update.references == [Reference(uid: "walk-1")])
    }

    private var both: String { "[\(concert),\(concert.replacingOccurrences(of: "c1", with: "c2"))]" }

    @Test func oneOfSeveralUpdatesIsCorrectedAndTheOthersAreAsTheyWere() throws {
        let before = try read(both).updates.map(\.update)
        let decoded = try read(both, [Correction("status", "cancelled")], of: 2)
        #expect(decoded.updates.map(\.update.status) == [.scheduled, .cancelled])
        #expect(decoded.updates[0].update == before[0])
    }

    @Test func oneOfSeveralUpdatesIsAnUpdateOfAnotherEvent() throws {
        let decoded = try read(both, [], .update(of: "walk-1"), of: 1)
        #expect(decoded.updates.map(\.update.uid) == ["walk-1", "c2"])
        #expect(decoded.updates.map(\.update.references) == [[Reference(uid: "walk-1")], []])
    }

    @Test func whichOfSeveralUpdatesIsMeantHasToBeSaid() throws {
        for ruling in [Ruling.accept, .update(of: "walk-1")] {
            let corrections = ruling == .accept ? [Correction("status", "cancelled")] : []
            let fault = #expect(throws: CorrectionFault.self) { _ = try read(both, corrections, ruling) }
            #expect(fault?.message == "the file has 2 updates; say which one, as in \"tidings release ID/1\"")
        }
    }

    @Test(arguments: [0, 3, -1, .max]) func anUpdateThatIsNotThereCannotBeCorrected(number: Int) throws {
        let fault = #expect(throws: CorrectionFault.self) {
            _ = try read(both, [Correction("status", "cancelled")], of: number)
        }
        #expect(fault?.description == "status: cannot be set: the file has 2 updates, and not \(number)")
    }
}
