import EventModel
import Testing

/// An archive that remembers in memory, so that the rules can be read as a conversation.
struct Desk {
    private(set) var events: [String: KnownEvent] = [:]
    private var hashes: [String: [[UInt8]]] = [:]
    private var sequences: [String: [UpdateSource: Int]] = [:]
    private var bases: [String: [UpdateSource: (base: SourceBase, issuedAt: Instant?)]] = [:]
    private(set) var last: Decision?

    /// Hears an update and checks what it answers: an intent, `unchanged`, `stale`, or `held CODE`.
    mutating func hears(
        _ said: Said, _ expected: String, ruling: Ruling? = nil, isOvertaken: Bool = false,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let answer = hear(said.update, from: said.source, ruling: ruling, isOvertaken)
        #expect(answer == expected, "\(said.update.uid)", sourceLocation: location)
    }

    private mutating func hear(_ update: EventUpdate, from source: UpdateSource, ruling: Ruling?, _ isOvertaken: Bool)
        -> String
    {
        let uid = update.targets.first { events[$0] != nil } ?? update.uid
        let known = events[uid]
        let hash = Array("\(update.content)".utf8)
        let statement = Statement(
            update, from: source, contentHash: hash, wasSeenBefore: hashes[uid, default: []].contains(hash),
            isOvertaken: isOvertaken, ownSequence: sequences[uid, default: [:]][source],
            base: bases[uid, default: [:]][source]?.base, ruling: ruling)
        let decision = Resolver.resolve(statement, known: known)
        last = decision
        switch decision {
        case .accepted(let acceptance):
            let stamp = RevisionStamp(sequence: update.sequence, issuedAt: update.provenIssue, source: source)
            events[uid] = KnownEvent(
                state: acceptance.after, revision: (known?.revision ?? 0) + 1,
                owner: known?.owner ?? source.publisher, announcer: known?.announcer ?? source.submitter,
                isTombstone: acceptance.isTombstone, stamp: stamp,
                contentHash: hash)
            hashes[uid, default: []].append(hash)
            note(update, uid, source)
            remember(statement, known, uid)
            return acceptance.intent.rawValue
        case .unchanged(let stamp):
            events[uid]?.stamp = stamp
            note(update, uid, source)
            remember(statement, known, uid)
            return "unchanged"
        case .stale: return "stale"
        case .held(let diagnostic): return "held \(diagnostic.code.rawValue)"
        }
    }

    private mutating func remember(_ statement: Statement, _ known: KnownEvent?, _ uid: String) {
        let last = bases[uid, default: [:]][statement.source]
        let isRepeated = last?.base.contentHash == statement.contentHash && last?.issuedAt != statement.update.issuedAt
        bases[uid, default: [:]][statement.source] = (
            SourceBase(
                content: statement.said(of: known), contentHash: statement.contentHash,
                issuedAt: statement.update.provenIssue,
                isRestamped: isRepeated || last?.base.isRestamped ?? false), statement.update.issuedAt
        )
    }

    private mutating func note(_ update: EventUpdate, _ uid: String, _ source: UpdateSource) {
        guard let sequence = update.sequence else { return }
        sequences[uid, default: [:]][source] = max(sequence, sequences[uid]?[source] ?? sequence)
    }

    /// The event that most conversations are about.
    var party: Event? { events["party"]?.state }

    /// The codes of the last answer's warnings.
    var warnings: [String] {
        guard case .accepted(let acceptance) = last else { return [] }
        return acceptance.warnings.map(\.code.rawValue)
    }

    /// The paths of the last answer's changes.
    var changed: [String] {
        guard case .accepted(let acceptance) = last else { return [] }
        return acceptance.changes.changes.map(\.path)
    }
}

/// Something that somebody says.
struct Said {
    var update: EventUpdate
    var source: UpdateSource

    /// The same from another publisher.
    func by(_ publisher: String) -> Said {
        var said = self
        said.source.publisher = publisher
        return said
    }
}

/// A party on 1 May at 19:00 in the old hall.
func party(
    _ format: Format, _ sequence: Int? = nil, issued: String? = nil, _ alter: (inout EventUpdate) -> Void = { _ in }
) -> Said {
    var update = EventUpdate(
        uid: "party", name: LanguageText("May party"),
        receipt: Receipt(
            receivedAt: Instant(microseconds: 1_830_000_000_000_000),
            source: Source(mediaType: format.mediaType, sha256: "", byteCount: 1)))
    update.sequence = sequence
    update.issuedAt = issued.flatMap(instant)
    var place = Place(name: "Old hall")
    place.locality = "Bern"
    update.occurrences = [Occurrence(id: "1", when: When(start: moment("2027-05-01 19:00")), place: place)]
    alter(&update)
    return Said(update: update, source: UpdateSource(format: format))
}

/// The cancellation of the party, with nothing but its uid.
func cancellation(
    _ format: Format, _ sequence: Int? = nil, issued: String? = nil, _ alter: (inout EventUpdate) -> Void = { _ in }
) -> Said {
    party(format, sequence, issued: issued) { update in
        update.kind = .cancel
        update.status = .cancelled
        update.name = LanguageText("")
        update.occurrences = []
        alter(&update)
    }
}

/// `2027-05-01` or `2027-05-01 19:00`.
func moment(_ text: String) -> Moment? {
    let numbers = text.split { "- :".contains($0) }.compactMap { Int($0) }
    guard numbers.count >= 3, let date = LocalDate(year: numbers[0], month: numbers[1], day: numbers[2]) else {
        return nil
    }
    guard numbers.count == 5 else { return .date(date) }
    return LocalDateTime(date: date, hour: numbers[3], minute: numbers[4]).map { .time($0, offset: nil) }
}

/// Midnight UTC of a date.
func instant(_ text: String) -> Instant? {
    moment(text).map { Instant(microseconds: Int64($0.date.daysSinceEpoch) * 86_400_000_000) }
}

extension EventContent {
    /// The start of the first occurrence.
    var start: Moment? {
        get { occurrences.first?.when.start }
        set { occurrences[0].when.start = newValue }
    }

    /// The former starts of the first occurrence.
    var former: [Moment?] { occurrences.first?.previousStarts ?? [] }
}
