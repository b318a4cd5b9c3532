import Foundation
import PluginKit
import TestKit
import Testing

@testable import Configuration
@testable import Daemon

/// The files of a configuration: which are read, in which order, and who may write them.
@Suite struct ConfigurationFileTests {
    private let directory = TemporaryDirectory()
    private var file: String { directory.path + "/tidingsd.toml" }

    private func write(_ name: String, _ text: String) throws {
        let path = "\(directory.path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private func load() throws -> Configuration { try ConfigurationLoader(file: file, registry: nil).load() }

    private func faults() throws -> [String] {
        do {
            _ = try load()
            return []
        } catch let error as ConfigurationFaults {
            return error.faults.map { $0.description.replacingOccurrences(of: directory.path + "/", with: "") }
        }
    }

    @Test func faultsOfAllFilesComeAtOnceInTheOrderOfTheFiles() throws {
        try write("tidingsd.toml", "[spool]\nsettle = 2s\nwindow = 1\n")
        try write("tidingsd.toml.d/20.toml", "[spool\n[pipeline]\nbatch = 0\n")
        try write("tidingsd.toml.d/10.toml", "[service]\nlogg = 1\n")
        try write("tidingsd.toml.d/30.toml", "[pipeline]\nretry_first = \"1d\"\n")
        #expect(
            try faults() == [
                "tidingsd.toml:2:10: the value of settle is not a number; a duration, a size or a date stands in quotes, "
                    + "as in \"2s\"",
                "tidingsd.toml:3:10: spool.window is the number 1; it must be from 16 to 65536",
                "tidingsd.toml.d/10.toml:2:1: unknown setting service.logg; did you mean log?",
                "tidingsd.toml.d/20.toml:1:7: the section's heading is not closed; write it as [spool], or "
                    + "[[plugins.notifier.channel]]",
                "tidingsd.toml.d/20.toml:3:9: pipeline.batch is the number 0; it must be from 1 to 4096",
                "tidingsd.toml.d/30.toml:2:15: pipeline.retry_first is the string \"1d\"; it must be from \"10ms\" to \"1h\"",
            ])
    }

    @Test func whatSettingsAreTogetherIsNotJudgedWhileOneOfThemCannotBeRead() throws {
        try write("tidingsd.toml", "[pipeline]\nretry_first = \"50min\"\nretry_longest = \"1min\"\n")
        #expect(try faults().count == 1)
        try write("tidingsd.toml.d/10.toml", "[pipeline]\nretry_longest = 2h\n")
        #expect(try faults().map { $0.prefix(27) } == ["tidingsd.toml.d/10.toml:2:17"].map { $0.prefix(27) })
    }

    @Test func aSettingOfTwoFilesHasTheLaterValueAndALaterFaultIsThatOfTheLaterFile() throws {
        try write("tidingsd.toml", "[spool]\nsettle = \"1s\"\nwindow = 100\n")
        try write("tidingsd.toml.d/b.toml", "[spool]\nsettle = \"3s\"\n")
        try write("tidingsd.toml.d/B.toml", "[spool]\nsettle = \"2s\"\n")
        let configuration = try load()
        #expect(configuration.spool.settle == .seconds(3) && configuration.spool.window == 100)
        #expect(
            configuration.files.map { ($0 as NSString).lastPathComponent } == ["tidingsd.toml", "B.toml", "b.toml"])
        try write("tidingsd.toml.d/c.toml", "spool.settle = 3\n")
        #expect(try faults().first?.hasPrefix("tidingsd.toml.d/c.toml:1:16: spool.settle is the number 3") == true)
    }

    @Test func aListInALaterFileReplacesTheWholeList() throws {
        try write("tidingsd.toml", "[pipeline]\nstages = [\"a\", \"b\"]\n[[plugins.notifier.channel]]\n")
        try write(
            "tidingsd.toml.d/1.toml", "[pipeline]\nstages = [\"c\"]\n[[plugins.notifier.channel]]\ntitle = \"x\"\n")
        let configuration = try load()
        #expect(configuration.pipeline.stages == ["c"])
        let channels = configuration.written?["plugins"]?["notifier"]?["channel"]
        guard case .array(let tables) = channels?.content else { return #expect(Bool(false)) }
        #expect(tables.count == 1 && tables[0]["title"]?.words == "the string \"x\"")
    }

    @Test func otherNamesInTheFolderAreNotRead() throws {
        try write("tidingsd.toml", "")
        for name in [".hidden.toml", "x.toml~", "x.toml.dpkg-old", "README"] {
            try write("tidingsd.toml.d/\(name)", "?")
        }
        #expect(try load().files == [file])
    }

    @Test func aFileThatIsNamedHasToExist() throws {
        #expect(try faults() == ["tidingsd.toml:1:1: cannot be read: there is no such file; look for a misspelt name"])
    }

    @Test func whatIsNoFileIsNotRead() throws {
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
        #expect(
            try faults() == ["tidingsd.toml:1:1: is a directory; put a file in its place, or name the file in it"])
        try FileManager.default.removeItem(atPath: file)
        #expect(mkfifo(file, 0o600) == 0)
        #expect(try faults() == ["tidingsd.toml:1:1: is not a regular file; put one in its place"])
    }

    @Test func aLinkIsFollowedAndADanglingOneIsToldFromNoFile() throws {
        try write("real.toml", "[spool]\nwindow = 77\n")
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "real.toml")
        #expect(try load().spool.window == 77)
        try FileManager.default.removeItem(atPath: directory.path + "/real.toml")
        #expect(try faults() == ["tidingsd.toml:1:1: is a link to what does not exist; mend or remove it"])
    }

    @Test func theFolderOfDropInsHasToBeOne() throws {
        try write("tidingsd.toml", "")
        try write("tidingsd.toml.d", "")
        #expect(try faults() == ["tidingsd.toml.d:1:1: is a file; make it a directory, and put the file into it"])
    }

    @Test func aNameThatIsNotUTF8IsToldAndNotPassedOver() throws {
        try write("tidingsd.toml", "")
        try FileManager.default.createDirectory(atPath: file + ".d", withIntermediateDirectories: false)
        let path = Array((file + ".d/").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9)] + Array(".toml".utf8CString)
        let descriptor = open(path, O_CREAT | O_WRONLY, 0o644)
        #expect(descriptor >= 0)
        close(descriptor)
        #expect(
            try faults() == [
                "tidingsd.toml.d:1:1: has a file whose name is not UTF-8, \"\u{FFFD}.toml\"; rename or remove it"
            ])
    }

    @Test func whatEverybodyMayChangeIsRefused() throws {
        try write("tidingsd.toml", "")
        try write("tidingsd.toml.d/10.toml", "")
        chmod(file, 0o646)
        chmod(file + ".d", 0o777)
        let remedy = "may be changed by everybody on this machine; take that right away: chmod o-w \(directory.path)/"
        #expect(
            try faults()
                == ["tidingsd.toml.d", "tidingsd.toml"].map { "\($0):1:1: \(remedy)\($0)" }
                .map { $0.replacingOccurrences(of: directory.path + "/", with: "") })
    }

    @Test func aFileThatEverybodyMayReplaceIsRefused() throws {
        try write("tidingsd.toml", "")
        chmod(directory.path, 0o777)
        #expect(
            try faults() == [
                "tidingsd.toml:1:1: lies in a folder that everybody on this machine may change; take that right away: "
                    + "chmod o-w \(directory.path)"
            ])
        chmod(directory.path, 0o1777)
        #expect(try faults() == [])
    }

    @Test(.enabled(if: getuid() == 0, "only root can give a file away"))
    func aFileOfSomebodyElseIsRefused() throws {
        try write("tidingsd.toml", "")
        chown(file, 4242, 4242)
        #expect(
            try faults() == [
                "tidingsd.toml:1:1: belongs to user 4242, who is neither root nor the service's user; give it to root: "
                    + "chown root tidingsd.toml"
            ])
    }

    @Test(.enabled(if: getuid() == 0, "root alone can become another user")) func whatCannotBeReadSaysForWhom()
        async throws
    {
        try write("tidingsd.toml", "")
        try write("tidingsd.toml.d/10.toml", "")
        chmod(directory.path, 0o755)
        chmod(file, 0o600)
        chmod(file + ".d", 0o700)
        await #expect(processExitsWith: .success) { [file = file as String] in
            guard setuid(65_534) == 0 else { exit(2) }
            do {
                _ = try ConfigurationLoader(file: file, registry: nil).load()
            } catch let error as ConfigurationFaults {
                let isTold =
                    error.description.contains(
                        "tidingsd.toml:1:1: cannot be read by user 65534; let that user read it (chmod or chgrp)")
                    && error.description.contains(
                        "tidingsd.toml.d:1:1: cannot be listed by user 65534; let that user read it: chmod or chgrp")
                exit(isTold ? 0 : 3)
            } catch {
                exit(4)
            }
        }
    }

    @Test func aFileOfOneMebibyteIsReadAndALargerOneIsNot() throws {
        try write("tidingsd.toml", String(repeating: "#", count: (1 << 20) - 1) + "\n")
        #expect(try faults() == [])
        try write("tidingsd.toml", String(repeating: "#", count: 1 << 20) + "\n")
        #expect(try faults() == ["tidingsd.toml:1:1: is larger than 1MiB, the most that is read; make it shorter"])
    }

    @Test(arguments: [
        (
            String(repeating: "a.", count: 400_000) + "a = 1",
            "the key has more than 16 parts, as no setting has; remove it"
        ),
        (
            "[" + String(repeating: "a.", count: 400_000) + "a]",
            "the key has more than 16 parts, as no setting has; remove it"
        ),
        (
            "a = " + String(repeating: "[", count: 900_000),
            "the value of a is nested too deeply, as no setting needs; remove it"
        ),
        (
            "a = " + String(repeating: "{a=", count: 300_000),
            "the value of a is nested too deeply, as no setting needs; remove it"
        ),
        (
            "a = " + String(repeating: "{a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=", count: 20_000),
            "the value of a is nested too deeply, as no setting needs; remove it"
        ),
    ]) func whatIsNestedTooDeeplyIsRefused(text: String, message: String) throws {
        let reading = Toml.parse(Array(text.utf8), file: "x.toml")
        #expect(reading.faults.map(\.message) == [message])
    }

    @Test func ofVeryManyFaultsTheFirstAreTold() throws {
        try write("tidingsd.toml", (0..<20_000).map { "k\($0) = 1\n" }.joined())
        let told = try faults()
        #expect(told.count == 101 && told[100] == "there are 19900 more faults; correct these first")
        #expect(told[99].hasPrefix("tidingsd.toml:100:1: k99 stands before any [section]"))
    }

    @Test func aTextOfManyCharactersIsRefusedAtOnce() throws {
        try write("tidingsd.toml", "service.log = \"\(String(repeating: "x", count: 900_000))\"\n")
        #expect(try faults().map(\.count).first ?? 0 < 300)
    }

    @Test func anyTextEndsInFaultsAndNotInACrash() throws {
        let pieces = [
            "[", "]", "=", "\"", "'", "{", "}", ",", "\n", "a", "spool", ".", "#", "1", "\"\"\"", "\\", " ", "é", "*",
            "\u{1680}",
        ]
        var state: UInt64 = 7
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<14 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            let reading = Toml.parse(Array(text.utf8), file: "x.toml")
            #expect(reading.root != nil || !reading.faults.isEmpty)
            #expect(reading.faults.count <= Toml.maxFaults)
            let last = text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(reading.faults.allSatisfy { (1...last).contains($0.place?.line ?? 0) }, "\(text)")
        }
    }
}
