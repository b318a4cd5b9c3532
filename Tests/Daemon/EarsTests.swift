import Foundation
import Spool
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

/// What no event tells of: the rescan has to find it.
@Suite struct EarsTests {
    private let folder = TemporaryDirectory()
    private var house: String { "\(folder.path)/house" }
    private var path: String { "\(house)/spool" }

    /// Opens the spool and listens to it; `hear` is handed what is heard, until it says that it has heard enough.
    private func listen(_ hear: (Hints) throws -> Bool) async throws {
        #expect(mkdir(house, 0o700) == 0)
        let spool = try SpoolDirectory.open(path, create: true)
        var settings = SpoolSettings()
        settings.rescan = .milliseconds(20)
        let ears = try Ears(spool, settings: settings) { () throws(SpoolError) in }
        let (stream, tell) = AsyncStream<Ears.Heard>.makeStream()
        async let listening: Void = ears.listen { tell.yield($0) }
        defer { ears.close() }
        for await heard in stream {
            if case .hints(let hints) = heard, try hear(hints) { break }
        }
        ears.close()
        await listening
    }

    @Test func whereNothingIsHeardAScanIsAskedForAtEachInterval() async throws {
        var scans = 0
        try await listen { hints in
            #expect(hints.isScanNeeded && hints.names.isEmpty)
            scans += 1
            return scans == 3
        }
    }

    @Test func aSpoolThatIsReplacedWithoutAnEventIsWatchedAnew() async throws {
        var rounds = 0
        var names: Set<String> = []
        try await listen { hints in
            rounds += 1
            names.formUnion(hints.names.map { "\($0.name)" })
            if rounds == 1 {
                // The folder above it moves: nothing is raised for those that are watched.
                #expect(rename(house, house + "-before") == 0)
                for folder in Folder.allCases {
                    try FileManager.default.createDirectory(
                        atPath: "\(path)/\(folder.rawValue)", withIntermediateDirectories: true)
                }
            }
            try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/incoming/dropped"))
            return names.contains("dropped") || rounds == 200
        }
        #expect(names == ["dropped"])
    }
}
