import EventModel
import Glibc

/// Why a folder of the spool cannot be looked into.
struct FolderFault: Error {
    let path: String
    let code: CInt

    /// What a person reads beside the unknown number.
    var note: String {
        switch code {
        case EACCES, EPERM: "this user may not list \(path)"
        case ENOENT: "\(path) is missing; systemd-tmpfiles --create makes it"
        default: "\(path): \(String(cString: strerror(code)))"
        }
    }
}

/// The names of a folder, read as they come: a million of them cost no memory.
enum FolderNames {
    /// Lends each name (without `.` and `..`) with the open folder; ends when the body says false.
    static func visit(
        _ path: String, _ body: (_ name: UnsafeBufferPointer<UInt8>, _ folder: CInt) -> Bool
    ) throws(FolderFault) {
        guard let directory = opendir(path) else { throw FolderFault(path: path, code: errno) }
        defer { closedir(directory) }
        let folder = dirfd(directory)
        while true {
            errno = 0
            guard let entry = readdir(directory) else { break }
            let goesOn = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                let name = bytes.bindMemory(to: UInt8.self)
                let length = strnlen(
                    UnsafeRawPointer(name.baseAddress)?.assumingMemoryBound(to: CChar.self), name.count)
                let isDots = length <= 2 && name[..<length].allSatisfy { $0 == UInt8(ascii: ".") }
                return isDots || body(UnsafeBufferPointer(rebasing: name[..<length]), folder)
            }
            if !goesOn { return }
        }
        if errno != 0 { throw FolderFault(path: path, code: errno) }
    }

    /// All names that a test lets through, in the order of their bytes.
    static func list(_ path: String, where isWanted: ([UInt8]) -> Bool) throws(FolderFault) -> [[UInt8]] {
        var names: [[UInt8]] = []
        try visit(path) { name, _ in
            let bytes = Array(name)
            if isWanted(bytes) { names.append(bytes) }
            return true
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

/// The delivery that a name in the spool speaks of.
enum DeliveryName {
    /// `ID-NAME` in any folder but incoming.
    static func ofFile(_ name: UnsafeBufferPointer<UInt8>) -> DeliveryID? {
        guard name.count > DeliveryID.length, name[DeliveryID.length] == UInt8(ascii: "-") else { return nil }
        return DeliveryID(String(decoding: name.prefix(DeliveryID.length), as: UTF8.self))
    }

    /// `ID.report.json` beside it.
    static func ofReport(_ name: some Collection<UInt8>) -> DeliveryID? {
        guard name.count == DeliveryID.length + 12, name.suffix(12).elementsEqual(".report.json".utf8) else {
            return nil
        }
        return DeliveryID(String(decoding: name.prefix(DeliveryID.length), as: UTF8.self))
    }
}
