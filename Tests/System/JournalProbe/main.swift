import Glibc
import Systemd

/// Writes entries to a real journal and reads them back, for the system tests:
/// `journal-probe burst COUNT MARK`, `journal-probe roundtrip MARK`, or `journal-probe tasks`, which runs tasks of every
/// priority and should have nothing to say.
struct Failure: Error, CustomStringConvertible {
    let description: String
}

func burst(count: Int, mark: String) {
    let journal = Journal(.journal, level: .debug)
    var start = timespec()
    clock_gettime(CLOCK_MONOTONIC, &start)
    for number in 0..<count {
        journal.write(
            .deliveryAccepted, "burst.jsonld: accepted as new (\(number))",
            fields: [
                .init("TIDINGS_DELIVERY", mark), .init("TIDINGS_FILE", Array("burst.jsonld".utf8)),
                .init("TIDINGS_SHA256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                .init("TIDINGS_SUBMITTER", 4001), .init("TIDINGS_UID", "event-\(number)"),
                .init("TIDINGS_SEQUENCE", number), .init("TIDINGS_INTENT", "new"), .init("TIDINGS_OUTCOME", "accepted"),
                .init("TIDINGS_STAGE", "notifier"), .init("TIDINGS_FORMAT", "jsonld"), .init("TIDINGS_USEC", number),
            ])
    }
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let nanoseconds = (end.tv_sec - start.tv_sec) * 1_000_000_000 + end.tv_nsec - start.tv_nsec
    print("lost \(journal.lostEntries), \(nanoseconds / max(1, count)) ns an entry")
}

func expect(_ isTrue: Bool, _ what: String) throws {
    guard isTrue else { throw Failure(description: what) }
}

func roundTrip(mark: String) throws {
    let journal = Journal(.auto)
    try expect(journal.destination == .journal, "standard error is not the journal")
    let bytes: [UInt8] = [0x66, 0xFF, 0x0A, 0x00, 0x3D, 0x0A]
    let long = String(repeating: "long ", count: 20_000)
    journal.write(
        .deliveryHeld, "two\nlines\nand a = sign",
        fields: [.init("TIDINGS_DELIVERY", mark), .init("TIDINGS_FILE", bytes), .init("lower case", "made fit")])
    journal.write(
        .deliveryAccepted, long,
        fields: [.init("TIDINGS_DELIVERY", mark)] + (0..<1000).map { .init("TIDINGS_UID", "event\n\($0)") })

    var entries: [RecordedEntry] = []
    var remaining = 2000
    while entries.count < 2 && remaining > 0 {
        entries = try JournalReader().entries(
            matching: [.init("TIDINGS_DELIVERY", mark)], order: .newestFirst, limit: 10)
        remaining -= 1
    }
    try expect(entries.count == 2, "\(entries.count) of 2 entries were found")
    try expect(entries[1]["MESSAGE"] == "two\nlines\nand a = sign", "the message came back changed")
    try expect(entries[1].values(of: "TIDINGS_FILE") == [bytes], "bytes came back changed")
    try expect(entries[1]["LOWER_CASE"] == "made fit", "a field was dropped for its name")
    try expect(entries[1]["PRIORITY"] == "4", "the priority is not a warning's")
    try expect(entries[1]["CODE_FUNC"] == "roundTrip(mark:)", "the function is not the caller's")
    try expect(entries[1].microseconds <= entries[0].microseconds, "the order is not newest first")
    let events = entries[0].values(of: "TIDINGS_UID").count
    try expect(events > 150, "only \(events) of a delivery's events have a field")
    try expect(entries[0]["TIDINGS_FIELDS_OMITTED"] == String(1000 - events), "omitted fields were not counted")
    try expect(entries[0]["MESSAGE"]?.utf8.count == 65_536, "a long message is not cut at the limit")
    let alternatives = try JournalReader().entries(
        matching: [
            .init("TIDINGS_DELIVERY", mark), .init("MESSAGE_ID", MessageID.deliveryHeld.rawValue),
            .init("MESSAGE_ID", MessageID.deliveryStale.rawValue),
        ], limit: 10)
    try expect(alternatives.count == 1, "matches of one name are not alternatives")
    print("all came back")
}

func spin(_ seed: Int) async -> Int {
    await Task.yield()
    return (0..<2_000_000).reduce(seed) { $0 &* 31 &+ $1 }
}

func tasksOfEveryPriority() async {
    let priorities: [TaskPriority] = [.background, .utility, .medium, .high, .userInitiated]
    await withTaskGroup(of: Int.self) { group in
        for number in 0..<50 {
            group.addTask(priority: priorities[number % priorities.count]) { await spin(number) }
        }
        for await result in group where result == 0 { print(result) }
    }
}

do {
    let arguments = CommandLine.arguments
    switch arguments.dropFirst().first {
    case "burst" where arguments.count == 4: burst(count: Int(arguments[2]) ?? 0, mark: arguments[3])
    case "tasks": await tasksOfEveryPriority()
    case "roundtrip" where arguments.count == 3: try roundTrip(mark: arguments[2])
    default: throw Failure(description: "usage: journal-probe burst COUNT MARK | roundtrip MARK | tasks")
    }
} catch {
    print("journal-probe: \(error)")
    exit(1)
}
