import EventModel
import PluginKit

/// Who is who: uid, sequence, references, and who may see it.
enum IdentityRules {
    static let all: [Rule] = [uid, references, visibility]

    private static let uid: Rule = { subject, findings in
        let uid = subject.update.uid
        if uid.isEmpty {
            return findings.add(
                .invalidIdentifier, .uid,
                "the event has no identifier, so that no update could be told to be one of it; add one")
        }
        let most = subject.settings.identifierBytes
        if uid.utf8.count > most.bytes {
            findings.add(
                .invalidIdentifier, .uid,
                "the identifier \(uid.inMessage) is longer than \(most); give the event a shorter one")
        }
        if let bad = uid.unicodeScalars.first(where: { $0.properties.generalCategory == .control }) {
            findings.add(
                .invalidIdentifier, .uid, "the identifier holds the control character \(name(of: bad)); remove it")
        } else if uid.first?.isWhitespace == true || uid.last?.isWhitespace == true {
            findings.add(
                .invalidIdentifier, .uid, "the identifier '\(uid.inMessage)' begins or ends with a space; remove it")
        }
    }

    /// `U+0007`.
    private static func name(of scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }

    private static let references: Rule = { subject, findings in
        let update = subject.update
        for reference in update.references where reference.uid == update.uid {
            let isBare = reference.sequence == nil && reference.issuedAt == nil
            let isSame =
                (reference.sequence == nil || reference.sequence == update.sequence)
                && (reference.issuedAt == nil || reference.issuedAt == update.issuedAt)
            if isSame, !isBare || subject.format != .text {
                findings.add(
                    .selfReference, .references,
                    "the update names itself as what it replaces; name the earlier revision, or remove the reference")
            }
        }
        for reference in update.references {
            guard let theirs = reference.issuedAt, let ours = update.issuedAt, theirs > ours else { continue }
            findings.add(
                .postdatedReference, .references,
                "the update is of \(ours) and replaces one of \(theirs), which is later; correct one of the times")
        }
        if update.kind != .announce, update.uidOrigin == .derived, update.references.isEmpty {
            findings.add(
                .updateWithoutReference, .references,
                "this changes an event and does not say which; give the event's uid, or name it as a reference")
        }
    }

    private static let visibility: Rule = { subject, findings in
        if subject.update.visibility == .private {
            findings.add(
                .isPrivate, .visibility,
                "the event is private: it is archived and appears nowhere; make it public to show it")
        }
        if let until = subject.update.embargoUntil, until > subject.now {
            findings.add(
                .embargoed, .embargoUntil,
                "nothing of this event is shown before \(until); send an update to change that")
        }
    }
}
