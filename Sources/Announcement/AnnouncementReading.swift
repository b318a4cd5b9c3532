import EventModel
import Reading

/// One pass over an announcement: each stage hands what it found to the next.
struct AnnouncementReading {
    private let announcement: AnnouncementText
    private var findings = AnnouncementFindings()

    init(_ announcement: AnnouncementText) { self.announcement = announcement }

    mutating func read(languageConfidence: Double) -> Decoded {
        guard let headline = AnnouncementHeadlineFinder(announcement).find() else {
            findings.report(
                .missingName, field: "name.text", "the text has no headline; put the event's name on its first line")
            return finish(nil)
        }
        let organisations = AnnouncementOrganisationFinder(announcement).find()
        var partyFinder = AnnouncementPartyFinder(announcement, organisations: organisations, headline: headline.tokens)
        var partyFindings = AnnouncementFindings()
        var parties = partyFinder.find(&partyFindings)

        let dates = AnnouncementDateFinder(announcement, headline: headline.tokens).find()
        let status = AnnouncementStatusFinder(announcement, headline: headline.tokens).find()
        var schedule = AnnouncementSchedule(announcement, dates: dates, headline: headline.tokens, status: status)
        schedule.read()
        let places = schedule.places(closed: partyFinder.closed)

        let isEvent =
            schedule.days != nil || !places.isEmpty
            || announcement.segments.contains { $0.label == .date || $0.label == .dateAndTime || $0.label == .place }
            || headline.tokens.contains { announcement.tokens[$0].has([.eventNoun, .cancelled, .postponed]) }
        guard isEvent else {
            findings.report(
                .noEvent,
                "the text names neither a date nor a place of an event; write when and where it takes place, for example \"When: 5 March 2027\""
            )
            return finish(nil)
        }

        findings.note("name.text", .stated, headline.rule, at: headline.bytes, confidence: headline.confidence)
        var update = makeUpdate(headline, year: schedule.firstYear)
        language(&update, languageConfidence)
        apply(status, &update)
        schedule.report(into: &findings)
        schedule.occurrences(places, &update, &findings)
        attendance(places, &update)
        for speaker in AnnouncementSpeakerFinder(announcement).find()
        where !parties.contains(where: { $0.name == speaker.party.name }) {
            partyFindings.note(
                "parties[\(parties.count)].name", .stated, speaker.rule, at: [speaker.bytes], confidence: 0.9)
            parties.append(speaker.party)
        }
        update.parties = parties
        findings.evidence += partyFindings.evidence
        eventType(headline, &update)
        links(&update)
        embargo(&update)
        return finish(update)
    }

    // MARK: Identity

    private mutating func makeUpdate(_ headline: AnnouncementHeadline, year: Int?) -> EventUpdate {
        let headers = announcement.headers
        let derived = deriveUID(name: headline.text, year: year)
        let stated = headers.uid ?? headers.updateOf
        var update = EventUpdate(
            uid: stated?.text ?? derived, name: LanguageText(headline.text),
            receipt: Receipt(
                receivedAt: announcement.context.receivedAt,
                source: Source(
                    mediaType: Format.text.mediaType, sha256: announcement.context.sha256,
                    byteCount: announcement.source.bytes.count)))
        update.extent = .partial
        if let stated, !stated.text.isEmpty {
            findings.note("uid", .stated, "uid.header", at: [stated.bytes])
            if stated.text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
                findings.report(
                    .invalidIdentifier, field: "uid", at: announcement.position(stated.bytes),
                    "the uid holds white space; write the event's uid alone after \"UID:\" or \"Update-Of:\"")
            }
        } else {
            update.uid = derived
            update.uidOrigin = .derived
            findings.note("uid", .inferred, "uid.derived", at: headline.bytes, confidence: 0.8)
            findings.report(
                .uidDerived, field: "uid",
                "the text states no uid; \(derived) was made from its headline and year; a line \"UID: …\" at its top states one"
            )
        }
        if let other = headers.updateOf, !other.text.isEmpty {
            update.kind = .update
            update.references = [Reference(uid: other.text)]
            findings.note("references", .stated, "update-of.header", at: [other.bytes])
            findings.note("kind", .stated, "update-of.header", at: [other.bytes])
        }
        return update
    }

    private mutating func language(_ update: inout EventUpdate, _ confidence: Double) {
        if let stated = announcement.context.statedLanguage {
            update.language = stated
            findings.note("language", .stated, Correction.rule)
        } else if let header = announcement.headers.language {
            update.language = header.text
            findings.note("language", .stated, "language.header", at: [header.bytes])
        } else {
            update.language = announcement.language.code
            findings.note("language", .inferred, "language.small-words", confidence: confidence)
        }
        update.name.language = update.language
    }

    private mutating func apply(_ status: AnnouncementStatus, _ update: inout EventUpdate) {
        if status.isAmbiguous {
            findings.report(
                .ambiguousIntent, field: "status", at: status.bytes.first.map(announcement.position),
                "the text leaves open whether the event takes place as announced; say that it \"is cancelled\", \"has been postponed\", or leave the words out"
            )
        }
        guard status.status != .scheduled else {
            findings.note("status", .defaulted, "status.default")
            if update.kind == .announce { findings.note("kind", .defaulted, "kind.default") }
            return
        }
        update.status = status.status
        update.kind = status.kind
        findings.note("status", .stated, "status.words", at: status.bytes, confidence: status.isAmbiguous ? 0.3 : 0.9)
        findings.note("kind", .stated, "status.words", at: status.bytes, confidence: status.isAmbiguous ? 0.3 : 0.9)
    }

    // MARK: What kind of event

    private mutating func attendance(_ places: [AnnouncementPlace], _ update: inout EventUpdate) {
        let online = AnnouncementOnline(announcement).find(places)
        let hasPlace = update.occurrences.contains { $0.place != nil }
        if update.status == .movedOnline || online != nil && !hasPlace {
            update.attendanceMode = .online
        } else if online != nil {
            update.attendanceMode = .mixed
        }
        findings.note(
            "attendanceMode", .inferred, online == nil ? "attendance.place" : "attendance.words",
            at: online.map { [$0.bytes] } ?? [],
            confidence: online == nil ? 0.8 : 0.85)
        guard let online else { return }
        for index in update.occurrences.indices {
            update.occurrences[index].onlineURL = online.url
            if update.occurrences[index].place == nil {
                update.occurrences[index].place = Place(name: announcement.source.text(online.bytes), kind: .virtual)
            }
        }
    }

    private mutating func eventType(_ headline: AnnouncementHeadline, _ update: inout EventUpdate) {
        for index in headline.tokens where announcement.tokens[index].kind == .word {
            let word = announcement.tokens[index].fold
            for (words, type) in announcement.language.types
            where words.split(separator: " ").contains(where: { $0 == word }) {
                update.type = type
                return findings.note(
                    "type", .inferred, "type.headline", at: [announcement.tokens[index].bytes], confidence: 0.7)
            }
        }
        findings.note("type", .defaulted, "type.default")
    }

    private func links(_ update: inout EventUpdate) {
        let online = update.occurrences.compactMap(\.onlineURL)
        for token in announcement.tokens where token.kind == .link && update.links.count < 16 {
            var link = announcement.source.text(token.bytes)
            if link.utf8.first == 0x77 || link.utf8.first == 0x57 { link = "https://\(link)" }
            if !update.links.contains(link), !online.contains(link) { update.links.append(link) }
        }
    }

    // MARK: Embargo

    private mutating func embargo(_ update: inout EventUpdate) {
        switch AnnouncementEmbargo.find(announcement) {
        case nil: break
        case .until(let instant, let bytes, let rule)?:
            update.embargoUntil = instant
            findings.note("embargoUntil", .stated, rule, at: [bytes])
        case .unreadable(let bytes, true)?:
            findings.report(
                .invalidTime, field: "embargoUntil", at: announcement.position(bytes),
                "\"Embargo-Until:\" needs a time with its distance from UTC, for example 2027-03-05T10:00:00+01:00")
        case .unreadable(let bytes, false)?:
            findings.report(
                .ambiguousIntent, field: "embargoUntil", at: announcement.position(bytes),
                "the text speaks of an embargo and not clearly until when; add a first line such as \"Embargo-Until: 2027-03-05T10:00:00+01:00\""
            )
        }
    }

    private func finish(_ update: EventUpdate?) -> Decoded {
        guard var update else {
            let diagnostics = findings.diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                diagnostic.update = nil
                return diagnostic
            }
            return Decoded(format: .text, diagnostics: diagnostics)
        }
        update.evidence = findings.evidence
        return Decoded(
            format: .text, updates: [DecodedUpdate(update, positions: positions(of: update))],
            diagnostics: findings.diagnostics)
    }

    /// Where the fields stand, for diagnostics of others: the first bytes of their evidence.
    private func positions(of update: EventUpdate) -> FieldPositions {
        var positions = FieldPositions()
        positions.note(FieldPath(.document), at: 0..<update.receipt.source.byteCount)
        let fields = Dictionary(FieldPath.Field.allCases.map { ($0.rawValue, $0) }) { first, _ in first }
        for item in update.evidence {
            guard let bytes = item.byteRanges.first else { continue }
            if let field = fields[item.fieldPath] {
                positions.note(FieldPath(field), at: bytes)
            } else if item.fieldPath.hasPrefix("occurrences["), let close = item.fieldPath.firstIndex(of: "]"),
                let number = Int(
                    written: item.fieldPath[item.fieldPath.index(item.fieldPath.startIndex, offsetBy: 12)..<close],
                    in: 0...Int(Int32.max)),
                let field = fields[String(item.fieldPath[item.fieldPath.index(close, offsetBy: 2)...])]
            {
                positions.note(FieldPath(field, occurrence: number), at: bytes)
            }
        }
        return positions
    }
}
