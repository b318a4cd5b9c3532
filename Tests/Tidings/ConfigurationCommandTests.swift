import Foundation
import TestKit
import Testing

@testable import tidings

/// `check` without files, `check --effective` and `reference`: what the daemon beside the tool answers.
@Suite struct ConfigurationCommandTests {
    @Test func aFaultyConfigurationIsShownWithItsLines() throws {
        let service = try PrivateService(settings: "window = 1\nsettel = \"1s\"")
        let expected = """
            \(service.configuration):5:10: spool.window is the number 1; it must be from 16 to 65536
                5 | window = 1
                  |          ^
            \(service.configuration):6:1: unknown setting spool.settel; did you mean settle?
                6 | settel = "1s"
                  | ^

            """
        for arguments in [["check"], ["check", "--effective"]] {
            let ended = try TidingsProgram(arguments + ["--config", service.configuration]).end()
            #expect(ended.complaints == expected)
            #expect(ended.status == 78 && ended.output == "")
        }
        let objects = try service.run("check", "--json").objects()
        #expect(objects.map { $0["line"] as? Int } == [5, 6])
        #expect(
            objects.allSatisfy {
                Set($0.keys) == ["file", "code", "severity", "field", "line", "column", "item", "message"]
            })
    }

    @Test func whatIsInForceCanBeCheckedAgain() throws {
        let service = try PrivateService(settings: "window = 100")
        let ended = try service.run("check", "--effective")
        #expect(ended.status == 0 && ended.complaints == "")
        #expect(ended.output.contains("\nwindow = 100 "))
        #expect(ended.output.contains("# \(service.configuration):5\n"))
        let copy = try service.file("copy.toml", ended.output)
        #expect(try TidingsProgram.run("check", "--config", copy).status == 0)
        let objects = try service.run("check", "--effective", "--json").objects()
        let window = try #require(objects.first { $0["setting"] as? String == "spool.window" })
        #expect(window["value"] as? Int == 100 && window["line"] as? Int == 5)
    }

    @Test func aFileIsNoPartOfWhatIsInForce() throws {
        let ended = try TidingsProgram.run("check", "--effective", "a.ics")
        #expect(
            ended.complaints
                == "tidings check: --effective is about the configuration; leave the files out, or name it by --config\n"
                + "Try 'tidings check --help'.\n")
        #expect(ended.status == 64)
    }

    @Test func theReferenceNeedsNoConfiguration() throws {
        let text = try TidingsProgram.run("reference", "--config", "/nonexistent.toml")
        #expect(text.status == 0 && text.output.contains("\n  settle = \"2s\"\n"))
        let objects = try TidingsProgram.run("reference", "--json").objects()
        #expect(objects.contains { $0["setting"] as? String == "plugins.notifier.channel[].title" })
        let shipped = Samples.examples + "/../../tidingsd.toml"
        #expect(
            try TidingsProgram.run("reference", "--as", "toml").output
                == String(contentsOfFile: shipped, encoding: .utf8))
        #expect(try TidingsProgram.run("reference", "--as", "man").output.contains("\n.Dt TIDINGSD.TOML 5\n"))
    }
}
