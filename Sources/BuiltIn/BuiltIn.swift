import Archiver
import Notifier
public import PluginKit

/// The plugins that tidingsd ships.
public enum BuiltIn {
    /// All of them, in the order of the reference.
    public static var plugins: [Registration] {
        [Registration(Archiver.self), Registration(Notifier.self)]
    }
}
