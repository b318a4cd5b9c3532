import EventModel

/// An entry as one line for people: time, priority, message.
enum ConsoleLine {
    static func append(_ entry: JournalEntry, at time: WallTime, to output: inout [UInt8]) {
        time.append(to: &output)
        output.append(UInt8(ascii: " "))
        let name = entry.priority.name
        output.append(contentsOf: name.utf8)
        for _ in name.utf8.count..<max(name.utf8.count + 1, 8) { output.append(UInt8(ascii: " ")) }
        output.append(contentsOf: PrintableText.escape(entry.message).utf8)
        output.append(UInt8(ascii: "\n"))
    }
}
