import Foundation
import Spool
import TestKit
import Testing

@testable import tidings

/// `submit` where names are odd, rights are missing, disks are full, and people impatient.
@Suite struct SubmitTroubleTests {
    struct Name: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let shown: String
        /// How its name begins in the spool, where it is not the same.
        let stored: [UInt8]?
        var testDescription: String { shown }

        init(_ text: String, shown: String? = nil, stored: String? = nil) {
            bytes = Array(text.utf8)
            self.shown = shown ?? text
            self.stored = stored.map { Array($0.utf8) }
        }

        init(bytes: [UInt8], shown: String) {
            self.bytes = bytes
            self.shown = shown
            stored = nil
        }
    }

    static let names = [
        Name("two words.ics"), Name("-dash.ics"), Name("ünïcode 東京.ics"), Name("report.json"),
        Name("line\nbreak.ics", shown: "line\\nbreak.ics"),
        Name("esc\u{1B}[2Jape.ics", shown: "esc\\x1b[2Jape.ics"),
        Name(bytes: [0x66, 0xFF, 0x66], shown: "f\\xfff"), Name(".hidden.ics", stored: "hidden.ics"),
        Name("half.part", stored: "half.part.update"), Name("backup~", stored: "backup~.update"),
        Name(String(repeating: "n", count: 251) + ".ics"),
    ]

    @Test(arguments: names) func anOddNameIsDroppedAndShownHarmlessly(_ name: Name) throws {
        let service = try PrivateService()
        let path = Array("\(service.folder.path)/".utf8) + name.bytes
        let cPath = path.map { CChar(bitPattern: $0) } + [0]
        let descriptor = open(cPath, O_CREAT | O_WRONLY, 0o600)
        try #require(descriptor >= 0)
        _ = Samples.concert.withCString { write(descriptor, $0, strlen($0)) }
        close(descriptor)
        // By a pattern of the shell, as Process takes no bytes.
        let ended = try StreamTests.shell(
            "for f in *; do case $f in *.toml | spool | state) ;; *) "
                + "tidings submit -- \"./$f\" ;; esac; done; for f in .h*; do [ ! -f $f ] || tidings submit $f; done",
            service)
        #expect(ended.complaints == "")
        #expect(ended.output.contains(": dropped as "))
        #expect(ended.output.contains(name.shown))
        #expect(!ended.output.contains("\u{1B}"))
        let stored = name.stored ?? name.bytes
        var status = stat()
        let inSpool = (Array("\(service.spool)/incoming/".utf8) + stored).map { CChar(bitPattern: $0) } + [0]
        #expect(stat(inSpool, &status) == 0)
    }

    @Test(.timeLimit(.minutes(10))) func anInterruptedWaitSaysWhatIsSafe() throws {
        let service = try PrivateService()
        let files = try ["a.jsonld", "b.jsonld"].map { try service.file($0) }
        let program = try TerminalProgram(
            ["submit", "-w", "-t", "1h", "--config", service.configuration] + files, environment: ["TERM": "xterm"])
        let seen = try program.read(until: "0 of 2  answered")
        program.interrupt()
        let (screen, status) = program.end()
        for file in files {
            #expect(
                (seen + screen).contains(
                    "tidings submit: \(file): interrupted before the answer, and no daemon works on the spool; the file is "
                        + "safe in \(service.spool): 'tidings why \(file.split(separator: "/").last ?? "")' tells more later\n"
                ))
        }
        // Ended by the signal, as its parent expects it.
        #expect(status == SIGINT)
    }

    @Test(.timeLimit(.minutes(10))) func anInterruptedSubmissionSaysWhatIsDropped() throws {
        let service = try PrivateService()
        let file = try service.file("a.jsonld")
        // Nobody writes to it, and it is named as what a shell gives: the program waits there.
        let fifo = "\(service.folder.path)/slow.jsonld"
        let slow = "/proc/self/cwd/slow.jsonld"
        try #require(mkfifo(fifo, 0o600) == 0)
        let program = try TidingsProgram(
            ["submit", "--config", service.configuration, file, slow, file], directory: service.folder.path)
        let watcher = try Watcher.start(try SpoolDirectory.open(service.spool))
        withExtendedLifetime(watcher) {}
        // The writer's open returns when the program has opened its end: the first file is dropped by then.
        let writer = open(fifo, O_WRONLY)
        program.interrupt(SIGTERM)
        let ended = try program.end()
        close(writer)
        #expect(ended.output == "\(file): dropped as a.jsonld\n")
        #expect(ended.complaints == "tidings submit: interrupted; 2 files not dropped, from \(slow) on\n")
        #expect(ended.status == SIGTERM)
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(service.spool)/incoming")
        #expect(left == ["a.jsonld"])
    }

    @Test(.timeLimit(.minutes(10)), arguments: ["submit", "check", "decode"])
    func whatNobodyMayEverWriteToIsNotWaitedFor(_ command: String) throws {
        let service = try PrivateService()
        let fifo = "\(service.folder.path)/slow.jsonld"
        try #require(mkfifo(fifo, 0o600) == 0)
        let ended = try service.run(command, fifo)
        #expect(ended.status == 66)
        #expect(
            ended.complaints
                == "tidings \(command): \(fifo): this is a FIFO and no file; read it into '-', the standard input\n")
        #expect(try service.run(command, "/dev/null").complaints.contains("/dev/null: this is a device and no file"))
    }

    @Test(.enabled(if: canMount, "no right to mount a filesystem of its own")) func aFullDiskIsSaidAndTheRestTried()
        throws
    {
        let service = try PrivateService()
        let small = try service.file("small.jsonld")
        let large = try service.file("large.jsonld", Samples.concert + String(repeating: " ", count: 300_000))
        let script = """
            mount -t tmpfs -o size=128k none '\(service.spool)/incoming' && '\(try TidingsProgram.built())' submit \
            --config '\(service.configuration)' '\(large)' '\(small)'; echo $?; ls -A '\(service.spool)/incoming'
            """
        let ended = try TidingsProgram(
            ["--mount", "/bin/sh", "-c", script], environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            program: "/usr/bin/unshare"
        ).end()
        #expect(ended.complaints.contains("tidings submit: \(large): cannot write "))
        #expect(ended.complaints.contains("No space left on device (ENOSPC). Free space or inodes on this filesystem"))
        #expect(ended.output == "\(small): dropped as small.jsonld\n75\nsmall.jsonld\n")
    }

    static var canMount: Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        process.arguments = ["--mount", "/usr/bin/mount", "-t", "tmpfs", "none", "/mnt"]
        process.environment = [:]
        process.standardError = FileHandle.nullDevice
        // ignoring: without the program there is no such right
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user")) func withoutRightsTheRemedyIsNamed() throws
    {
        let service = try PrivateService()
        let secret = try service.file("secret.jsonld")
        let open = try service.file("open.jsonld")
        chmod(secret, 0o600)
        chmod(open, 0o644)
        chmod(service.configuration, 0o644)
        chmod(service.folder.path, 0o755)
        // The program itself lies where not everybody may go.
        let program = "\(service.folder.path)/tidings"
        try TidingsProgram.copy(try TidingsProgram.built(), to: program)
        let ended = try TidingsProgram(
            [
                "--reuid=65534", "--regid=65534", "--clear-groups", program, "submit", "--config",
                service.configuration, secret, open, open,
            ],
            program: "/usr/bin/setpriv"
        ).end()
        let lines = ended.complaints.split(separator: "\n")
        #expect(
            lines.first
                == "tidings submit: \(secret): Permission denied; you have no right to read it (namei -l shows what is missing)"
        )
        #expect(
            lines.dropFirst().first?.contains(
                "tidings submit: \(open): cannot create a file in \(service.spool)/incoming") == true)
        #expect(ended.complaints.contains("group tidings"))
        #expect(ended.complaints.hasSuffix("tidings submit: 1 further file not dropped either\n"))
        #expect(ended.output == "")
        #expect(ended.status == 66)
    }
}
