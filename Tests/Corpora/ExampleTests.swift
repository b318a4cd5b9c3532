import Foundation
import Testing

@testable import Daemon

/// Each example configuration is started as it stands, its folders aside, with the updates that lie beside it.
@Suite struct ExampleTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Config/examples")

    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        /// Words of the page, by the folder of its channel under /srv/www.
        let shows: [String: [String]]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Example(
            name: "newsroom",
            shows: [
                "planning": ["Planning desk", "Council meeting: the harbour tram", "11 March 2027", "Glass and Tide"]
            ]),
        Example(
            name: "venue",
            shows: [
                "programme": ["What is on at the Old Mill", "Lindqvist Quartet", "18 February 2027", "The Salt Road"],
                "foyer": ["Tonight and soon", "Lindqvist Quartet", "The Salt Road"],
            ]),
        Example(
            name: "campaign",
            shows: [
                "rides": [
                    "Ride with us: all cities", "calls for rides in five cities", "Leipzig", "Gdansk",
                    "Ghent rides for safe ways to school", "Dampoort, Ghent → Saint Peter's Square, Ghent",
                ]
            ]),
    ])
    func itsUpdatesAreAcceptedAndShown(_ example: Example) async throws {
        let folder = Self.folder.appendingPathComponent(example.name)
        let files = try FileManager.default.contentsOfDirectory(
            at: folder.appendingPathComponent("updates"), includingPropertiesForKeys: nil
        ).sorted { $0.lastPathComponent < $1.lastPathComponent }
        #expect((2...3).contains(files.count))
        let service = PrivateService(
            configuration: try String(contentsOf: folder.appendingPathComponent("tidingsd.toml"), encoding: .utf8))
        // One after the other, as they come in.
        for file in files {
            try service.drop([file])
            let answers = try await service.workOff()
            #expect(answers[file.lastPathComponent]?.map(\.outcome) == ["accepted"], "\(file.lastPathComponent)")
        }
        for (channel, words) in example.shows {
            let page = try service.page("\(channel)/index.html")
            for word in words { #expect(page.contains(word), "\(channel): \(word)") }
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: service.spool + "/replies") {
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(service.spool)/replies/\(name)") != [])
        }
    }

    @Test func allOfThemAreTested() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0 != "updates" }
        #expect(Set(names) == ["newsroom", "venue", "campaign"])
    }
}
