/// A setting that names a systemd credential. The secret itself never stands in a configuration file: the unit says where
/// it lies (`LoadCredential=NAME:PATH`), the file names it, and the plugin reads it with ``PluginContext/secret(_:)``.
///
///     password = { credential = "smtp-password" }
public struct CredentialName: SettingConvertible, Hashable {
    /// The name; empty where no credential is wanted.
    public let name: String

    /// Names a credential, or none.
    public init(_ name: String = "") { self.name = name }

    /// `credential`.
    public static var settingType: String { "credential" }
    /// What is written for it by mistake may be the secret itself.
    public static var isSecret: Bool { true }

    /// Reads `{ credential = "NAME" }`. A text is refused, and never repeated: it may be the secret.
    public init(setting value: SettingValue) throws(SettingMismatch) {
        let form = "{ credential = \"NAME\" }"
        switch value.content {
        case .table(let entries):
            guard entries.count == 1, entries[0].key == "credential", case .string(let name) = entries[0].value.content
            else { throw SettingMismatch(expected: "one key in it, as in \(form)") }
            guard name.isEmpty || CredentialName.isName(name) else {
                throw SettingMismatch(expected: "a credential's name as in LoadCredential=NAME:PATH, without a folder")
            }
            self.name = name
        default:
            throw SettingMismatch(
                expected:
                    "\(form), for secrets are not kept here: put it into a file of its own, and LoadCredential=NAME:PATH into "
                    + "the unit")
        }
    }

    /// An inline table.
    public var toml: String { "{ credential = \(name.toml) }" }

    private static func isName(_ name: String) -> Bool {
        name != "." && name != ".." && name.utf8.count <= 255
            && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") }
    }
}

/// A secret's bytes. Whatever describes or mirrors it shows none of them.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The bytes as they are in the credential.
    public let bytes: [UInt8]

    /// Takes the bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The text without the line break that editors put at the end; nil where it is not UTF-8.
    public var text: String? {
        var bytes = bytes[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Says that there is one.
    public var description: String { "‹secret›" }
    /// Says that there is one.
    public var debugDescription: String { description }
    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
