import FoundationEssentials
package import JSON
import Yams

/// Reads a configuration file into the whole tree, or says everything that is wrong with it.
package enum ConfigurationFile {
    /// Reads and checks a file and those it includes.
    ///
    /// Relative paths in a file mean relative to that file. `content` gives the texts of the others, so that a change
    /// can be tried before it is made.
    /// - Throws: `ConfigurationFaults` with every fault, each with its file, line, path and remedy.
    package static func read(
        _ path: String,
        content: (String) -> String? = Self.content
    ) throws(ConfigurationFaults) -> Configuration {
        guard let text = Self.content(of: path) else {
            throw fault(path, "cannot be read; give the path of a YAML file with --config")
        }
        let folder = URL(filePath: path).absoluteURL.deletingLastPathComponent().path()
        return try parse(text, file: path, folder: folder, content: content)
    }

    /// Reads and checks a text.
    /// - Parameters:
    ///   - text: The YAML.
    ///   - file: What places in it call it.
    ///   - folder: What relative paths in it are relative to.
    ///   - content: Gives the text of an included file, by its absolute path; nil when it cannot be read.
    /// - Returns: the whole tree, included files joined.
    /// - Throws: `ConfigurationFaults` with every fault of every file.
    package static func parse(
        _ text: String,
        file: String,
        folder: String,
        content: (String) -> String? = Self.content
    ) throws(ConfigurationFaults) -> Configuration {
        let root = try node(of: text, file)
        let faults = SettingsReader.Faults()
        var main = ConfigurationKeys.main.read(
            SettingsReader(root, file: file, path: "", faults: faults),
            over: Configuration()
        )
        let fragments = Inclusion.fragments(of: main.include, in: folder, faults, content)
        ConfigurationPaths.resolve(&main, in: folder)
        if let file = main.managedFile { main.plugins += ManagedFile.plugins(file, faults, content) }
        var whole = Inclusion.joined(main, fragments, faults).withPublicURL
        faults.all += ConfigurationCheck.faults(of: whole)
        guard faults.all.isEmpty else { throw ConfigurationFaults(inOrder(faults.all, of: file)) }
        whole.disabledPlugins = whole.plugins.filter { !$0.isEnabled }
        whole.plugins.removeAll { !$0.isEnabled }
        return whole
    }

    /// The text of a YAML file as JSON, so that it can be held against the schema.
    package static func json(_ text: String, file: String) throws(ConfigurationFaults) -> JSONValue {
        try node(of: text, file).json
    }

    /// The text of a file; nil when it cannot be read.
    package static func content(of path: String) -> String? {
        try? String(contentsOf: URL(filePath: path), encoding: .utf8)
    }

    /// The tree of a file's text; an empty file is an empty mapping.
    static func node(of text: String, _ file: String) throws(ConfigurationFaults) -> Node {
        do {
            return try compose(yaml: text) ?? .mapping([:])
        } catch let error as YamlError {
            throw ConfigurationFaults([YAMLFault.fault(of: error, in: file)])
        } catch {
            throw fault(file, "is not YAML")
        }
    }

    private static func fault(_ file: String, _ message: String) -> ConfigurationFaults {
        let place = ConfigurationPlace(file: file, line: 1, path: "(file)")
        return ConfigurationFaults([ConfigurationFault(place, message)])
    }

    /// The main file's first, then file by file, each by line.
    private static func inOrder(_ faults: [ConfigurationFault], of main: String) -> [ConfigurationFault] {
        func key(_ fault: ConfigurationFault) -> (Int, String, Int) {
            (fault.place.file == main ? 0 : 1, fault.place.file, fault.place.line)
        }
        return faults.enumerated().sorted { left, right in
            let (first, second) = (key(left.element), key(right.element))
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }
}

extension Configuration {
    /// With a public URL of host and port where none is given, and without slashes at its end.
    fileprivate var withPublicURL: Configuration {
        var whole = self
        if whole.server.publicURL.isEmpty { whole.server.publicURL = "http://\(server.host):\(server.port)" }
        while whole.server.publicURL.hasSuffix("/") { whole.server.publicURL.removeLast() }
        return whole
    }
}
