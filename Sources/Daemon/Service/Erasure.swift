import EventFormats
import EventModel
import Spool

extension SpoolDirectory {
    /// Removes what lies in the spool of a forgotten event: files that were set aside, their reports, and answers. Gives
    /// the number of files.
    func forget(_ uid: String) throws(SpoolError) -> Int {
        var count = 0
        for folder in Folder.setAside {
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

extension SpoolDirectory {
    /// The first file in held/ that speaks of an event, and of others about which a person is still to decide: these would go
    /// with it. Nil where there is none.
    func heldWithOthers(_ uid: String) throws(SpoolError) -> DeliveryID? {
        var last: DeliveryID?
        while true {
            let page = try list(.held, after: last)
            for file in page.files {
                guard let report = try report(file.id, in: .held), Erasure.speaks(report, of: uid) else { continue }
                if Erasure.asks(report, aboutOthersThan: uid) { return file.id }
            }
            last = page.files.last?.id
            if !page.hasMore { return nil }
        }
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
        if root["others"]?.elements.contains(where: { $0.text == uid }) == true { return true }
        return root["updates"]?.elements.contains { $0["uid"]?.text == uid || $0["event"]?.text == uid } ?? false
    }

    /// Whether a person is still to decide about another event of a report.
    static func asks(_ report: [UInt8], aboutOthersThan uid: String) -> Bool {
        // ignoring: of a report that cannot be read nothing is known of others
        guard let root = (try? JSONDocument(report, limits: .own))?.root else { return false }
        return root["updates"]?.elements.contains { $0["outcome"]?.isText("held") == true && $0["uid"]?.text != uid }
            ?? false
    }
}
