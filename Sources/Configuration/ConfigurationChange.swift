import PluginKit

/// What differs between two configurations, setting by setting.
package struct ConfigurationChange {
    /// Changes that are told one by one.
    static let maxTold = 8

    /// One setting that differs.
    private struct Difference {
        let name: String
        let before: String?
        let after: String?
        let place: SettingPlace?

        /// `spool.settle is "3s" (FILE:LINE:COLUMN) instead of "2s"`.
        var words: String {
            guard let after else { return "\(name) is gone" }
            let place = place.map { "\($0)" } ?? "the default"
            return "\(name) is \(after) (\(place))" + (before.map { " instead of \($0)" } ?? "")
        }

        /// Whether the process has to be started anew for it.
        var needsRestart: Bool {
            name.hasPrefix("spool.") || name == "service.state_directory" || name == "service.log"
        }
    }

    private let differences: [Difference]

    /// Compares what is in force with what would be.
    package init(from running: Configuration, to next: Configuration) {
        let before = running.effective.flatMap(\.settings)
        let after = next.effective.flatMap(\.settings)
        let old = Dictionary(before.map { ($0.name, $0.setting.value) }) { first, _ in first }
        let names = Set(after.map(\.name))
        differences =
            after.filter { old[$0.name] != $0.setting.value }.map {
                Difference(name: $0.name, before: old[$0.name], after: $0.setting.value, place: $0.source)
            }
            + before.filter { !names.contains($0.name) }.map {
                Difference(name: $0.name, before: $0.setting.value, after: nil, place: nil)
            }
    }

    /// Why a reload cannot do it; nil where it can.
    package var refusal: String? {
        let fixed = differences.filter(\.needsRestart)
        guard !fixed.isEmpty else { return nil }
        let remedy = "only a restart can change \(fixed.count == 1 ? "this" : "these"): systemctl restart tidingsd"
        return ConfigurationChange.told(fixed) + "; " + remedy
    }

    /// What changes; nil where nothing does.
    package var words: String? { differences.isEmpty ? nil : ConfigurationChange.told(differences) }

    private static func told(_ differences: [Difference]) -> String {
        let told = differences.prefix(maxTold).map(\.words).joined(separator: "; ")
        return differences.count > maxTold ? told + "; and \(differences.count - maxTold) more" : told
    }
}
