import BuiltIn
import Daemon

DaemonProgram.run(plugins: BuiltIn.plugins)
