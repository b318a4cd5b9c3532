import CPosix
public import EventModel
import Glibc
import Primitives

/// What an administrator asks of the daemon, as it lies in requests/.
public struct Request: Sendable {
    /// The file's name.
    public let name: FileName
    /// The bytes, as written by `tidings`; nil if there are more than `SpoolDirectory.largestRequest`.
    public let bytes: [UInt8]?
    /// The file's owner: the one who decided.
    public let user: UInt32
    /// When it was put there.
    public let receivedAt: Instant
    let status: FileStatus

    /// What the name of its answer ends in: the same whenever it is answered, and another one for every request.
    public var mark: DeliveryID { DeliveryID(at: receivedAt, random: (0, status.identity.inode)) }
}

extension SpoolDirectory {
    /// The largest request, in bytes.
    public static let largestRequest = 64 * 1024

    /// Reads requests that wait, oldest first. Each is complete: they are written aside and renamed in.
    ///
    /// - Parameter limit: At most that many; ask again when they are done.
    /// - Returns: The requests, and what lies there and is none, at each call anew.
    public func requests(limit: Int) throws(SpoolError) -> (requests: [Request], notices: [Notice]) {
        var requests: [Request] = []
        var notices: [Notice] = []
        let stream = try DirectoryStream(self[.requests], path: "\(path)/requests")
        while requests.count < limit, let name = try stream.next() {
            switch try readRequest(name) {
            case .request(let request): requests.append(request)
            case .stays(let notice): if notices.count < limit { notices.append(notice) }
            case .none: continue
            }
        }
        requests.sort {
            let (first, second) = ($0.status.changedAt, $1.status.changedAt)
            return first == second ? $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) : first < second
        }
        return (requests, notices)
    }

    /// Hands over every request that waits, however many there are, in no order.
    public func forEachRequest(_ body: (Request) throws(SpoolError) -> Void) throws(SpoolError) {
        let stream = try DirectoryStream(self[.requests], path: "\(path)/requests")
        while let name = try stream.next() {
            if case .request(let request) = try readRequest(name) { try body(request) }
        }
    }

    private enum Found {
        case request(Request)
        case stays(Notice)
        case none
    }

    private func readRequest(_ name: FileName) throws(SpoolError) -> Found {
        if name.isTemporary { return .none }
        switch try openChecked(.requests, name, .renamed, isStill: { _ in true }) {
        case .notReady: return .none
        case .gone: return .none
        case .stays(let reason, let status):
            return .stays(Notice(folder: .requests, name: name, owner: status.owner, reason: reason))
        case .open(let file, let status):
            do throws(Errno) {
                let limit = SpoolDirectory.largestRequest
                let bytes = try file.readAll(expecting: Int(clamping: status.size), limit: limit)
                return .request(
                    Request(
                        name: name, bytes: bytes.count > limit ? nil : bytes, user: status.owner,
                        receivedAt: Instant(microseconds: status.changedAt / 1000), status: status))
            } catch {
                throw SpoolError(.read, place(.requests, name), error)
            }
        }
    }

    /// Removes a request that was carried out or refused; another one that has taken its name meanwhile stays.
    public func remove(_ request: Request) throws(SpoolError) {
        guard let now = try statusIfAny(.requests, request.name), now.identity == request.status.identity else {
            return
        }
        try remove(request.name, in: .requests)
    }
}
