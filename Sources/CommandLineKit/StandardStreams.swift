import Glibc

/// Standard input, output and error.
public enum StandardStreams {
    /// Puts something harmless where one of them is closed, so that no file that is opened later gets its number and
    /// is written to as if it were a terminal. Reading what was closed, or writing to it, still fails with EBADF.
    ///
    /// Call it before anything is opened.
    public static func occupy() {
        var status = stat()
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fstat(stream, &status) < 0 {
            // The lowest free number is this one, as those below are taken. It is open the wrong way round.
            _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
