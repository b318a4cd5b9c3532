import EventFormats
import EventModel
import Spool

extension SpoolDirectory {
    /// Removes what lies in the spool of a forgotten event: files that were set aside, their reports, and answers. Gives
    /// the number of files.
    func forget(_ uid: String) throws(SpoolError) -> Int {
        var count = 0
        for folder in [Folder.held, .rejected, .deferred] {
            var last: DeliveryID?
            while true {
                let page = try list(folder, after: last)
                for file in page.files {
                    guard let report = try report(file.id, in: folder), Erasure.speaks(report, of: uid) else {
                        continue
                    }
                    if try discard(file, from: folder) { count += 1 }
                    try forgetDiscarded(file.id)
                }
                last = page.files.last?.id
                if !page.hasMore { break }
            }
        }
        try removeReplies { Erasure.speaks($0, of: uid) }
        return count
    }
}

/// Which documents of the daemon go with an event.
enum Erasure {
    /// Whether a report, or the answer to a request, is about an event.
    static func speaks(_ document: [UInt8], of uid: String) -> Bool {
        let root: JSONNode
        do {
            root = try JSONDocument(document, limits: .own).root
        } catch {
            return false
        }
        if root["uid"]?.text == uid { return true }
        return root["updates"]?.elements.contains { $0["uid"]?.text == uid } ?? false
    }
}
