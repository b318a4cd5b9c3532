package import EventModel
package import Reading

/// Reads an announcement written for people: a pipeline of small stages over the words of the text. It takes time in
/// proportion to the text's length, and says of every field on what it rests.
package enum TextReader {
    package static func read(_ bytes: [UInt8], context: ReadingContext) -> Decoded {
        let headers = AnnouncementHeaders(bytes: bytes)
        var language = TextLanguage.english
        let source: TextSource
        do {
            source = try TextSource(bytes, words: language.words, limit: context.limits.words)
        } catch {
            switch error {
            case .notUTF8(let offset):
                return failure(
                    .invalidUTF8, bytes, at: offset..<min(offset + 1, bytes.count),
                    "byte \(offset) is not UTF-8; save the text as UTF-8")
            case .tooLong(let offset):
                return failure(
                    .tooLarge, bytes, at: offset..<min(offset + 1, bytes.count),
                    "the text has more than \(context.limits.words) words and marks, which is the limit; shorten it, or raise the setting"
                )
            }
        }
        guard source.tokens.contains(where: { $0.kind == .word }) else {
            return failure(.noEvent, bytes, at: nil, "the text holds no words; write what takes place, when and where")
        }
        var confidence = 1.0
        if let stated = context.statedLanguage ?? headers.language?.text {
            let primary = TextFolding.fold(stated.prefix { $0 != "-" && $0 != "_" })
            guard let known = TextLanguage.all.first(where: { $0.code == primary }) else {
                return notRead(stated, bytes, at: headers.language?.bytes)
            }
            language = known
        } else {
            switch TextLanguageGuess.guess(source, languages: TextLanguage.all) {
            case .read(let guessed, let sure): (language, confidence) = (guessed, sure)
            case .notRead(let code): return notRead(code, bytes, at: nil)
            }
        }
        let announcement = AnnouncementText(
            source: source, language: language,
            segments: TextLayout.segments(of: source, language: language), context: context,
            headers: headers)
        var reading = AnnouncementReading(announcement)
        var decoded = reading.read(languageConfidence: confidence)
        if let control = source.controlCharacter { decoded.report(control, in: bytes) }
        return decoded
    }

    private static func notRead(_ code: String, _ bytes: [UInt8], at range: Range<Int>?) -> Decoded {
        let known = TextLanguage.all.map(\.code).joined(separator: ", ")
        return failure(
            .languageNotRead, bytes, at: range,
            """
            \(code.isEmpty ? "the language of the text was not recognised" : "the text seems to be in \"\(code)\""); \
            languages that are read: \(known); if it is one of them, add a first line "Language: \(TextLanguage.english.code)", \
            else drop the event as iCalendar or JSON-LD
            """)
    }

    private static func failure(
        _ code: DiagnosticCode, _ bytes: [UInt8], at range: Range<Int>?, _ message: String
    ) -> Decoded {
        Decoded(
            format: .text,
            diagnostics: [
                Diagnostic(
                    code, severity: code.defaultSeverity(in: .text),
                    position: range.map { SourcePosition(of: $0, in: bytes) }, message: message)
            ])
    }
}

extension Decoded {
    /// Says that a control character was taken as a space.
    fileprivate mutating func report(_ control: Range<Int>, in bytes: [UInt8]) {
        guard let scalar = String(decoding: bytes[control], as: UTF8.self).unicodeScalars.first else { return }
        diagnostics.append(
            Diagnostic(
                .controlCharacter, severity: DiagnosticCode.controlCharacter.defaultSeverity(in: .text),
                position: SourcePosition(of: control, in: bytes), update: updates.isEmpty ? nil : 0,
                message: ControlCharacter.message(scalar)))
    }
}
