import CommandLineKit
import Glibc
import Primitives

/// `tidingsd` as a program that answers questions: it knows the plugins that it was built with, which this one does
/// not. The one beside this program is asked, else the one on the search path.
enum DaemonBinary {
    /// Turns this process into `tidingsd` with that option, `--json` and `--config`. Comes back only if it cannot be
    /// started.
    static func exec(_ option: String, _ common: CommonOptions, _ console: Console) -> Failure {
        console.flush()
        let words = DaemonBinary.words(option, common)
        defer { for word in words { free(word) } }
        if let beside { execv(beside, words) }
        execvp("tidingsd", words)
        return failure(errno)
    }

    /// What `tidingsd` writes to standard output. What it says on standard error goes there.
    ///
    /// - Throws: A failure without a message where it has said itself what is wrong.
    static func output(_ option: String, _ common: CommonOptions, _ console: Console) throws(Failure) -> [UInt8] {
        console.flush()
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure(errno) }
        let words = DaemonBinary.words(option, common)
        defer { for word in words { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var child: pid_t = 0
        var code = ENOENT
        if let beside { code = posix_spawn(&child, beside, &actions, nil, words, environ) }
        if code != 0 { code = posix_spawnp(&child, "tidingsd", &actions, nil, words, environ) }
        close(ends[1])
        defer { close(ends[0]) }
        guard code == 0 else { throw failure(code) }
        let output = readAll(ends[0])
        var status: CInt = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            // The status of an end by exit(3) stands in the second byte.
            throw Failure(ExitStatus(rawValue: status >> 8 & 0xFF) ?? .software, "")
        }
        return output
    }

    private static func readAll(_ descriptor: CInt) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: InputFile.pieceBytes)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }

    private static func words(_ option: String, _ common: CommonOptions) -> [UnsafeMutablePointer<CChar>?] {
        var arguments = ["tidingsd", option]
        if common.json { arguments.append("--json") }
        if let file = common.configurationFile { arguments += ["--config", file] }
        return arguments.map { strdup($0) } + [nil]
    }

    private static func failure(_ code: CInt) -> Failure {
        Failure(
            code == EACCES ? .permission : .unavailable,
            "tidingsd cannot be started to answer this: \(String(cString: strerror(code))); "
                + "install it beside this program or on the PATH")
    }

    /// `tidingsd` in the folder of this program.
    private static var beside: String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return nil }
        let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.lastIndex(of: "/").map { path[...$0] + "tidingsd" }
    }
}
