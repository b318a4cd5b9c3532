import EventModel

extension PluginManifest {
    /// What is wrong with the manifest, as sentences with the remedy; empty when it is valid (C-MANIFEST).
    public var faults: [String] {
        var faults: [String] = []
        if !PluginManifest.isName(name) {
            faults.append(
                "the name is \"\(name)\"; write 1 to \(PluginManifest.nameLimit) lower-case letters, digits and hyphens, "
                    + "a letter first")
        }
        if summary.isEmpty || summary.contains(where: \.isNewline) {
            faults.append("the summary is empty or longer than a line; say in one line what the plugin does")
        }
        if batchLimit < 1 { faults.append("batchLimit is \(batchLimit); a batch has at least 1 delivery") }
        if deadline <= .zero { faults.append("deadline is \(deadline.words); it must be longer than nothing") }
        for fact in PluginManifest.repeated(provides) { faults.append("provides names \(fact) twice; name it once") }
        for fact in PluginManifest.repeated(requires) { faults.append("requires names \(fact) twice; name it once") }
        for fact in Set(provides + requires).sorted() where !PluginManifest.isFactName(fact) {
            faults.append("the fact \"\(fact)\" has no name of the form publisher.name in lower-case letters")
        }
        for fact in provides where requires.contains(fact) {
            faults.append("the fact \(fact) is both provided and required; a stage requires facts of earlier stages")
        }
        for fact in provides where [Publisher.name, PartialPolicy.name, Release.name].contains(fact) {
            faults.append("the fact \(fact) comes from the daemon; take it out of provides")
        }
        for fact in requires where [Publisher.name, PartialPolicy.name, Release.name].contains(fact) {
            faults.append("the fact \(fact) is given by the daemon where there is one; take it out of requires")
        }
        if decides, !provides.contains(Resolution.name) {
            faults.append("a stage that decides provides \(Resolution.name); add it to provides")
        }
        if !decides, provides.contains(Resolution.name) {
            faults.append("provides names \(Resolution.name) and decides is false; say decides: true")
        }
        return faults
    }

    /// Bytes in a plugin's name, at most: it names a directory, and stands in journal fields and in the command line.
    public static let nameLimit = 64

    /// Whether a text can be a plugin's name.
    public static func isName(_ text: String) -> Bool {
        text.utf8.count <= nameLimit && text.first.map(isLetter) == true
            && text.allSatisfy { isLetter($0) || ("0"..."9").contains($0) || $0 == "-" }
    }

    private static func isFactName(_ text: String) -> Bool {
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        return words.count >= 2 && words.allSatisfy { isName(String($0)) }
    }

    private static func isLetter(_ character: Character) -> Bool { ("a"..."z").contains(character) }

    private static func repeated(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0).inserted }
    }
}
