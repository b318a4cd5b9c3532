import EventModel
import Reading

/// What stands in a file more than once of one event, in the order of the file: what is proved newer than all that says
/// otherwise counts, and where nothing is, a person decides.
struct RepeatedEvent {
    /// Which of them counts.
    private(set) var counting = 0
    /// Those that it is proved newer than, and those that say the same.
    private(set) var (older, same): ([Int], [Int]) = ([], [])
    /// Those that say otherwise, and nothing proves which is newer.
    private(set) var contradicting: [Int] = []

    init<Version>(
        _ versions: [Version], isNewer: (Version, Version) -> Bool?, saysTheSame: (Version, Version) -> Bool
    ) {
        for index in versions.indices where isNewer(versions[index], versions[counting]) == true { counting = index }
        for index in versions.indices where index != counting {
            if saysTheSame(versions[index], versions[counting]) {
                same.append(index)
            } else if isNewer(versions[counting], versions[index]) == true {
                older.append(index)
            } else {
                contradicting.append(index)
            }
        }
    }

    /// Says what does not count, and asks where that is not clear.
    ///
    /// - Parameters:
    ///   - places: Where each of them stands.
    ///   - name: What identifies the event, for people.
    ///   - remedy: How to tell two events apart, or to say which is newer.
    func report(
        _ places: [Range<Int>], of name: String, update: Int, remedy: String, to findings: inout ReadingFindings
    ) {
        let line = findings.line(of: places[counting])
        for index in same {
            findings.report(
                .duplicateOccurrence, at: places[index], update: update,
                "the event with \(name) stands in the file twice, and says the same in line \(line); remove one of them"
            )
        }
        for index in older {
            findings.report(
                .duplicateOccurrence, at: places[index], update: update,
                "line \(line) has a newer version of the event with \(name), which counts; remove this one")
        }
        guard let first = contradicting.first else { return }
        let others = contradicting.map { findings.line(of: places[$0]) }
        let lines = ([line] + others.prefix(4)).sorted().map(String.init)
        let named = lines.dropLast().joined(separator: ", ") + " and " + (lines.last ?? "")
        let more = others.count > 4 ? ", and \(others.count - 4) more" : ""
        findings.report(
            .ambiguousIntent, at: places[max(first, counting)], update: update,
            "\(contradicting.count == 1 ? "two" : "\(contradicting.count + 1)") different events of this file have \(name), lines "
                + "\(named)\(more), and nothing says which is the newer; \(remedy). Released as it is, that of line \(line) counts"
        )
    }
}

extension EventUpdate {
    /// What a stated order proves (sequence, then issue date); nil where it proves nothing.
    func isNewer(than other: EventUpdate) -> Bool? {
        if let own = sequence, let others = other.sequence, own != others { return own > others }
        if let own = issuedAt, let others = other.issuedAt, own != others { return own > others }
        return nil
    }
}
