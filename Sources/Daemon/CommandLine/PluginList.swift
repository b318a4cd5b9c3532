import Configuration
import EventFormats
import PluginKit

/// What a daemon knows of its plugins, for `tidingsd --plugins`.
enum PluginList {
    /// One object a line, in the order of the registry. `stage` counts from 1; null stands for no stage of the pipeline.
    static func json(_ registry: Registry, _ configuration: Configuration) -> String {
        var json = JSONWriter(capacity: 2048)
        for plugin in registry.plugins {
            let stage = configuration.pipeline.stages.firstIndex(of: plugin.manifest.name).map { $0 + 1 }
            json.object { write(plugin.manifest, stage: stage, into: &$0) }
            json.newline()
        }
        return json.text
    }

    private static func write(_ manifest: PluginManifest, stage: Int?, into json: inout JSONWriter) {
        json.key("name")
        json.string(manifest.name)
        json.key("stage")
        if let stage { json.integer(stage) } else { json.null() }
        json.key("summary")
        json.string(manifest.summary)
        let lists: [(StaticString, [String])] = [
            ("capabilities", manifest.capabilities.map(\.rawValue).sorted()), ("requires", manifest.requires),
            ("provides", manifest.provides),
        ]
        for (key, words) in lists {
            json.key(key)
            json.array { list in for word in words { list.string(word) } }
        }
        json.key("decides")
        json.bool(manifest.decides)
        json.key("keepsBytes")
        json.bool(manifest.keepsBytes)
        json.key("batchLimit")
        json.integer(manifest.batchLimit)
        json.key("deadline")
        json.string(manifest.deadline.words)
    }
}
