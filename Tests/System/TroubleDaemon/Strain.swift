import Glibc
import PluginKit

/// A stage that strains the whole process, and is given a minute to do so: `STRAIN-FREEZE` stops all threads,
/// `STRAIN-SPIN` takes two seconds of CPU, `STRAIN-SWELL` a gibibyte of memory.
struct Strain: Plugin {
    static let manifest = PluginManifest(
        name: "strain", summary: "Takes time and memory when a file says so.", deadline: .seconds(60))

    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) {}

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        for delivery in batch.deliveries {
            switch Trouble.word(after: "STRAIN-", in: delivery.bytes) {
            case "FREEZE": raise(SIGSTOP)
            case "SPIN": Strain.spin(seconds: 2)
            case "SWELL": Strain.swell(bytes: 1 << 30)
            default: continue
            }
        }
        return Verdicts(batch.deliveries.map { $0.items.map { _ in .pass } })
    }

    private static func spin(seconds: Int) {
        var begin = timespec()
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin)
        repeat { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) } while now.tv_sec - begin.tv_sec <= seconds
    }

    private static func swell(bytes: Int) {
        guard let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            memory != MAP_FAILED
        else { preconditionFailure("there is no room for \(bytes) bytes") }
        // Only what is written to is sure to be given: what is asked to be provided may be left out on a busy machine.
        memset(memory, 1, bytes)
        munmap(memory, bytes)
    }
}
