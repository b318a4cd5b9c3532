import EventModel
import Reading

/// Groups without a name of their own: supporters, residents, communities.
extension AnnouncementPartyFinder {
    /// `rallies by the NCRI and PMOI supporters`, `campaign by Iranian communities`.
    mutating func group(after by: Int, _ range: Range<Int>) {
        var (start, plain) = (by + 1, 0)
        while start < range.upperBound, tokens[start].has(.article) { start += 1 }
        for index in start..<min(start + 10, range.upperBound) {
            let token = tokens[index]
            guard token.kind == .word else { return }
            if !token.isCapitalised, !token.has([.connector, .community, .conjunction]) {
                // "East African fishing communities"
                plain += 1
                guard token.sense.roles.isEmpty, plain <= 2 else { return }
            }
            if token.has(.community) {
                return add(group: start..<index + 1, noun: index, organisationsIn: start..<index)
            }
        }
    }

    /// `supporters of the X (X) and the Y (Y) will hold`, `Leeds residents will march`.
    mutating func groupSubject(before verb: Int, _ range: Range<Int>) {
        guard isHoldingSubject(verb, range) else { return }
        let floor = max(range.lowerBound, verb - 60)
        for index in (floor..<verb).reversed() where tokens[index].has(.community) {
            // "Friends of the Lakes (FOTL)" is a name.
            if organisations.contains(where: { $0.nameTokens.contains(index) }) { continue }
            if index + 1 < verb, tokens[index + 1].has(.possessiveOf) {
                // The names run up to the verb: a bracket of short forms or one of those stands before it.
                let last = tokens[verb - 1]
                guard last.isSymbol(")") || last.shape == .capitals else { return }
                return add(group: index..<verb, noun: index, organisationsIn: index..<verb)
            }
            guard index == verb - 1 else { continue }
            var start = index
            while start > floor, tokens[start - 1].isCapitalised || tokens[start - 1].has(.conjunction),
                !tokens[start - 1].has(.article)
            {
                start -= 1
            }
            while start < index, tokens[start].has(.conjunction) { start += 1 }
            if start < index { add(group: start..<index + 1, noun: index, organisationsIn: start..<index) }
            return
        }
    }

    private mutating func add(group: Range<Int>, noun: Int, organisationsIn words: Range<Int>) {
        let members = organisations.indices.filter { number in
            words.overlaps(organisations[number].nameTokens)
                || words.contains {
                    tokens[$0].shape == .capitals
                        && organisations[number].acronyms.contains(announcement.text($0..<$0 + 1))
                }
        }
        for member in members { affiliate(member, "parties.group-of") }
        let name = groupName(group)
        let key = members.isEmpty ? TextFolding.key(name) : "\(tokens[noun].fold) \(members)"
        if let known = found.firstIndex(where: { $0.group == key }) {
            if found[known].bytes.count < 8 { found[known].bytes.append(announcement.bytes(group)) }
            if name.utf8.count < found[known].party.name.utf8.count { found[known].party.name = name }
            return
        }
        found.append(
            Found(
                party: Party(name: name, kind: .community, role: .organizer), bytes: [announcement.bytes(group)],
                rule: "parties.group", basis: .stated, group: key))
    }

    /// The group's words without brackets.
    private func groupName(_ range: Range<Int>) -> String {
        var (parts, start) = ([String](), range.lowerBound)
        for index in range where tokens[index].isSymbol("(") && index >= start {
            if start < index { parts.append(announcement.text(start..<index)) }
            start = (range.first { $0 > index && tokens[$0].isSymbol(")") } ?? range.upperBound - 1) + 1
        }
        if start < range.upperBound { parts.append(announcement.text(start..<range.upperBound)) }
        return parts.joined(separator: " ")
    }
}
