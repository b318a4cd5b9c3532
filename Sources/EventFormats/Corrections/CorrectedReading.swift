public import EventModel

/// Reads a dropped file as a person has ruled about it: with the corrections made, and as an update of another event
/// where that was said. The year and the language of a text change how it is read.
///
/// - Throws: The first correction that cannot be made, and why.
public func readUpdates(
    _ bytes: [UInt8], context: ReadingContext, ruling: Ruling, corrections: [Correction]
) throws(CorrectionFault) -> Decoded {
    var context = context
    var rest: [Correction] = []
    let isText = recognizeFormat(bytes) == .text
    let isUnread = isText && readStatements(bytes, context: context).updates.isEmpty
    for correction in corrections {
        switch correction.path {
        case "year":
            guard isText else {
                throw CorrectionFault("year", "is for texts; set occurrences[0].when.start")
            }
            guard let year = Int(written: correction.value, in: 1...9999) else {
                throw CorrectionFault("year", "is \"\(correction.value)\"; expected a year such as 2027")
            }
            context.statedYear = year
        case "language" where isUnread: context.statedLanguage = correction.value
        default: rest.append(correction)
        }
    }
    var decoded = readStatements(bytes, context: context)
    for correction in rest { try decoded.apply(correction) }
    decoded.leaveOutWhatCannotBeMeant(bytes, context)
    decoded.workOutRecurrences(bytes, context)
    if case .update(let uid) = ruling { try decoded.makeUpdate(of: uid) }
    return decoded
}

extension Decoded {
    fileprivate mutating func apply(_ correction: Correction) throws(CorrectionFault) {
        let path = try CorrectionPath(correction.path)
        let index = if let stated = path.update { stated } else { try only(correction.path) }
        guard updates.indices.contains(index) else {
            throw CorrectionFault(correction.path, "the file has \(updates.count) updates, counted from 0")
        }
        try updates[index].update.apply(correction)
    }

    fileprivate mutating func makeUpdate(of uid: String) throws(CorrectionFault) {
        let index = try only("uid")
        var update = updates[index].update
        if update.kind == .announce { update.kind = .update }
        if !update.references.contains(where: { $0.uid == uid }) { update.references.append(Reference(uid: uid)) }
        updates[index].update = update
        try updates[index].update.apply(Correction("uid", uid))
    }

    /// The place of the only update.
    private func only(_ path: String) throws(CorrectionFault) -> Int {
        if updates.count == 1 { return 0 }
        throw CorrectionFault(
            path,
            updates.isEmpty
                ? "nothing could be read of the file; of a text, set language first"
                : "the file has \(updates.count) updates; say which one, counted from 0: updates[0].\(path)")
    }
}
