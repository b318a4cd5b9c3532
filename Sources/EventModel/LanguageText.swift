/// A text and the language it is in.
public struct LanguageText: Record {
    /// The text.
    public var text: String
    /// BCP 47; empty where nobody said.
    public var language: String

    /// Makes a text.
    public init(_ text: String, language: String = "") {
        self.text = text
        self.language = language
    }

    /// No text.
    public static var blank: LanguageText { LanguageText("") }

    /// Its fields.
    public static let fields: [Field<LanguageText>] = [
        Field("text", \.text, .event(.text), shown: .always, corrected: .value),
        Field("language", \.language, .event(.text), shown: .always, corrected: .value),
    ]
}
