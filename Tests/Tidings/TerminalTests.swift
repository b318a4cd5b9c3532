import EventModel
import Foundation
import TestKit
import Testing

@testable import tidings

/// What a person at a terminal sees, and a file or a pipe does not.
@Suite struct TerminalTests {
    static let escape = "\u{1B}"
    static let long = Samples.concert.replacing(
        "Harbour Choir", with: "The Harbour Choir sings 海の歌 and songs of many shores"
    )
    .replacing("harbour-choir-2028", with: "harbour-choir-2028@culture.oostmeer.example")

    static func archive() async throws -> PrivateService {
        try await ArchiveTests.archived([
            (ArchiveTests.first, long, "choir.jsonld"),
            (
                ArchiveTests.second,
                Samples.concert.replacing("Harbour Choir", with: "Red \\u001b[31mAlert\\u0007 \\u202Etrela\\u2066"),
                "alert.jsonld"
            ),
        ])
    }

    @Test(arguments: [60, 80, 100, 200]) func aTableIsAsWideAsTheTerminalAtMost(_ columns: Int) async throws {
        let service = try await Self.archive()
        let words = ["list", "--config", service.configuration]
        let (screen, status) = try TerminalProgram(words, columns: columns, environment: ["TERM": "dumb"]).end()
        #expect(status == 0)
        let lines = screen.split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        for line in lines { #expect(line.displayWidth <= columns, "\(line)") }
        #expect(lines.contains { $0.contains("…") } == (columns < 160))
        let piped = try service.run("list").output
        #expect(!piped.contains("…"))
        #expect(piped.contains("sings 海の歌 and songs of many shores  Old Crane"))
        #expect(piped.contains("  harbour-choir-2028@culture.oostmeer.example\n"))
    }

    @Test func columnsStandBelowEachOther() async throws {
        let lines = try await Self.archive().run("list").output.split(separator: "\n").map(String.init)
        let places = lines.map { line in line.range(of: "PLACES") ?? line.range(of: "Old Crane") }
        let columns = zip(lines, places).map { line, place in place.map { String(line[..<$0.lowerBound]).displayWidth }
        }
        #expect(Set(columns).count == 1 && columns.first != .some(nil), "\(columns)")
    }

    struct Look: Sendable, CustomTestStringConvertible {
        let environment: [String: String]
        let isColoured: Bool
        var testDescription: String { "\(environment)" }
    }

    @Test(arguments: [
        Look(environment: ["TERM": "xterm"], isColoured: true),
        Look(environment: ["TERM": "xterm", "NO_COLOR": ""], isColoured: true),
        Look(environment: ["TERM": "xterm", "NO_COLOR": "1"], isColoured: false),
        Look(environment: ["TERM": "dumb"], isColoured: false),
        Look(environment: [:], isColoured: false),
    ]) func coloursAreForTerminalsThatWantThem(_ look: Look) async throws {
        let service = try await Self.archive()
        let words = ["list", "--config", service.configuration]
        let (screen, _) = try TerminalProgram(words, environment: look.environment).end()
        #expect(screen.contains("\(Self.escape)[1mSTART\(Self.escape)[0m") == look.isColoured)
        if !look.isColoured { #expect(!screen.contains(Self.escape)) }
        let program = try TidingsProgram(words, environment: look.environment)
        #expect(!(try program.end().output.contains(Self.escape)))
    }

    @Test func whatANameTriesToDoToTheTerminalIsShown() async throws {
        let service = try await Self.archive()
        for command in [["list"], ["show", "harbour-choir-2028"], ["why", "harbour-choir-2028"]] {
            let words = command + ["--config", service.configuration]
            let (screen, _) = try TerminalProgram(words, columns: 200, environment: ["TERM": "dumb"]).end()
            #expect(!screen.contains(Self.escape) && !screen.contains("\u{7}"), "\(command)")
            // The escape itself was dropped when the name was read.
            #expect(screen.contains("Red [31mAlert"), "\(command)")
            #expect(!screen.unicodeScalars.contains { $0 != "\n" && $0 != "\r" && !PrintableText.isPrintable($0) })
            #expect(screen.contains(" \\u{202e}trela\\u{2066}"), "\(command)")
        }
    }

    @Test func jsonIsNeitherCutNorColoured() async throws {
        let service = try await Self.archive()
        let words = ["list", "--json", "--config", service.configuration]
        let (screen, _) = try TerminalProgram(words, columns: 40).end()
        #expect(screen == (try service.run("list", "--json").output))
    }

    @Test func sentencesAreBrokenBetweenWordsForATerminalOnly() async throws {
        let service = try await Self.archive()
        let uid = "harbour-choir-2028@culture.oostmeer.example"
        let words = ["show", uid, "--config", service.configuration]
        let (screen, _) = try TerminalProgram(words, columns: 60, environment: ["TERM": "dumb"]).end()
        let lines = screen.split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { $0.displayWidth <= 60 }, "\(screen)")
        #expect(try service.run("show", uid).output.contains("  2028-06-02 20:00  Old Crane, Quay 3, Oostmeer"))
    }

    @Test(.timeLimit(.minutes(10))) func longWorkShowsHowFarItIsAndClearsThatAway() throws {
        let service = try PrivateService()
        let daemon = try Answering(service.spool)
        let files = try ["a.jsonld", "b.jsonld"].map { try service.file($0) }
        let program = try TerminalProgram(["submit", "-w", "--config", service.configuration] + files)
        let bar = "\r\(Self.escape)[K[........................] 0 of 2  answered"
        let seen = try program.read(until: "answered")
        #expect(seen == bar)
        for _ in files { try daemon.answerOne { _ in "accepted" } }
        let (rest, status) = program.end()
        #expect(status == 0)
        // The bar is gone before the first answer stands in its place.
        let first = try #require(rest.range(of: ".jsonld:\(Self.escape)[32m accepted:"))
        #expect(rest[..<first.lowerBound].hasSuffix("\r\(Self.escape)[K\(service.folder.path)/a"))
        // One that comes again while the second is waited for goes, too.
        let bars = rest[first.upperBound...].components(separatedBy: "[#").dropFirst()
        #expect(bars.allSatisfy { $0.contains("\r\(Self.escape)[K") })
    }

    @Test func noBarGoesIntoAPipe() throws {
        let service = try PrivateService()
        let file = try service.file("quick.jsonld")
        let ended = try service.start(["check"] + Array(repeating: file, count: 400)).end()
        #expect(!ended.complaints.contains("\r"))
        #expect(!ended.output.contains("\r"))
    }
}
