import CPosix
public import EventModel
import Glibc
import Primitives

/// What becomes of a file whose delivery has its outcome.
public enum Disposition: Sendable {
    /// It is removed: a stage keeps its bytes.
    case remove
    /// It moves to accepted/: no stage keeps its bytes.
    case accept
    /// It moves to rejected/, with that report.
    case reject(report: [UInt8])
    /// It moves to held/, with that report.
    case hold(report: [UInt8])
    /// It moves to deferred/, with that report, to be tried again at that time.
    case `defer`(report: [UInt8], until: Instant)
    /// It moves back to where it was taken up from, whose report is left as it is.
    case giveBack(to: Folder)

    var folder: Folder? {
        switch self {
        case .remove: nil
        case .accept: .accepted
        case .reject: .rejected
        case .hold: .held
        case .defer: .deferred
        case .giveBack(let folder): folder
        }
    }

    var report: (bytes: [UInt8], until: Instant?)? {
        switch self {
        case .remove, .accept, .giveBack: nil
        case .reject(let bytes), .hold(let bytes): (bytes, nil)
        case .defer(let bytes, let until): (bytes, until)
        }
    }

    /// The folder in which a report stays.
    var reported: Folder? {
        switch self {
        case .remove, .accept: nil
        case .reject, .hold, .defer, .giveBack: folder
        }
    }
}

/// A file and what becomes of it.
public struct Ending: Sendable {
    /// The file.
    public let file: ActiveFile
    /// What becomes of it.
    public let disposition: Disposition

    /// Makes an ending.
    public init(_ file: ActiveFile, _ disposition: Disposition) {
        self.file = file
        self.disposition = disposition
    }
}

/// How the end of one file went.
public enum Finished: Sendable {
    /// As asked, and durably so.
    case done
    /// Its size or ctime moved after it was read, so other bytes may be in it: it is in incoming/ again under this
    /// name, to be read as a new delivery.
    case changedAfterReading(FileName)
    /// Somebody has taken it out of active/.
    case missing
    /// It stays in active/; ask again later, or take it up at the next start.
    case failed(SpoolError)
}

extension SpoolDirectory {
    /// Ends deliveries, many at a time so that they share their flushes.
    ///
    /// The order is proof against a kill or a power cut at any moment: first the report, durable with its name, then the
    /// file, then the folders' flushes. Until the file has left active/ the next start finds it there and offers it again.
    ///
    /// - Returns: One answer an ending, in their order. A flush that failed has made nothing durable: see
    ///   `SpoolError.isDurabilityLost`.
    public func finish(_ endings: [Ending]) -> [Finished] {
        var answers = endings.map { changed($0.file) }
        var touched: Set<Folder> = []
        for start in stride(from: 0, to: endings.count, by: SpoolDirectory.reportsAtOnce) {
            writeReports(of: endings, start..<min(start + SpoolDirectory.reportsAtOnce, endings.count), &answers)
        }
        // A file system may let the name of the file reach the disk before that of its report.
        let reported = endings.indices.filter { answers[$0] == nil && endings[$0].disposition.report != nil }
        if let failure = flush(Set(reported.compactMap { endings[$0].disposition.folder })) {
            for index in reported { answers[index] = .failed(failure) }
        }
        for (index, ending) in endings.enumerated() where answers[index] == nil {
            do throws(SpoolError) {
                answers[index] = try move(ending)
                if let folder = ending.disposition.folder {
                    touched.insert(folder)
                    touched.insert(.active)
                }
            } catch {
                answers[index] = .failed(error)
            }
        }
        let failure = flush(touched)
        return zip(endings, answers).map { ending, answer in
            guard let answer else { return .missing }
            if case .done = answer, ending.disposition.folder != nil, let failure { return .failed(failure) }
            return answer
        }
    }

    /// Reports that are on their way to the disk at once, each with a descriptor.
    static let reportsAtOnce = 64

    private func writeReports(of endings: [Ending], _ range: Range<Int>, _ answers: inout [Finished?]) {
        var reports: [WrittenReport] = []
        for index in range where answers[index] == nil {
            let ending = endings[index]
            guard let folder = ending.disposition.folder, let report = ending.disposition.report else { continue }
            do throws(SpoolError) {
                reports.append(try writeReport(ending.file.id, report.bytes, until: report.until, folder, index))
            } catch {
                answers[index] = .failed(error)
            }
        }
        for report in reports {
            do throws(SpoolError) { try place(report) } catch { answers[report.index] = .failed(error) }
        }
    }

    /// Why a file is not to be ended as asked: it is another one by now. Such a file goes back to incoming/.
    private func changed(_ file: ActiveFile) -> Finished? {
        do throws(SpoolError) {
            guard let now = try statusIfAny(.active, file.storedName) else { return .missing }
            if !file.differs(from: now) { return nil }
            return .changedAfterReading(try putBack(file.storedName, as: file.fileName))
        } catch {
            return .failed(error)
        }
    }

    /// Puts a file that waits in active/ back into incoming/ if it is another one than was read: it is a new delivery then.
    ///
    /// - Returns: Whether it did.
    public func putBack(ifChanged file: ActiveFile) throws(SpoolError) -> Bool {
        switch changed(file) {
        case .changedAfterReading: return true
        case .failed(let error): throw error
        case .done, .missing, nil: return false
        }
    }

    private func move(_ ending: Ending) throws(SpoolError) -> Finished {
        let file = ending.file
        let name = file.storedName
        let folder = ending.disposition.folder
        try removeCopies(file, except: folder)
        if let folder, try copyForReaders(file, to: folder) {
            removeOldReports(file, ending.disposition)
            return .done
        }
        do throws(Errno) {
            if let folder {
                _ = try SystemCall.run {
                    tidings_rename_new(self[.active], name.cString, self[folder], name.cString)
                }
            } else {
                _ = try SystemCall.run { unlinkat(self[.active], name.cString, 0) }
            }
            removeOldReports(file, ending.disposition)
            return .done
        } catch {
            if error == .notFound { return .missing }
            throw SpoolError(folder == nil ? .remove : .rename, place(.active, name), error)
        }
    }

    /// After an unclean end there may be a copy for readers of a delivery that was taken up again, or a mark that it was
    /// about to be thrown away.
    private func removeCopies(_ file: ActiveFile, except kept: Folder?) throws(SpoolError) {
        if file.origin == .dropped { return }
        try forgetDiscarded(file.id)
        guard file.origin == .recovered else { return }
        for folder in [Folder.deferred, .held, .rejected, .accepted] where folder != kept {
            try remove(file.storedName, in: folder)
        }
    }

    /// A delivery that was taken up again has left reports where it was before. They say what was decided about it, so they
    /// go only after the file.
    private func removeOldReports(_ file: ActiveFile, _ disposition: Disposition) {
        if file.origin == .dropped { return }
        // ignoring: a report without a file tells nobody anything, and the next start removes it
        try? removeReports(file.id, except: disposition.reported)
    }

    private func flush(_ folders: Set<Folder>) -> SpoolError? {
        do throws(SpoolError) {
            // What files came into before what they left: no power cut then loses a name in both.
            for folder in Folder.allCases.filter({ folders.contains($0) && $0 != .active }) + [.active]
            where folders.contains(folder) {
                try sync(folder)
            }
            return nil
        } catch {
            return error
        }
    }
}
