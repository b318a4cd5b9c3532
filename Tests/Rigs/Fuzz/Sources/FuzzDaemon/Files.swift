import Daemon
import Fuzzing
import Glibc

/// What libFuzzer calls for each input. -1 keeps an input out of its corpus.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    decoder(input(start, count)) ? 0 : -1
}

private let decoder = chosen(from: Files.all)

/// The readers of the daemon's own files: what administrators ask for, and the configuration.
private enum Files {
    static let all: [String: Decoder] = ["request": request, "configuration": configuration]

    private static func request(_ bytes: [UInt8]) -> Bool {
        // ignoring: what is no request is refused, which is all that is asked.
        if let request = try? DecisionRequest(bytes) {
            // ignoring: it is the comparison that counts.
            require((try? DecisionRequest(request.json)) == request, "a request that cannot be read again")
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
            _ = try ConfigurationLoader(file: "/proc/self/fd/\(file)", registry: nil).load()
        } catch {
            require(!error.description.isEmpty, "a refusal without a reason")
        }
        return true
    }
}
