import EventModel
import Testing

/// What a text says of itself and of what became of the event.
struct TextIntentTests {
    @Test(arguments: [
        ("The concert on 5 March 2027 in Oslo is cancelled.", UpdateKind.cancel, EventStatus.cancelled),
        ("The concert planned for 5 March 2027 in Oslo has been cancelled because of illness.", .cancel, .cancelled),
        ("We regret to announce the cancellation of the concert on 5 March 2027 in Oslo.", .cancel, .cancelled),
        ("The concert on 5 March 2027 in Oslo has been postponed until further notice.", .update, .postponed),
        ("The concert in Oslo has been postponed from 5 March 2027 to 12 March 2027.", .update, .rescheduled),
        ("The concert in Oslo has been rescheduled for 12 March 2027.", .update, .rescheduled),
        ("The concert in Oslo has been moved to 12 March 2027.", .update, .rescheduled),
        ("The concert has a new date: it will be held in Oslo on 12 March 2027.", .update, .rescheduled),
        ("The concert on 5 March 2027 has been moved online.", .update, .movedOnline),
        ("The concert on 5 March 2027 will now take place online.", .update, .movedOnline),
        (
            "The concert will be held on 5 March 2027 in Oslo. If it rains the concert is cancelled.", .announce,
            .scheduled
        ),
        (
            "The concert will be held on 5 March 2027 in Oslo. Bus line 12 is cancelled on that day.", .announce,
            .scheduled
        ),
        (
            "The concert will be held on 5 March 2027 in Oslo. Cancellation is free until 1 March.", .announce,
            .scheduled
        ),
        ("The concert will be held on 5 March 2027 in Oslo. The concert of 2025 was cancelled.", .announce, .scheduled),
        (
            "The concert will be held on 5 March 2027 in Oslo. It has been cancelled twice since 2019.", .announce,
            .scheduled
        ),
        (
            "The concert will be held on 5 March 2027 in Oslo. In case of rain it will be postponed to 6 March.",
            .announce, .scheduled
        ),
    ])
    func wordsOfChange(sentence: String, kind: UpdateKind, status: EventStatus) throws {
        let decoded = TextReading.read("Concert of the Fjord Choir\n\n\(sentence)")
        let update = try #require(decoded.update)
        #expect(update.kind == kind)
        #expect(update.status == status)
        #expect(decoded.diagnostic(.ambiguousIntent) == nil)
        #expect(!decoded.diagnostics.contains { $0.severity > .warning })
        if status == .scheduled { #expect(update.occurrences.map(\.when.start?.description) == ["2027-03-05"]) }
        if status == .rescheduled { #expect(update.occurrences.map(\.when.start?.description) == ["2027-03-12"]) }
    }

    @Test(arguments: [
        "The concert on 5 March 2027 in Oslo may be cancelled.",
        "The concert on 5 March 2027 in Oslo has not been cancelled.",
        "The concert on 5 March 2027 in Oslo could be postponed.", "The concert on 5 March 2027 in Oslo was cancelled.",
    ])
    func whatIsUnclearIsHeld(sentence: String) {
        let decoded = TextReading.read("Concert of the Fjord Choir\n\n\(sentence)")
        #expect(decoded.diagnostic(.ambiguousIntent)?.severity == .held)
        #expect(!decoded.diagnostics.contains { $0.severity == .error })
        #expect(decoded.update?.status == .scheduled)
    }

    @Test func aPostponedEventKeepsItsFormerStartAndHasNone() throws {
        let text = "Concert\n\nThe concert on 5 March 2027 in Oslo has been postponed. A new time will be announced."
        let occurrence = try #require(TextReading.read(text).update?.occurrences.first)
        #expect(occurrence.when.start == nil)
        #expect(occurrence.previousStarts.map(\.description) == ["2027-03-05"])
    }

    @Test func aMovedEventNamesBothDates() throws {
        let text = "Concert\n\nThe concert in Oslo has been moved from 5 March 2027 to 12 March 2027."
        let occurrence = try #require(TextReading.read(text).update?.occurrences.first)
        #expect(occurrence.when.start?.description == "2027-03-12")
        #expect(occurrence.previousStarts.map(\.description) == ["2027-03-05"])
    }

    @Test func aCancellationThatNamesACityIsOfThatCityAlone() throws {
        let text = """
            Update on the river clean-up

            The clean-up on 5 June 2027 will take place in Cologne, Basel and Rotterdam as planned.
            The Basel clean-up is cancelled.
            """
        let update = try #require(TextReading.read(text).update)
        #expect(update.kind == .update)
        #expect(update.status == .scheduled)
        #expect(update.occurrences.map(\.status) == [nil, .cancelled, nil])
    }

    @Test func headersStateWhatTheTextLeavesOpen() throws {
        let text = """
            UID: walk-7@example.org
            Update-Of: walk-7@example.org
            Year: 2028
            Language: en-GB
            Embargo-Until: 2028-02-01T08:00:00+01:00

            Sculpture walk

            A sculpture walk will be held in Bruges on 5 June.
            """
        let decoded = TextReading.read(text)
        let update = try #require(decoded.update)
        #expect(update.uid == "walk-7@example.org")
        #expect(update.uidOrigin == .stated)
        #expect(update.kind == .update)
        #expect(update.references == [Reference(uid: "walk-7@example.org")])
        #expect(update.occurrences.first?.when.start?.description == "2028-06-05")
        #expect(update.language == "en-GB")
        #expect(update.embargoUntil?.description == "2028-02-01T07:00:00Z")
        #expect(update.name.text == "Sculpture walk")
        #expect(decoded.codes.isEmpty)
    }

    @Test(arguments: [
        ("Year: soon", "invalid-date"), ("UID: a b", "invalid-identifier"),
        ("Embargo-Until: 2027-02-01", "invalid-time"),
        ("Embargo-Until: 2027-02-01T08:00", "invalid-time"), ("Embargo-Until: tomorrow", "invalid-time"),
    ])
    func headersThatAreWrongAreErrors(header: String, code: String) {
        let decoded = TextReading.read(
            "\(header)\n\nSculpture walk\n\nA sculpture walk will be held in Bruges on 5 June 2027.")
        let diagnostic = decoded.diagnostics.first { $0.code.rawValue == code }
        #expect(diagnostic?.severity == .error, "\(decoded.codes)")
        #expect(diagnostic?.position?.line == 1)
    }

    @Test func anEmbargoInWordsHoldsUnlessItsTimeIsCertain() {
        let body = "\n\nPrize concert\n\nThe prize concert will be held on 9 May 2027 in Helsinki."
        #expect(
            TextReading.read("EMBARGOED UNTIL 10:00 CET, 6 May 2027" + body).update?.embargoUntil?.description
                == "2027-05-06T09:00:00Z")
        #expect(TextReading.read("EMBARGOED UNTIL THURSDAY" + body).diagnostic(.ambiguousIntent)?.severity == .held)
        #expect(TextReading.read("Embargo: Thursday morning" + body).diagnostic(.ambiguousIntent)?.severity == .held)
    }

    @Test(arguments: [
        ("de", "Die Laternenwanderung findet am 6. November 2027 in Gent statt. Treffpunkt ist der Bahnhof um 18 Uhr."),
        (
            "fr",
            "La fête de la musique aura lieu le 21 juin 2027 dans les rues de Nantes. Nous vous attendons avec vos amis."
        ),
        ("es", "La feria del libro se celebra el 5 de mayo de 2027 en la plaza mayor con música para los niños."),
        ("", "جشنواره موسیقی در تهران برگزار می‌شود. همه دعوت هستند."),
        ("", "Концерт состоится 5 марта 2027 года в Риге."),
        ("", "コンサートは2027年3月5日に大阪で開催されます。"), ("", "Lorem ipsum dolor sit amet consectetur adipiscing elit"),
    ])
    func otherLanguagesAreHeldAndNotHalfRead(code: String, text: String) {
        let decoded = TextReading.read(text)
        #expect(decoded.updates.isEmpty)
        #expect(decoded.codes == ["language-not-read"])
        #expect(decoded.diagnostics.first?.severity == .held)
        if !code.isEmpty { #expect(decoded.diagnostics.first?.message.contains("\"\(code)\"") == true) }
    }

    @Test func aStatedLanguageThatIsNotReadIsHeld() {
        let decoded = TextReading.read("Language: sv\n\nConcert\n\nThe concert will be held on 5 March 2027 in Oslo.")
        #expect(decoded.codes == ["language-not-read"])
        #expect(decoded.updates.isEmpty)
    }

    @Test(arguments: [
        ("The fair will be held on 3 May in Tallinn.", "year-from-receipt", 2027),
        ("The fair will be held on Monday, 3 May in Tallinn.", "year-inferred", 2027),
        ("The fair will be held on Wednesday, 3 May in Tallinn.", "year-from-receipt", 2028),
        ("TALLINN, 7 January 2029 – The fair will be held on 3 May in Tallinn.", "year-inferred", 2029),
        ("The fair will be held on 3 May in Tallinn. The last one was held in September 2023.", "year-inferred", 2024),
        ("The fair will be held on 3 May in Tallinn. It was founded in June 1985.", "year-from-receipt", 2027),
        ("The fair will be held on 3 May in Tallinn. Stalls must be booked by 1 February 2028.", "year-inferred", 2028),
    ])
    func theYearComesFromTheBestEvidence(sentence: String, code: String, year: Int) {
        let decoded = TextReading.read("Spring fair\n\n\(sentence)")
        #expect(decoded.update?.occurrences.first?.when.start?.date.year == year)
        #expect(decoded.codes == ["uid-derived", code].sorted())
    }

    @Test(arguments: [
        ("on Sunday, 8 May 2027 in Aarhus", "weekday-date-mismatch"), ("on 30 February 2027 in Aarhus", "invalid-date"),
        ("soon in Aarhus", "missing-start"), ("on 12/03/2027 in Aarhus", "missing-start"),
        ("in Cambridge on 8 May 2027", "place-ambiguous"),
    ])
    func faultsAreReportedWithAPlace(words: String, code: String) throws {
        let decoded = TextReading.read("Street fair\n\nThe street fair will be held \(words).")
        let diagnostic = try #require(decoded.diagnostics.first { $0.code.rawValue == code })
        #expect(diagnostic.severity == (code == "place-ambiguous" ? .warning : .error))
        if code != "missing-start" { #expect(diagnostic.position?.line == 3) }
        #expect(diagnostic.message.count > 40)
    }
}
