/// A plugin type in the list that a daemon is handed. The list is a value; a name used twice is an error.
public struct Registration: Sendable {
    /// The plugin's manifest.
    public let manifest: PluginManifest
    /// The plugin's settings with their defaults, for the reference and the shipped configuration.
    public let defaults: [SettingDescription]
    /// Reads the plugin's table and gives what builds the plugin from it. Nil stands for an absent table.
    public let configure: @Sendable (SettingValue?, inout [SettingFault]) -> Configured

    /// A plugin whose settings have been read.
    public struct Configured: Sendable {
        /// The settings in force.
        public let effective: [SettingDescription]
        /// Builds the plugin.
        public let make: @Sendable (PluginContext) async throws(PluginFailure) -> any Plugin
    }

    /// Registers a plugin type.
    public init<P: Plugin>(_ type: P.Type) {
        manifest = P.manifest
        defaults = P.Settings.describe(P.Settings())
        configure = { value, faults in
            let name = "plugins.\(P.manifest.name)"
            let settings = value.map { P.Settings.decode($0, name: name, faults: &faults) } ?? P.Settings()
            return Configured(effective: P.Settings.describe(settings)) { context throws(PluginFailure) in
                try await P(settings: settings, context: context)
            }
        }
    }
}
