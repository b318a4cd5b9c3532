import Archiver
import Notifier
public import PluginKit
import Validator

/// The plugins that tidingsd ships.
public enum BuiltIn {
    /// All of them, in the order of the reference.
    public static var plugins: [Registration] {
        [Registration(Validator.self), Registration(Archiver.self), Registration(Notifier.self)]
    }
}
