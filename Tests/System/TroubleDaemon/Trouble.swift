import Glibc
import PluginKit

/// A stage that does as a dropped file says: `TROUBLE-FAIL` makes it fail, `TROUBLE-HANG` hang until it is cancelled,
/// `TROUBLE-STUCK` hang for good, `TROUBLE-CRASH` end the process as a fault in a C library does.
struct Trouble: Plugin {
    static let manifest = PluginManifest(
        name: "trouble", summary: "Fails, hangs or crashes when a file says so.", deadline: .seconds(1))

    struct Settings: PluginSettings {
        static var schema: [Setting<Self>] { [] }
    }

    private let context: PluginContext

    init(settings: Settings, context: PluginContext) async throws(PluginFailure) { self.context = context }

    func process(_ batch: DeliveryBatch) async throws(PluginFailure) -> Verdicts {
        for delivery in batch.deliveries { try await heed(delivery) }
        return Verdicts(batch.deliveries.map { $0.items.map { _ in .pass } })
    }

    private func heed(_ delivery: Delivery) async throws(PluginFailure) {
        switch Trouble.word(after: "TROUBLE-", in: delivery.bytes) {
        case "FAIL": throw PluginFailure(.permanent, "the file asks for a failure")
        case "HANG":
            do throws(CancellationError) {
                try await context.clock.wait(.seconds(86_400))
            } catch {
                throw PluginFailure(.temporary, "it was cancelled", cause: error)
            }
        case "STUCK": await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
        case "CRASH": raise(SIGKILL)
        default: return
        }
    }

    /// The capitals behind the first occurrence of a word.
    static func word(after mark: String, in bytes: [UInt8]) -> String? {
        guard let start = position(of: Array(mark.utf8), in: bytes) else { return nil }
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return String(decoding: bytes[start...].prefix { letters.contains($0) }, as: UTF8.self)
    }

    /// The position behind the first occurrence of a word.
    private static func position(of word: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= word.count else { return nil }
        for start in 0...(bytes.count - word.count) where bytes[start] == word[0] {
            if bytes[start..<start + word.count].elementsEqual(word) { return start + word.count }
        }
        return nil
    }
}
