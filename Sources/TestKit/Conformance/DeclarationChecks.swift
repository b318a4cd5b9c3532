import PluginKit

/// What a plugin says of itself: its manifest, its settings, and that it can be built.
extension PluginConformance {
    func checkManifest() async throws(ContractViolation) {
        let first = P.manifest
        if let fault = first.faults.first { throw ContractViolation(.manifest, fault) }
        for _ in 1...3 where String(describing: P.manifest) != String(describing: first) {
            throw ContractViolation(
                .manifest,
                "the manifest is another one at the second call; give the same values at every call")
        }
        let known = StageFacts.names + (offered().first?.items.first?.facts.names ?? [])
        for required in first.requires where !known.contains(required) {
            throw ContractViolation(
                .manifest,
                "the suite cannot make the fact \(required), which the manifest requires; set the suite's facts")
        }
    }

    func checkSettings() async throws(ContractViolation) {
        let defaults = P.Settings()
        var keys: Set<String> = []
        for setting in P.Settings.schema {
            guard keys.insert(setting.key).inserted else {
                throw ContractViolation(.settings, "the schema has \(setting.key) twice; a key stands for one setting")
            }
            guard SettingValues.isKey(setting.key) else {
                throw ContractViolation(
                    .settings, "the key \"\(setting.key)\" is not made of lower-case words joined by underscores")
            }
            if setting.summary.isEmpty {
                throw ContractViolation(.settings, "\(setting.key) has no summary; say what the setting does")
            }
        }
        if let fault = defaults.faults().first {
            throw ContractViolation(.settings, "the defaults are refused: \(fault); a plugin works without any setting")
        }
        try checkRoundTrip(of: defaults)
    }

    /// The defaults, as the reference shows them, read back to the same.
    private func checkRoundTrip(of defaults: P.Settings) throws(ContractViolation) {
        let name = "plugins.\(manifest.name)"
        let described = P.Settings.describe(defaults)
        for setting in described {
            guard setting.nested == nil else { continue }
            let toml = setting.value
            guard let value = SettingValues.read(toml) else {
                throw ContractViolation(
                    .settings, "the default of \(setting.key) is shown as \(toml), which is no TOML value")
            }
            var faults: [SettingFault] = []
            let table = SettingValue(
                .table([.init(key: setting.key, place: value.place, value: value)]), at: value.place)
            let read = P.Settings.decode(table, name: name, faults: &faults)
            if let fault = faults.first {
                throw ContractViolation(
                    .settings, "the default of \(setting.key) is refused when it is written down: \(fault.message)")
            }
            let again = P.Settings.describe(read).first { $0.key == setting.key }?.value
            if again != toml {
                throw ContractViolation(
                    .settings, "the default of \(setting.key), \(toml), is read back as \(again ?? "nothing")")
            }
        }
    }

    /// An instance can be built, and drained though nothing was offered to it.
    func checkInitialisation() async throws(ContractViolation) {
        let home = home()
        let plugin = try await build(
            in: home, "init failed with nothing wrong; give the suite settings and credentials that work")
        try await drain(plugin, "drain failed though nothing was offered")
    }
}
