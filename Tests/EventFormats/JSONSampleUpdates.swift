import EventModel

/// Arbitrary updates, the same for the same seed.
struct JSONSampleUpdates {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next(_ count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 1) % count
    }

    mutating func chance(_ percent: Int) -> Bool { next(100) < percent }

    mutating func maybe<T>(_ make: (inout Self) -> T) -> T? { chance(50) ? make(&self) : nil }

    mutating func some<T>(_ most: Int, _ make: (inout Self) -> T) -> [T] {
        (0..<next(most + 1)).map { _ in make(&self) }
    }

    mutating func pick<T: CaseIterable>(_ type: T.Type) -> T {
        let all = Array(T.allCases)
        return all[next(all.count)]
    }

    mutating func text() -> String {
        let parts = [
            "Gala", " ", "über", "音楽", "🎻", "\"", "\\", "\n", "\t", "\u{0}", "\u{7F}", "/", "<b>", "\u{2028}", "é",
            "e\u{301}",
            "\u{1F}", "7 bytes", "eight by", "a longer run of plain letters", ",", "'", "&amp;",
        ]
        return (0...next(6)).map { _ in parts[next(parts.count)] }.joined()
    }

    mutating func instant() -> Instant {
        let fraction = [0, 0, 500_000, 123_456, 1000, 1][next(6)]
        return Instant(microseconds: Int64(next(4_000_000_000)) * 1_000_000 - 1_000_000_000_000_000 + Int64(fraction))
    }

    mutating func date() -> LocalDate { LocalDate(daysSinceEpoch: next(40_000) - 10_000) ?? date() }

    mutating func offset() -> UTCOffset {
        UTCOffset(seconds: [0, 3600, -18_000, 20_700, 4764, -1][next(6)]) ?? offset()
    }

    mutating func moment() -> Moment {
        if chance(30) { return .date(date()) }
        guard let time = LocalDateTime(date: date(), hour: next(24), minute: next(60), second: next(60)) else {
            return moment()
        }
        return .time(time, offset: maybe { $0.offset() })
    }

    mutating func when() -> When {
        var when = When(
            start: maybe { $0.moment() }, end: maybe { $0.moment() },
            timeZone: maybe { ["Europe/Paris", "Etc/UTC", "America/New_York"][$0.next(3)] },
            precision: chance(80) ? nil : pick(Precision.self))
        when.recurrenceRule = maybe { ["FREQ=WEEKLY;BYDAY=MO,TU", "FREQ=YEARLY;COUNT=3"][$0.next(2)] }
        when.recurrenceDates = some(2) { $0.moment() }
        when.exceptionDates = some(2) { $0.moment() }
        return when
    }

    mutating func place() -> Place {
        var place = Place(name: text(), kind: pick(PlaceKind.self))
        place.streetAddress = maybe { $0.text() }
        place.locality = maybe { $0.text() }
        place.region = maybe { $0.text() }
        place.postalCode = maybe { $0.text() }
        place.country = maybe { ["CH", "DE", "US"][$0.next(3)] }
        place.latitude = maybe { Double($0.next(180_000_000)) / 1_000_000 - 90 }
        place.longitude = maybe { Double($0.next(360_000_000)) / 1_000_000 - 180 }
        place.geonameID = maybe { $0.next(10_000_000) }
        place.timeZone = maybe { _ in "Europe/Zurich" }
        return place
    }

    mutating func occurrence(_ id: String) -> Occurrence {
        var occurrence = Occurrence(id: id, when: when(), place: maybe { $0.place() })
        occurrence.status = maybe { $0.pick(EventStatus.self) }
        occurrence.previousStarts = some(3) { $0.moment() }
        occurrence.onlineURL = maybe { "https://example.org/\($0.text())" }
        occurrence.dayAssignment = pick(DayAssignment.self)
        return occurrence
    }

    mutating func party() -> Party {
        var party = Party(name: text(), kind: pick(PartyKind.self), role: pick(PartyRole.self))
        party.acronyms = some(2) { $0.text() }
        party.alternateNames = some(2) { $0.text() }
        party.url = maybe { _ in "https://example.org/" }
        party.email = maybe { _ in "desk@example.org" }
        return party
    }

    mutating func update() -> EventUpdate {
        var update = EventUpdate(
            uid: text(), name: LanguageText(text(), language: chance(50) ? "de-CH" : ""),
            receipt: Receipt(
                receivedAt: instant(),
                source: Source(
                    mediaType: "text/plain", sha256: String(repeating: "a", count: 64), byteCount: next(5000))))
        update.extent = pick(Extent.self)
        update.kind = pick(UpdateKind.self)
        update.uidOrigin = pick(UIDOrigin.self)
        update.sequence = maybe { $0.next(100_000) - 5 }
        update.issuedAt = maybe { $0.instant() }
        update.references = some(2) { g in
            Reference(uid: g.text(), sequence: g.maybe { $0.next(9) }, issuedAt: g.maybe { $0.instant() })
        }
        update.status = pick(EventStatus.self)
        update.description = maybe { LanguageText($0.text(), language: $0.chance(50) ? "fr" : "") }
        update.language = chance(50) ? "de" : ""
        update.type = chance(50) ? "Event" : "MusicEvent"
        for index in 0..<next(4) { update.occurrences.append(occurrence(index == 0 ? "main" : "place-\(index)")) }
        update.parties = some(4) { $0.party() }
        update.attendanceMode = pick(AttendanceMode.self)
        update.embargoUntil = maybe { $0.instant() }
        update.visibility = pick(Visibility.self)
        update.links = some(3) { "https://example.org/\($0.next(9))" }
        update.categories = some(3) { $0.text() }
        for vocabulary in ["icalendar", "schema.org"] {
            update.extensions += some(3) { g in
                Extension(
                    vocabulary: vocabulary, scope: g.chance(50) ? "main" : "", name: g.text(), content: g.text())
            }
        }
        update.evidence = some(3) { g in
            Evidence(
                fieldPath: "occurrences[0].place", basis: g.pick(Basis.self), rule: "rule",
                byteRanges: g.some(2) { 10..<10 + $0.next(50) },
                confidence: Double(g.next(101)) / 100)
        }
        return update
    }
}
