import Daemon
import Glibc

/// The daemon's own program, which knows the plugins it was built with.
enum ConfigurationCheck {
    /// Turns this process into `tidingsd --check`: the one beside this program, else the one on the search path.
    /// Comes back only if there is none.
    static func exec(_ common: CommonOptions, _ console: Console) -> Failure {
        var arguments = ["tidingsd", "--check"]
        if common.json { arguments.append("--json") }
        if let file = common.configurationFile { arguments += ["--config", file] }
        console.flush()
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        if let beside { execv(beside, &words) }
        execvp("tidingsd", &words)
        let code = errno
        return Failure(
            code == EACCES ? .permission : .unavailable,
            "tidingsd cannot be started to check the configuration: \(String(cString: strerror(code))); "
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
