import BuiltIn
import Daemon
import PluginKit

// The daemon as it is shipped, with two plugins more: what bad files do to stages and to the process.
DaemonProgram.run(plugins: [Registration(Trouble.self), Registration(Strain.self)] + BuiltIn.plugins)
