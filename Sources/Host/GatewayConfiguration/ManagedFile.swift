import FoundationEssentials

/// The file that commands write plugins to: `plugins.managed`.
enum ManagedFile {
    /// The plugins it enables or disables; none when it is not there yet.
    static func plugins(
        _ path: String,
        _ faults: SettingsReader.Faults,
        _ content: (String) -> String?
    ) -> [PluginSettings] {
        // Asked first: a command may make the file at any moment.
        let isThere = FileManager.default.fileExists(atPath: path)
        guard let text = content(path) else {
            if isThere {
                let place = ConfigurationPlace(file: path, line: 1, path: "(file)")
                faults.add(place, "cannot be read; check its owner and mode")
            }
            return []
        }
        do {
            let reader = SettingsReader(
                try ConfigurationFile.node(of: text, path),
                file: path,
                path: "",
                faults: faults
            )
            PluginMapKeys.checkFragment(reader)
            var configuration = ConfigurationKeys.managed.read(reader, over: Configuration())
            ConfigurationPaths.resolve(&configuration, in: ConfigurationPaths.folder(of: path))
            return configuration.plugins
        } catch {
            faults.all += error.faults
            return []
        }
    }
}
