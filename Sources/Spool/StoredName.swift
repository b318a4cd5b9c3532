public import EventModel

/// A file that carries a delivery's id in its name, `ID-NAME`, in a folder of the spool.
public struct StoredFile: Hashable, Sendable {
    /// The delivery.
    public let id: DeliveryID
    /// The whole name, `ID-NAME`.
    public let storedName: FileName

    /// The bytes of NAME that an id leaves room for.
    public static let longestName = FileName.longest - DeliveryID.length - 1

    /// The stored form of a dropped file's name; NAME is cut where the limit asks for it.
    init(id: DeliveryID, name: FileName) {
        self.id = id
        var bytes = Array(id.description.utf8)
        bytes.append(UInt8(ascii: "-"))
        bytes += name.prefix(StoredFile.longestName)
        storedName = FileName(trusted: bytes)
    }

    init(id: DeliveryID, storedName: FileName) {
        self.id = id
        self.storedName = storedName
    }

    /// Reads the stored form; nil for any other name.
    init?(storedName: FileName) {
        let cString = storedName.cString
        guard storedName.count > DeliveryID.length + 1, cString[DeliveryID.length] == CChar(UInt8(ascii: "-")),
            let id = StoredFile.id(at: cString)
        else { return nil }
        self.id = id
        self.storedName = storedName
    }

    /// NAME: as dropped, or the beginning of it.
    public var name: FileName { FileName(trusted: Array(storedName.bytes.dropFirst(DeliveryID.length + 1))) }

    private static func id(at cString: [CChar]) -> DeliveryID? {
        DeliveryID(String(decoding: cString.prefix(DeliveryID.length).map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// The delivery of a report's name (`ID.report.json`); nil for any other name.
    static func reportedID(_ name: FileName) -> DeliveryID? {
        guard name.count == DeliveryID.length + reportSuffix.utf8.count, let id = id(at: name.cString),
            name == reportName(id)
        else { return nil }
        return id
    }

    /// `ID.report.json`
    static func reportName(_ id: DeliveryID) -> FileName {
        FileName(trusted: Array((id.description + reportSuffix).utf8))
    }

    /// The delivery of a name `.ID` with that suffix; nil for any other name.
    static func hiddenID(_ name: FileName, _ suffix: String) -> DeliveryID? {
        guard name.count == 1 + DeliveryID.length + suffix.utf8.count, name.cString[0] == CChar(UInt8(ascii: ".")),
            let id = id(at: Array(name.cString.dropFirst())),
            name.bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        else { return nil }
        return id
    }

    /// The name of a file of ours that is not finished: `.ID…tmp`.
    static func temporaryName(_ id: DeliveryID, _ suffix: String) -> FileName {
        FileName(trusted: Array(".\(id)\(suffix)\(temporarySuffix)".utf8))
    }

    /// Whether a name is one that `temporaryName` gives.
    static func isTemporaryName(_ name: FileName) -> Bool {
        guard name.count > DeliveryID.length + 1, name.cString[0] == CChar(UInt8(ascii: ".")) else { return false }
        return name.bytes.suffix(temporarySuffix.utf8.count).elementsEqual(temporarySuffix.utf8)
            && id(at: Array(name.cString.dropFirst())) != nil
    }

    static let reportSuffix = ".report.json"
    static let temporarySuffix = ".tmp"
}
