import BuiltIn
import Daemon
import EventFormats
import EventModel
import Glibc

/// The readers of what comes from outside. Each says whether the input was one for it, and stops the process where what
/// it read cannot be written and read again.
enum Decoders {
    static let all: [String: @Sendable ([UInt8]) -> Bool] = [
        "icalendar": { updates(in: $0, as: .icalendar) },
        "jsonld": { updates(in: $0, as: .jsonld) },
        "text": { updates(in: $0, as: .text) },
        "canonical": canonical,
        "request": request,
        "configuration": configuration,
    ]

    /// Noon of a day in 2026: what is read must not depend on the clock.
    private static let context = ReadingContext(
        receivedAt: Instant(microseconds: 1_795_867_200_000_000), sha256: String(repeating: "0", count: 64))

    private static func updates(in bytes: [UInt8], as format: Format) -> Bool {
        guard recognizeFormat(bytes) == format else { return false }
        let decoded = readUpdates(bytes, context: context)
        precondition(
            !decoded.updates.isEmpty || decoded.diagnostics.contains { $0.severity >= .held },
            "neither an update nor a reason why there is none")
        for diagnostic in decoded.diagnostics {
            guard let position = diagnostic.position else { continue }
            precondition(position.bytes.upperBound <= bytes.count, "a finding lies behind the end")
        }
        writeAndReadAgain(decoded.updates.map(\.update))
        return true
    }

    private static func writeAndReadAgain(_ updates: [EventUpdate]) {
        for update in updates {
            let written = CanonicalJSON.bytes(of: update)
            do {
                let again = try CanonicalJSON.read(written)
                precondition(again == update, "the canonical JSON says something else: \(text(written))")
            } catch {
                preconditionFailure("the canonical JSON cannot be read: \(error): \(text(written))")
            }
        }
        let document = JSONLDWriter.write(updates)
        if !updates.isEmpty {
            precondition(!readUpdates(document, context: context).updates.isEmpty, "lost as JSON-LD: \(text(document))")
        }
        let calendar = ICalendarWriter.write(updates)
        if !updates.isEmpty {
            precondition(
                !readUpdates(calendar, context: context).updates.isEmpty, "lost as iCalendar: \(text(calendar))")
        }
    }

    private static func canonical(_ bytes: [UInt8]) -> Bool {
        // ignoring: what is no canonical JSON is refused, which is all that is asked.
        if let update = try? CanonicalJSON.read(bytes) { writeAndReadAgain([update]) }
        return true
    }

    private static func request(_ bytes: [UInt8]) -> Bool {
        // ignoring: as above.
        if let request = try? DecisionRequest(bytes) {
            // ignoring: it is the comparison that counts.
            precondition((try? DecisionRequest(request.json)) == request, "a request that cannot be read again")
        }
        _ = DecisionReply(bytes)
        return true
    }

    /// A file that only this process sees: the loader takes paths.
    private static let file: CInt = {
        var path = Array("/dev/shm/tidings-fuzz.XXXXXX".utf8CString)
        let file = mkstemp(&path)
        unlink(path)
        return file
    }()

    private static func configuration(_ bytes: [UInt8]) -> Bool {
        ftruncate(file, 0)
        pwrite(file, bytes, bytes.count, 0)
        do throws(ConfigurationFaults) {
            _ = try ConfigurationLoader(file: "/proc/self/fd/\(file)", registry: registry).load()
        } catch {
            precondition(!error.description.isEmpty, "a refusal without a reason")
        }
        return true
    }

    // ignoring: the names of the built-in plugins differ, which a test holds.
    private static let registry = try? Registry(BuiltIn.plugins)

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
