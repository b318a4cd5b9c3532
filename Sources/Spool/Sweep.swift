import CPosix
import EventModel
import Glibc
import Primitives

/// What an end of the process had left unfinished, and was removed.
public struct Swept: Hashable, Sendable {
    /// Files of ours that were not finished.
    public internal(set) var unfinished = 0
    /// Reports, and marks of what was thrown away, that belong to no file.
    public internal(set) var orphans = 0

    /// Whether nothing was removed.
    public var isEmpty: Bool { unfinished + orphans == 0 }
}

extension SpoolDirectory {
    /// Removes what an end of the process has left unfinished: temporaries of ours in every folder, and reports whose file
    /// is neither beside them nor in active/, from where it may go there. What has a name of another form stays. Ask it of a
    /// spool in which nothing is in work, after `recallUnanswered`.
    public func sweep() throws(SpoolError) -> Swept {
        var swept = Swept()
        var active: Set<DeliveryID> = []
        let isAsked = try isAnythingAsked()
        for folder in [Folder.active, .rejected, .held, .deferred, .accepted] {
            try sweep(folder, &active, isAsked: isAsked, &swept)
        }
        try sweepRequests(&swept)
        try sweepReplies(&swept)
        return swept
    }

    private func sweep(
        _ folder: Folder, _ active: inout Set<DeliveryID>, isAsked: Bool, _ swept: inout Swept
    ) throws(SpoolError) {
        // Of the two names of a delivery the one that is seen first waits for the other: those that are left are alone.
        var files: Set<DeliveryID> = []
        var reports: Set<DeliveryID> = []
        var marks: [(DeliveryID, FileName)] = []
        let stream = try DirectoryStream(self[folder], path: "\(path)/\(folder.rawValue)")
        while let name = try stream.next() {
            if let file = StoredFile(storedName: name) {
                if folder == .active { active.insert(file.id) }
                if reports.remove(file.id) == nil { files.insert(file.id) }
            } else if let id = StoredFile.reportedID(name) {
                if files.remove(id) == nil { reports.insert(id) }
            } else if let id = SpoolDirectory.discardedID(name) {
                marks.append((id, name))
            } else if StoredFile.isTemporaryName(name) {
                try remove(name, in: folder)
                swept.unfinished += 1
            }
        }
        for id in reports where !active.contains(id) {
            try removeReport(id, in: folder)
            swept.orphans += 1
        }
        for (id, name) in marks {
            if files.contains(id) {
                // It was not thrown away yet: until it is, the mark is its report.
                if folder != .active { try restoreReport(id, from: name, in: folder) }
            } else if !isAsked {
                try remove(name, in: folder)
                swept.orphans += 1
            }
        }
    }

    private func restoreReport(_ id: DeliveryID, from mark: FileName, in folder: Folder) throws(SpoolError) {
        let report = StoredFile.reportName(id)
        try SystemCall.run(.rename, place(folder, report)) {
            renameat(self[folder], mark.cString, self[folder], report.cString)
        }
    }

    /// Whether requests wait: one of them may be about what was thrown away.
    private func isAnythingAsked() throws(SpoolError) -> Bool {
        let stream = try DirectoryStream(self[.requests], path: "\(path)/requests")
        while let name = try stream.next() {
            if !name.isTemporary { return true }
        }
        return false
    }

    /// A program that puts a request there is through within moments; what is older, it has left behind.
    private static let longestSubmission = Duration.seconds(3600)

    private func sweepRequests(_ swept: inout Swept) throws(SpoolError) {
        let stream = try DirectoryStream(self[.requests], path: "\(path)/requests")
        let now = SpoolClock.system.realtime()
        while let name = try stream.next() {
            guard StoredFile.isTemporaryName(name), let status = try statusIfAny(.requests, name),
                status.kind == .regular, now - status.changedAt > SpoolDirectory.longestSubmission.nanoseconds
            else { continue }
            try remove(name, in: .requests)
            swept.unfinished += 1
        }
    }

    private func sweepReplies(_ swept: inout Swept) throws(SpoolError) {
        try forEachReplyFolder { folder, place throws(SpoolError) in
            let names = try DirectoryStream(folder, path: place)
            while let name = try names.next() {
                guard StoredFile.isTemporaryName(name) else { continue }
                try SystemCall.run(.remove, "\(place)/\(name)") { unlinkat(folder, name.cString, 0) }
                swept.unfinished += 1
            }
        }
    }
}
