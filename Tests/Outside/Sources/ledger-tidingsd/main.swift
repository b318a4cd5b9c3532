import BuiltIn
import Daemon
import LedgerPlugin
import PluginKit

// tidingsd with the plugins that it ships and one more.
DaemonProgram.run(plugins: BuiltIn.plugins + [Registration(LedgerPlugin.self)])
