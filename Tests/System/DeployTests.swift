import Foundation
import Testing

/// What can be said of the files in Deploy without running them; Deploy/system-test runs them under a real systemd.
struct DeployTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func lines(_ path: String) throws -> [String] {
        try String(contentsOf: root.appending(path: path), encoding: .utf8).components(separatedBy: "\n")
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }

    static func run(_ command: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]
        process.currentDirectoryURL = root
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    @Test(arguments: [
        // journald's limit is lifted by a large burst; an interval of 0 would not do it.
        "LogRateLimitIntervalSec=1s", "LogRateLimitBurst=4000000",
        // A bad configuration does not mend itself.
        "Restart=on-failure", "RestartPreventExitStatus=78",
        "Type=notify", "ExecReload=/bin/kill -HUP $MAINPID", "User=tidingsd", "TimeoutStopSec=30s",
        "ProtectSystem=strict", "PrivateNetwork=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet=CAP_LEASE",
        // Without it the daemon has none of what it is bounded to.
        "AmbientCapabilities=CAP_LEASE",
    ])
    func theUnitSays(_ line: String) throws {
        #expect(try DeployTests.lines("Deploy/tidingsd.service").contains(line))
    }

    @Test func theUnitShowsSubmittersAsTheyAre() throws {
        let unit = try DeployTests.lines("Deploy/tidingsd.service")
        #expect(unit.filter { $0.hasPrefix("PrivateUsers=") || $0.hasPrefix("DynamicUser=") } == [])
    }

    @Test(arguments: ["incoming", "active", "rejected", "held", "deferred", "accepted", "replies", "requests"])
    func theSpoolHasItsFolders(_ folder: String) throws {
        let made = try DeployTests.lines("Deploy/tmpfiles.d/tidingsd.conf").map {
            $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        }
        let line = made.first { $0[0] == "d" && $0[1] == "/var/spool/tidingsd/\(folder)" }
        #expect(line?[3...4] == ["tidingsd", "tidingsd"])
    }

    @Test(arguments: [("replies", "7d"), ("rejected", "90d"), ("held", "-"), ("deferred", "-"), ("incoming", "-")])
    func onlyWhatIsAnsweredAgesOut(_ folder: String, age: String) throws {
        let line = try DeployTests.lines("Deploy/tmpfiles.d/tidingsd.conf").first {
            $0.hasPrefix("d ") && $0.contains("/var/spool/tidingsd/\(folder) ")
        }
        #expect(line?.split(separator: " ").last.map(String.init) == age)
    }

    @Test func thereIsAUserAndTwoGroups() throws {
        let made = try DeployTests.lines("Deploy/sysusers.d/tidingsd.conf").map {
            $0.split(separator: " ", omittingEmptySubsequences: true).prefix(2).joined(separator: " ")
        }
        #expect(made == ["u tidingsd", "g tidings", "g tidings-admin"])
    }

    @Test(
        arguments: [
            "Deploy/build", "Deploy/install", "Deploy/uninstall", "Deploy/test", "Deploy/system-test",
            "Deploy/install-packages", ".ci/run", "Tests/System/boot", "Tests/System/driver", "Tests/System/lib.sh",
        ])
    func scriptsParse(_ path: String) throws {
        let result = try DeployTests.run("/bin/bash", ["-n", path])
        #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
    }

    @Test(arguments: [
        "Deploy/kill-test", "Deploy/kill-points", "Deploy/fault-points", "Tests/Kill/updates.py", "Tests/Kill/ten.py",
        "Tests/Kill/checks.py", "Tests/Kill/faults.py", "Tests/Kill/points.py", "Tests/Kill/power.py",
        "Tests/Kill/load.py", "Tests/System/await-values", "Tests/System/await-text", "Deploy/await-ready",
    ])
    func programsParse(_ path: String) throws {
        let result = try DeployTests.run(
            "/usr/bin/env", ["python3", "-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())", path])
        #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
    }

    @Test func everySystemLibraryHasItsPackage() throws {
        let manifest = try String(contentsOf: DeployTests.root.appending(path: "Package.swift"), encoding: .utf8)
        let packages = Set(
            try DeployTests.lines("Deploy/packages").map { String($0.split(separator: " ")[0]) })
        for match in manifest.matches(of: /\.apt\(\["([^"]+)"\]\)/) {
            #expect(packages.contains(String(match.output.1)), "add it to Deploy/packages")
        }
    }

    @Test func installingTakesRootOrAFolder() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tidings-dest-\(UUID().uuidString)")
        let binaries = folder.appending(path: "binaries")
        try FileManager.default.createDirectory(at: binaries, withIntermediateDirectories: true)
        defer {
            // ignoring: a folder left in the temporary directory harms nobody
            try? FileManager.default.removeItem(at: folder)
        }
        for name in ["tidingsd", "tidings"] {
            let file = binaries.appending(path: name)
            try Data("#!/bin/sh\n".utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        let result = try DeployTests.run(
            "/usr/bin/env",
            [
                "DESTDIR=\(folder.path)/root", "PREFIX=/usr", "TIDINGS_BINARIES=\(binaries.path)", "Deploy/install",
            ])
        #expect(result.status == 0, "\(result.output)")
        let unit = try String(
            contentsOf: folder.appending(path: "root/usr/lib/systemd/system/tidingsd.service"), encoding: .utf8)
        #expect(unit.contains("\nExecStart=/usr/bin/tidingsd\n"))
        for path in [
            "usr/bin/tidingsd", "usr/lib/systemd/catalog/tidingsd.catalog", "etc/tidingsd/tidingsd.toml.d",
            "usr/share/man/man5/tidingsd.toml.5",
            "usr/share/doc/tidingsd/examples/newsroom/tidingsd.toml",
            "usr/share/doc/tidingsd/examples/network.conf",
        ] {
            #expect(FileManager.default.fileExists(atPath: folder.path + "/root/" + path), "\(path)")
        }
    }
}
