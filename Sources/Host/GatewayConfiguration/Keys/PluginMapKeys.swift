import JSON

/// The key `plugins`: plugins by their namespace, and in the main file two words that are no namespaces.
enum PluginMapKeys {
    private static let directory = "directory"
    private static let managed = "managed"

    /// With the words of the main file.
    static var main: SettingKey<Configuration> {
        let plugins = included
        return SettingKey(
            plugins.name,
            schema: { settings in
                guard case .object(var table) = plugins.schema(settings) else { return [:] }
                table["properties"] = [
                    "directory": SchemaText.value(
                        "string",
                        "A folder whose plugins `beamline plugin list` shows; none of them runs unless it is enabled"
                    ),
                    "managed": SchemaText.value(
                        "string",
                        "The file that `beamline plugin enable` and `disable` write; it holds plugins and nothing else, and need not be there yet"
                    ),
                ]
                return .object(table)
            },
            read: { reader, settings in
                plugins.read(reader, &settings)
                let section = reader.section(plugins.name)
                settings.pluginsDirectory = section?.string(directory)
                settings.managedFile = section?.string(managed)
            },
            differences: { running, wanted in
                var differences = plugins.differences(running, wanted)
                if running.pluginsDirectory != wanted.pluginsDirectory {
                    differences.append(SettingDifference(path: "\(plugins.name).\(directory)", isReloadable: true))
                }
                if running.managedFile != wanted.managedFile {
                    differences.append(SettingDifference(path: "\(plugins.name).\(managed)", isReloadable: true))
                }
                return differences
            },
            hold: plugins.hold
        )
    }

    /// The plugins alone.
    static var included: SettingKey<Configuration> {
        .named(
            "plugins",
            \.plugins,
            identifiedBy: \.namespace,
            pattern: "^[a-z][a-z0-9]{1,15}$",
            but: [directory, managed],
            element: { PluginKeys.table.schema(PluginSettings(place: .nowhere)) },
            read: { name, reader in
                PluginKeys.table.read(reader, over: PluginSettings(namespace: name, place: reader.place))
            },
            table: PluginKeys.table,
            "The plugins by the namespace the site gives each"
        )
    }

    /// Reports the main file's words in another file.
    static func checkFragment(_ reader: SettingsReader) {
        guard let section = reader.section(included.name) else { return }
        for word in [directory, managed] where section.has(word) {
            section.fault(at: word, "belongs in the main file; no namespace is called so")
        }
    }
}
