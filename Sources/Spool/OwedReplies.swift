import CPosix
public import EventModel
import Glibc
import Primitives

/// A reply, as it is to be written.
public struct OwedReply: Sendable {
    /// Who gets it, a numeric user id.
    public let user: UInt32
    /// The name of the file that is answered, as it was dropped or asked with.
    public let name: FileName
    /// What the file became; no other file has it.
    public let delivery: DeliveryID
    /// The report for programs.
    public let json: [UInt8]
    /// The same for people.
    public let text: [UInt8]

    /// Makes a reply.
    public init(user: UInt32, name: FileName, delivery: DeliveryID, json: [UInt8], text: [UInt8]) {
        self.user = user
        self.name = name
        self.delivery = delivery
        self.json = json
        self.text = text
    }
}

/// Replies that could not be written when they were due, kept in `active/.ID.owed` until they are. Like the replies they
/// are not flushed: they outlive a kill, and a power cut perhaps not.
extension SpoolDirectory {
    private static let owedSuffix = ".owed"

    private static func owedName(_ id: DeliveryID) -> FileName {
        FileName(trusted: Array(".\(id)\(owedSuffix)".utf8))
    }

    /// Notes a reply as owed, in the place of an earlier one about the same delivery.
    public func owe(_ reply: OwedReply) throws(SpoolError) {
        let name = SpoolDirectory.owedName(reply.delivery)
        let place = place(.active, name)
        let temporary = StoredFile.temporaryName(reply.delivery, SpoolDirectory.owedSuffix)
        let head = Array("\(reply.user) \(reply.name.count) \(reply.json.count)\n".utf8)
        _ = try DurableFile.write(
            head + reply.name.bytes + reply.json + reply.text, to: self[.active], temporary, mode: 0o600, place: place)
        try SystemCall.run(.rename, place) {
            renameat(self[.active], temporary.cString, self[.active], name.cString)
        }
    }

    /// What is owed, with the bytes that each takes.
    public func owed() throws(SpoolError) -> [DeliveryID: Int] {
        var owed: [DeliveryID: Int] = [:]
        let stream = try DirectoryStream(self[.active], path: "\(path)/active")
        while let name = try stream.next() {
            guard let id = StoredFile.hiddenID(name, SpoolDirectory.owedSuffix) else { continue }
            owed[id] = Int(clamping: try statusIfAny(.active, name)?.size ?? 0)
        }
        return owed
    }

    /// A reply that is owed; nil if there is none that can be read.
    public func owed(_ id: DeliveryID) throws(SpoolError) -> OwedReply? {
        let name = SpoolDirectory.owedName(id)
        do throws(Errno) {
            let file = Descriptor(try SystemCall.run { tidings_open_dropped(self[.active], name.cString) })
            return OwedReply(try file.readAll(expecting: 4096, limit: 2 * SpoolDirectory.largestReport), of: id)
        } catch {
            if error == .notFound { return nil }
            throw SpoolError(.read, place(.active, name), error)
        }
    }

    /// A reply is not owed any more.
    public func settle(_ id: DeliveryID) throws(SpoolError) {
        try remove(SpoolDirectory.owedName(id), in: .active)
    }
}

extension OwedReply {
    fileprivate init?(_ bytes: [UInt8], of id: DeliveryID) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let head = bytes[..<end].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        let rest = bytes[(end + 1)...]
        guard head.count == 3, let user = UInt32(head[0]), let nameLength = Int(head[1]), let jsonLength = Int(head[2]),
            (1...FileName.longest).contains(nameLength), (0...rest.count).contains(jsonLength),
            nameLength <= rest.count - jsonLength, let name = FileName(rest.prefix(nameLength))
        else { return nil }
        let documents = rest.dropFirst(nameLength)
        self.init(
            user: user, name: name, delivery: id, json: Array(documents.prefix(jsonLength)),
            text: Array(documents.dropFirst(jsonLength)))
    }
}
