public import EventModel
public import Reading

/// Reads a dropped file as a person has ruled about one of its updates: with the corrections made, and as an update of
/// another event where that was said. The year and the language of a text change how it is read.
///
/// - Parameters:
///   - bytes: The file.
///   - context: The receipt and the limits.
///   - ruling: What the person said that the update is.
///   - corrections: What the person set.
///   - number: The place of that update in the file, from 1; nil for the only one.
/// - Throws: The first correction that cannot be made, and why.
public func readUpdates(
    _ bytes: [UInt8], context: ReadingContext, ruling: Ruling, corrections: [Correction], of number: Int? = nil
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
    for correction in rest {
        let index = try decoded.index(of: number, for: correction.path)
        try decoded.updates[index].update.apply(correction)
    }
    decoded.leaveOutWhatCannotBeMeant(bytes, context)
    for correction in rest {
        let index = try decoded.index(of: number, for: correction.path)
        let left = decoded.diagnostics.first { $0.field == correction.path && ($0.update ?? index) == index }
        try decoded.updates[index].update.checkStillSays(correction, else: left?.message)
    }
    decoded.workOutRecurrences(bytes, context)
    if case .update(let uid) = ruling {
        let index = try decoded.index(of: number, for: "uid")
        try decoded.updates[index].update.become(updateOf: uid)
    }
    return decoded
}

extension Decoded {
    /// The place of the update that is ruled about, from 0.
    fileprivate func index(of number: Int?, for path: String) throws(CorrectionFault) -> Int {
        if let number {
            if updates.indices.contains(number - 1) { return number - 1 }
            throw CorrectionFault(path, "cannot be set: the file has \(updates.count) updates, and not \(number)")
        }
        if updates.count == 1 { return 0 }
        throw CorrectionFault(
            path,
            updates.isEmpty
                ? "nothing could be read of the file; of a text, set language first"
                : "the file has \(updates.count) updates; say which one, as in \"tidings release ID/1\"")
    }
}

extension EventUpdate {
    /// A value that a reader leaves out, such as an end before the start, is none that a person can set.
    fileprivate func checkStillSays(_ correction: Correction, else words: String?) throws(CorrectionFault) {
        let fault = CorrectionFault(
            correction.path,
            "cannot be \"\(correction.value)\": \(words ?? "what else the update says speaks against it")")
        var again = self
        do throws(CorrectionFault) {
            try again.apply(correction)
        } catch {
            // Its place has gone, with what cannot be meant.
            throw fault
        }
        if again.essence != essence { throw fault }
    }

    fileprivate mutating func become(updateOf uid: String) throws(CorrectionFault) {
        if kind == .announce { kind = .update }
        if !references.contains(where: { $0.uid == uid }) { references.append(Reference(uid: uid)) }
        try apply(Correction("uid", uid))
    }
}
