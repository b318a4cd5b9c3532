/// An entry as one line for people: time, priority, message.
enum ConsoleLine {
    static func append(_ entry: JournalEntry, at time: WallTime, to output: inout [UInt8]) {
        time.append(to: &output)
        output.append(UInt8(ascii: " "))
        let name = entry.priority.name
        output.append(contentsOf: name.utf8)
        for _ in name.utf8.count..<max(name.utf8.count + 1, 8) { output.append(UInt8(ascii: " ")) }
        var message = entry.message
        message.withUTF8 { PrintableText.append($0, doublingBackslash: false, to: &output) }
        output.append(UInt8(ascii: "\n"))
    }
}
