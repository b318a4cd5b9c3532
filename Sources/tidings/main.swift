import CommandLineKit
import Glibc

StandardStreams.occupy()
exit(CommandLineTool.run(Array(Argument.ofProcess().dropFirst()), Console()).rawValue)
