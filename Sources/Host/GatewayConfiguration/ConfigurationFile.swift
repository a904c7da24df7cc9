import FoundationEssentials
import Yams

/// Reads a configuration file into the whole tree, or says everything that is wrong with it.
package enum ConfigurationFile {
    /// Reads and checks a file.
    ///
    /// Relative paths in it mean relative to the file.
    /// - Throws: `ConfigurationFaults` with every fault, each with its path, line and remedy.
    package static func read(_ path: String) throws(ConfigurationFaults) -> Configuration {
        let text: String
        do {
            text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw single(path, line: 1, "cannot be read; give the path of a YAML file with --config")
        }
        let folder = URL(filePath: path).absoluteURL.deletingLastPathComponent().path()
        return try parse(text, file: path, folder: folder)
    }

    /// Reads and checks a text.
    package static func parse(
        _ text: String,
        file: String,
        folder: String
    ) throws(ConfigurationFaults) -> Configuration {
        let root: Node
        do {
            root = try compose(yaml: text) ?? .mapping([:])
        } catch let error as YamlError {
            throw ConfigurationFaults(file: file, faults: [YAMLFault.fault(of: error)])
        } catch {
            throw single(file, line: 1, "is not YAML")
        }
        let faults = SettingsReader.Faults()
        var configuration = ConfigurationReading.configuration(SettingsReader(root, path: "", faults: faults))
        ConfigurationPaths.resolve(&configuration, in: folder)
        faults.all += ConfigurationCheck.faults(of: configuration)
        guard faults.all.isEmpty else {
            throw ConfigurationFaults(file: file, faults: faults.all.sorted { $0.place.line < $1.place.line })
        }
        return configuration
    }

    private static func single(_ file: String, line: Int, _ message: String) -> ConfigurationFaults {
        ConfigurationFaults(
            file: file,
            faults: [ConfigurationFault(ConfigurationPlace(path: "(file)", line: line), message)]
        )
    }
}
