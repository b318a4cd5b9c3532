import Daemon
import Glibc

exit(CommandLineTool.run(Array(Argument.ofProcess().dropFirst()), Console()).rawValue)
