import Foundation
import TestKit
import Testing

/// `tidings plugin new`. That the package builds and works is Deploy/outside-test's matter.
@Suite struct PluginNewTests {
    private let folder = TemporaryDirectory()

    private func run(_ words: String...) throws -> Ended {
        try TidingsProgram(["plugin"] + words, directory: folder.path).end()
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(folder.path)/\(file)", encoding: .utf8)
    }

    @Test func aPackageIsMadeAndWhatToDoNextIsSaid() throws {
        let ended = try run("new", "word-count")
        #expect(ended.status == 0 && ended.complaints == "")
        #expect(
            ended.output == """
                made word-count: the plugin word-count, its settings, its tests and a daemon that has it
                it depends on tidingsd at \(Repository.root)

                next:
                  cd word-count
                  swift test
                  swift run word-count-tidingsd --config tidingsd.toml --create-spool --once

                README.md says more.

                """)
        #expect(try text("word-count/Package.swift").contains("path: \"\(Repository.root)\""))
        #expect(
            try text("word-count/tidingsd.toml").contains("directory = \"\(folder.path)/word-count/private/spool\""))
    }

    @Test func theFilesAreNamedAsJSON() throws {
        let ended = try run("new", "x", "--json", "--directory", "elsewhere")
        let files = try ended.objects().compactMap { $0["file"] as? String }
        #expect(files.contains("\(folder.path)/elsewhere/Sources/XPlugin/XPlugin.swift"))
        for file in files { #expect(FileManager.default.fileExists(atPath: file)) }
    }

    @Test func thePackageOfTidingsdMayHaveAnAddress() throws {
        #expect(try run("new", "x", "--tidingsd", "https://forge.example/desk/Tidingsd.git").status == 0)
        let manifest = try text("x/Package.swift")
        #expect(manifest.contains(".package(url: \"https://forge.example/desk/Tidingsd.git\", from: \"0.1.0\")"))
        #expect(manifest.contains(".product(name: \"TestKit\", package: \"tidingsd\")"))
    }

    @Test func whatIsThereIsLeftAlone() throws {
        try FileManager.default.createDirectory(atPath: "\(folder.path)/x", withIntermediateDirectories: true)
        let ended = try run("new", "x")
        #expect(ended.status == 73)
        #expect(
            ended.complaints == "tidings plugin: x is there already; remove it, or name another with --directory\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/x") == [])
    }

    @Test func aFolderThatIsNoPackageOfTidingsdIsRefused() throws {
        let ended = try run("new", "x", "--tidingsd", ".")
        #expect(ended.status == 66)
        #expect(
            ended.complaints
                == "tidings plugin: . holds no package of tidingsd; name the folder with its Package.swift\n")
    }

    private static let rule = "write up to 64 lower-case letters, digits and hyphens, a letter first"

    @Test(arguments: [
        (["new", "Word Count"], "\"Word Count\" cannot name a plugin: \(rule); did you mean \"word-count\"?"),
        (["new", "wordCount"], "\"wordCount\" cannot name a plugin: \(rule); did you mean \"word-count\"?"),
        (["new", "2"], "\"2\" cannot name a plugin: \(rule), such as \"word-count\""),
        (
            ["new", "archiver"],
            "\"archiver\" is taken by tidingsd itself; choose another name, such as \"my-archiver\""
        ),
        (["nwe", "x"], "unknown action \"nwe\"; did you mean \"new\"?"),
        (["new"], "NAME is missing; name the new plugin"),
    ]) func aNameThatIsNoneIsRefusedWithTheNearest(words: [String], message: String) throws {
        let ended = try TidingsProgram(["plugin"] + words, directory: folder.path).end()
        #expect(ended.status == 64)
        #expect(ended.complaints == "tidings plugin: \(message)\nTry 'tidings plugin --help'.\n")
    }
}

/// Where the sources lie.
private enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().resolvingSymlinksInPath().path
}
