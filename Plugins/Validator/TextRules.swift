import EventModel

/// Texts: names, descriptions, languages and links.
enum TextRules {
    static let all: [Rule] = [name, controls, markup, languages, links]

    private static let name: Rule = { subject, findings in
        guard !subject.isCancellation, subject.update.name.text.allSatisfy(\.isWhitespace) else { return }
        findings.add(.missingName, .name, "the event has no name; add the headline that people know it by")
    }

    /// Control characters but tab and line ends. Joiners and direction marks are text.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85: false
        case 0...0x1F, 0x7F...0x9F: true
        default: false
        }
    }

    /// `U+0007`.
    static func name(of scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }

    private static let controls: Rule = { subject, findings in
        func check(_ text: String?, _ field: FieldPath.Field, _ occurrence: Int? = nil) {
            guard let text, hasControlByte(text), let bad = text.unicodeScalars.first(where: isControl) else { return }
            findings.add(
                .controlCharacter, field, occurrence: occurrence,
                "the text holds the control character \(name(of: bad)), which no reader can show; remove it")
        }
        let update = subject.update
        check(update.name.text, .name)
        check(update.description?.text, .description)
        for party in update.parties { check(party.name, .parties) }
        for category in update.categories { check(category, .categories) }
        for (index, occurrence) in update.occurrences.enumerated() {
            check(occurrence.place?.name, .placeName, index)
            check(occurrence.place?.streetAddress, .streetAddress, index)
            check(occurrence.place?.locality, .locality, index)
        }
    }

    /// Whether a byte may belong to a control character; a quick look before the exact one.
    private static func hasControlByte(_ text: String) -> Bool {
        text.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }
    }

    private static let markup: Rule = { subject, findings in
        func check(_ text: LanguageText?, _ field: FieldPath.Field) {
            guard let text, let markup = Markup.first(in: text.text) else { return }
            findings.add(
                .markupInText, field,
                "the text holds \(markup.inMessage), which is shown as it stands and not as markup; write plain text")
        }
        check(subject.update.name, .name)
        check(subject.update.description, .description)
    }

    private static let languages: Rule = { subject, findings in
        func check(_ tag: String?, _ field: FieldPath.Field) {
            guard let tag, !tag.isEmpty, !LanguageTag.isWellFormed(tag) else { return }
            findings.add(
                .invalidLanguage, field,
                "'\(tag.inMessage)' is no language tag (BCP 47); write one such as \"en\", \"de-CH\" or \"pt-BR\"")
        }
        check(subject.update.language, .language)
        check(subject.update.name.language, .name)
        check(subject.update.description?.language, .description)
    }

    private static let links: Rule = { subject, findings in
        func check(_ link: String?, _ field: FieldPath.Field, _ occurrence: Int? = nil) {
            guard let link, let fault = WebAddress.fault(in: link) else { return }
            findings.add(.invalidURI, field, occurrence: occurrence, "'\(link.inMessage)' \(fault)")
        }
        for link in subject.update.links { check(link, .links) }
        for party in subject.update.parties { check(party.url, .parties) }
        for (index, occurrence) in subject.update.occurrences.enumerated() {
            check(occurrence.onlineURL, .onlineURL, index)
        }
    }
}
