import Foundation
import Testing

/// The rules of the house that a compiler does not know.
@Suite struct StyleTests {
    static let product = ["Sources", "Plugins"]
    static let all = ["Sources", "Plugins", "Tests"]

    @Test func aFileStaysUnder300Lines() throws {
        let long = try SourceTree.swiftFiles("Sources", "Plugins", "Tests").filter { $0.lines.count > 301 }
        #expect(long.map { "\($0.path): \($0.lines.count - 1) lines" } == [])
    }

    @Test func noFileIsADrawer() throws {
        let drawers = ["Util", "Helper", "Extensions", "Misc", "Common"]
        let found = try SourceTree.swiftFiles("Sources", "Plugins").filter { file in
            drawers.contains { file.path.contains($0) }
        }
        #expect(found.map(\.path) == [])
    }

    @Test func anEscapeFromConcurrencyCheckingStatesItsInvariant() throws {
        let found = try SourceTree.lines(Self.product) { lines, index in
            let line = lines[index]
            guard
                line.contains("@unchecked") || line.contains("nonisolated(unsafe)") || line.contains("unowned(unsafe)")
            else { return false }
            let around = lines[max(0, index - 4)...min(index + 2, lines.count - 1)]
            return !around.contains { $0.contains("Invariant:") }
        }
        #expect(found == [])
    }

    @Test func anErrorIsNotDroppedWithoutAReason() throws {
        let found = try SourceTree.lines(Self.product) { lines, index in
            let line = lines[index]
            let isDropped = line.contains(#/\btry\?/#) || line.hasSuffix("catch {}")
            let around = lines[max(0, index - 2)...index]
            return isDropped && !around.contains { $0.contains("// ignoring:") }
        }
        #expect(found == [])
    }

    @Test func badInputIsNoReasonToCrash() throws {
        let found = try SourceTree.lines(Self.product) { lines, index in
            lines[index].contains("fatalError(") || lines[index].contains("try!")
        }
        #expect(found == [])
    }

    /// The smallest number has no `abs`, and what a file states may be it. Where files are read, the compiler refuses what
    /// else traps on extremes: `NumbersFromFiles.swift` is one file, compiled into each of these modules.
    @Test func noNumberEndsTheProcess() throws {
        let found = try SourceTree.lines(Self.product) { lines, index in
            lines[index].contains(#/\babs\(/#) && !lines[index].contains("func abs(")
        }
        #expect(found == [])
        let guards = try SourceTree.swiftFiles("Sources").filter { $0.path.hasSuffix("/NumbersFromFiles.swift") }
        #expect(guards.map(\.target).sorted() == ["Announcement", "EventFormats", "Reading"])
        for file in guards { #expect(file.lines.count { $0.contains("@available(*, deprecated") } == 7) }
    }

    @Test func onlyTheProgramsPrint() throws {
        let found = try SourceTree.lines(Self.product) { lines, index in
            lines[index].drop { $0 == " " }.hasPrefix("print(")
        }
        #expect(found == [])
    }

    @Test func testsDoNotSleep() throws {
        let sleeps = ["Task", "Thread"].map { $0 + ".sleep" } + ["usleep" + "("]
        let found = try SourceTree.lines(["Tests"]) { lines, index in
            sleeps.contains { lines[index].contains($0) }
        }
        #expect(found == [])
    }

    /// Left to itself, Foundation copies the environment of the tests' process while another test may be changing it.
    @Test func aProgramThatATestStartsIsGivenItsEnvironment() throws {
        let isGiven = #/\.environment = /#
        let found = try SourceTree.swiftFiles("Tests").filter { file in
            let starts = file.lines.count { $0.contains("= Process" + "()") }
            return starts > file.lines.count { $0.contains(isGiven) }
        }
        #expect(found.map(\.path) == [])
    }

    @Test func noWorkIsPutOff() throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
        let found = try SourceTree.lines(Self.all) { lines, index in marks.contains { lines[index].contains($0) } }
        #expect(found == [])
    }
}
