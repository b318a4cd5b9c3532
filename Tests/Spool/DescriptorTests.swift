import EventModel
import Foundation
import Testing

@testable import Spool
import Primitives

/// How much of a file is read.
@Suite struct ReadingTests {
    @Test(arguments: [3, 10, 100]) func whateverSizeAFileWasSaidToHaveOneByteBeyondTheLimitIsTheMost(said: Int) throws {
        let scratch = try Scratch()
        try scratch.write("grown", String(repeating: "x", count: 1000))
        let file = Descriptor(open("\(scratch.path)/grown", O_RDONLY))
        #expect(try file.readAll(expecting: said, limit: 10).count == 11)
    }
}

/// What happens where a process may open no more files. Each in a process of its own, whose limit is lowered.
@Suite struct DescriptorTests {
    @Test func withoutDescriptorsIntakeRestsAndGoesOn() async {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            for number in 0..<3 { try scratch.drop("\(number)") }
            var intake = Intake(scratch.spool, after: nil)
            intake.requestScan()
            let limit = Descriptors.leave(0)
            let none = intake.take(files: 9, bytes: .max)
            Descriptors.restore(limit)
            guard none.files.isEmpty, none.trouble?.errno == Errno(EMFILE),
                none.trouble?.description.contains("raise LimitNOFILE= of the unit") == true
            else { exit(1) }
            // One is enough, for the folder and then for each file.
            _ = Descriptors.leave(1)
            let all = intake.take(files: 9, bytes: .max)
            guard all.files.count == 3, all.trouble == nil else { exit(2) }
            exit(0)
        }
    }

    @Test func whatAProcessInheritsIsNotCounted() async {
        await #expect(processExitsWith: .success) {
            let inherited = (0..<20).map { _ in dup(0) }
            for descriptor in inherited where !descriptor.isMultiple(of: 3) { close(descriptor) }
            _ = Descriptors.leave(5)
            exit((0..<100).filter { _ in dup(0) >= 0 }.count == 5 ? 0 : 1)
        }
    }

    @Test func manyReportsNeedFewDescriptors() async {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            var endings: [Ending] = []
            for number in 0..<500 {
                try scratch.drop("\(number)")
                let file = try scratch.claimed("\(number)", as: .test(UInt64(number)))
                endings.append(Ending(file.file, .reject(report: [1])))
            }
            _ = Descriptors.leave(SpoolDirectory.reportsAtOnce + 4)
            let answers = scratch.spool.finish(endings)
            exit(answers.allSatisfy { $0.word == "done" } ? 0 : 1)
        }
    }
}

enum Descriptors {
    /// Lets the process open that many more. What a process inherits leaves gaps between the numbers.
    static func leave(_ count: Int) -> rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        var next: CInt = 0
        var free = 0
        while free < count || fcntl(next, F_GETFD) >= 0 {
            if fcntl(next, F_GETFD) < 0 { free += 1 }
            next += 1
        }
        var lower = limit
        lower.rlim_cur = rlim_t(next)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &lower)
        return limit
    }

    static func restore(_ limit: rlimit) {
        var limit = limit
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
