import EventModel

/// Texts: names and descriptions.
enum TextRules {
    static let all: [Rule] = [name, markup]

    private static let name: Rule = { subject, findings in
        guard !subject.isCancellation, subject.update.name.text.allSatisfy(\.isWhitespace) else { return }
        findings.add(.missingName, .name, "the event has no name; add the headline that people know it by")
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
}
