import EventModel

private enum UpdateKey: String, CaseIterable, Sendable {
    case schema, kind, uid, uidOrigin, sequence, issuedAt, receivedAt, references, status, name, description, language
    case type, occurrences, parties, attendanceMode, embargoUntil, visibility, links, categories, source, extensions
    case evidence

    static let table = JSONKeys<UpdateKey>()

    var isRequired: Bool {
        switch self {
        case .schema, .uid, .name, .receivedAt, .source: true
        default: false
        }
    }
}

private enum PartKey: String, CaseIterable, Sendable {
    case text, language, uid, sequence, issuedAt, mediaType, sha256, byteCount, scope, name, content, fieldPath, basis
    case rule, byteRanges, confidence, acronyms, alternateNames, kind, role, url, email

    static let table = JSONKeys<PartKey>()
}

extension CanonicalField {
    func update() throws(CanonicalJSONError) -> EventUpdate {
        var result = EventUpdate(
            uid: "", name: LanguageText(""), receivedAt: Instant(microseconds: 0),
            source: Source(mediaType: "", sha256: "", byteCount: 0))
        var missing = 5
        try keyed(by: UpdateKey.table) { (key, field) throws(CanonicalJSONError) in
            try field.assign(key, to: &result)
            if key.isRequired { missing -= 1 }
        }
        guard missing == 0 else {
            throw fault("schema, uid, name, receivedAt and source must each stand here once")
        }
        return result
    }

    private func assign(_ key: UpdateKey, to update: inout EventUpdate) throws(CanonicalJSONError) {
        switch key {
        case .schema:
            guard node.isText("tidings/1") else { throw fault("expected \"tidings/1\"") }
        case .kind: update.kind = try choice(UpdateKind.self)
        case .uid: update.uid = try text()
        case .uidOrigin: update.uidOrigin = try choice(UIDOrigin.self)
        case .sequence: update.sequence = try integer()
        case .issuedAt: update.issuedAt = try instant()
        case .receivedAt: update.receivedAt = try instant()
        case .references: update.references = try list { field throws(CanonicalJSONError) in try field.reference() }
        case .status: update.status = try choice(EventStatus.self)
        case .name: update.name = try languageText()
        case .description: update.description = try languageText()
        case .language: update.language = try text()
        case .type: update.type = try text()
        case .occurrences: update.occurrences = try list { field throws(CanonicalJSONError) in try field.occurrence() }
        case .parties: update.parties = try list { field throws(CanonicalJSONError) in try field.party() }
        case .attendanceMode: update.attendanceMode = try choice(AttendanceMode.self)
        case .embargoUntil: update.embargoUntil = try instant()
        case .visibility: update.visibility = try choice(Visibility.self)
        case .links: update.links = try texts()
        case .categories: update.categories = try texts()
        case .source: update.source = try source()
        case .extensions: update.extensions = try extensions()
        case .evidence: update.evidence = try list { field throws(CanonicalJSONError) in try field.evidence() }
        }
    }

    private func part(
        _ read: (PartKey, CanonicalField) throws(CanonicalJSONError) -> Bool
    ) throws(CanonicalJSONError) {
        try members { (key, field) throws(CanonicalJSONError) in
            guard let word = PartKey.table.word(key) else { return false }
            return try read(word, field)
        }
    }

    private func languageText() throws(CanonicalJSONError) -> LanguageText {
        var result = LanguageText("")
        try part { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .text: result.text = try field.text()
            case .language: result.language = try field.text()
            default: return false
            }
            return true
        }
        return result
    }

    func reference() throws(CanonicalJSONError) -> Reference {
        var result = Reference(uid: "")
        try part { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .uid: result.uid = try field.text()
            case .sequence: result.sequence = try field.integer()
            case .issuedAt: result.issuedAt = try field.instant()
            default: return false
            }
            return true
        }
        return result
    }

    private func source() throws(CanonicalJSONError) -> Source {
        var result = Source(mediaType: "", sha256: "", byteCount: 0)
        try part { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .mediaType: result.mediaType = try field.text()
            case .sha256: result.sha256 = try field.text()
            case .byteCount: result.byteCount = try field.integer()
            default: return false
            }
            return true
        }
        return result
    }

    func extensions() throws(CanonicalJSONError) -> [Extension] {
        var result: [Extension] = []
        try members { (key, field) throws(CanonicalJSONError) in
            let vocabulary = key.text ?? ""
            result += try field.list { item throws(CanonicalJSONError) in try item.item(of: vocabulary) }
            return true
        }
        return result
    }

    private func item(of vocabulary: String) throws(CanonicalJSONError) -> Extension {
        var result = Extension(vocabulary: vocabulary, content: "")
        try part { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .scope: result.scope = try field.text()
            case .name: result.name = try field.text()
            case .content: result.content = try field.text()
            default: return false
            }
            return true
        }
        return result
    }

    private func evidence() throws(CanonicalJSONError) -> Evidence {
        var result = Evidence(fieldPath: "", basis: .stated, rule: "")
        try part { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .fieldPath: result.fieldPath = try field.text()
            case .basis: result.basis = try field.choice(Basis.self)
            case .rule: result.rule = try field.text()
            case .byteRanges:
                result.byteRanges = try field.list { range throws(CanonicalJSONError) in try range.byteRange() }
            case .confidence: result.confidence = try field.number()
            default: return false
            }
            return true
        }
        return result
    }

    private func byteRange() throws(CanonicalJSONError) -> Range<Int> {
        let ends = try list { field throws(CanonicalJSONError) in try field.integer() }
        guard ends.count == 2, ends[0] <= ends[1] else { throw fault("expected [first byte, byte after the last]") }
        return ends[0]..<ends[1]
    }

    private func party() throws(CanonicalJSONError) -> Party {
        var result = Party(name: "", kind: .organization, role: .organizer)
        try part { (key, field) throws(CanonicalJSONError) in
            switch key {
            case .name: result.name = try field.text()
            case .acronyms: result.acronyms = try field.texts()
            case .alternateNames: result.alternateNames = try field.texts()
            case .kind: result.kind = try field.choice(PartyKind.self)
            case .role: result.role = try field.choice(PartyRole.self)
            case .url: result.url = try field.text()
            case .email: result.email = try field.text()
            default: return false
            }
            return true
        }
        return result
    }
}
