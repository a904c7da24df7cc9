/// The keys of one of `plugins`.
enum PluginKeys {
    /// The keys that count at once for a plugin that can be replaced while the gateway runs.
    static let replaceable = ["library", "pin", "config"]

    static var table: KeyTable<PluginSettings> {
        KeyTable([
            .neededText(
                "library",
                \.library,
                takes: .atStart,
                "The plugin: a library or the folder of a bundle. A bare file name is looked for beside the program"
            ),
            .choice(
                "isolation",
                \.isolation,
                takes: .atStart,
                "Where it runs: in the gateway's process, or in a walled-in process of its own. `auto` takes those in that were shipped with the gateway"
            ),
            .bool(
                "required",
                \.isRequired,
                takes: .atStart,
                "Whether the gateway refuses to start without it"
            ),
            .optionalText(
                "pin",
                \.pin,
                takes: .atStart,
                "The SHA-256 the library must have; `beamline plugin list` prints it"
            ),
            .bool("enabled", \.isEnabled, "Whether it is loaded at all; `beamline plugin disable` says `false`"),
            .choice(
                "dynamic_items",
                \.dynamicItems,
                "What becomes of new and changed items that it lists while it runs: they `wait` for approval, unless it is trusted, or are shown at once (`allow`)"
            ),
            .textMap("sources", \.sources, "The plugin's name for a source → a name under `sources`"),
            .textMap(
                "documents",
                \.documents,
                "The plugin's name for a collection of documents → its name in the index (`beamline docs index`)"
            ),
            .json(
                "config",
                \.configuration,
                takes: .atStart,
                "The plugin's own settings; its manifest has their schema"
            ),
        ])
    }
}
