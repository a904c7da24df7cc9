/// Reads the files a main file includes, holds each to what it owns, and joins them.
enum Inclusion {
    /// An included file, read.
    struct Fragment {
        let include: IncludeSettings
        let configuration: Configuration
    }

    /// Reads every file that is there.
    static func fragments(
        of includes: [IncludeSettings],
        in folder: String,
        _ faults: SettingsReader.Faults,
        _ content: (String) -> String?
    ) -> [Fragment] {
        var owners: [String: ConfigurationPlace] = [:]
        var paths: Set<String> = []
        return includes.compactMap { include in
            if include.owns.isEmpty, !include.path.isEmpty {
                faults.add(include.place, "`owns` is missing: the namespaces the file is for, such as [epic]")
            }
            for namespace in include.owns {
                if !NamespaceName.isValid(namespace) {
                    faults.add(include.place, "owns `\(namespace)`: \(NamespaceName.rule)")
                }
                if let other = owners.updateValue(include.place, forKey: namespace) {
                    faults.add(include.place, "owns `\(namespace)`, which another file owns already (\(other))")
                }
            }
            guard !include.path.isEmpty else { return nil }
            let path = ConfigurationPaths.absolute(include.path, in: folder)
            guard paths.insert(path).inserted else {
                faults.add(include.place, "\(include.path) is included twice; remove one")
                return nil
            }
            guard let text = content(path) else {
                faults.add(include.place, "the file \(path) cannot be read; check its path, owner and mode")
                return nil
            }
            return fragment(text, path, include, faults)
        }
    }

    /// Joins what the files say; a name that two of them give is a fault with both places.
    static func joined(
        _ main: Configuration,
        _ fragments: [Fragment],
        _ faults: SettingsReader.Faults
    ) -> Configuration {
        var whole = main
        for fragment in fragments {
            whole.plugins += fragment.configuration.plugins
            whole.sources += fragment.configuration.sources
            whole.views += fragment.configuration.views
            whole.roles += fragment.configuration.roles
        }
        reportTwice(whole.plugins, \.namespace, "plugin", faults)
        reportTwice(whole.sources, \.name, "source", faults)
        faults.all += RoleCheck.faults(of: whole)
        for role in whole.roles {
            guard let index = whole.issuers.firstIndex(where: { $0.id == role.issuer }) else { continue }
            whole.issuers[index].roles.append(.init(group: role.group, role: role.role))
        }
        whole.roles = []
        return whole
    }

    private static func fragment(
        _ text: String,
        _ path: String,
        _ include: IncludeSettings,
        _ faults: SettingsReader.Faults
    ) -> Fragment? {
        do {
            let reader = SettingsReader(
                try ConfigurationFile.node(of: text, path),
                file: path,
                path: "",
                faults: faults
            )
            PluginMapKeys.checkFragment(reader)
            for key in ConfigurationKeys.mainOnly where reader.has(key) {
                reader.fault(at: key, key == "include" ? nested : "belongs in the main file; \(allowed)")
            }
            var configuration = ConfigurationKeys.included.read(reader, over: Configuration())
            ConfigurationPaths.resolve(&configuration, in: ConfigurationPaths.folder(of: path))
            faults.all += Ownership(include.owns).faults(of: configuration)
            return Fragment(include: include, configuration: configuration)
        } catch {
            faults.all += error.faults
            return nil
        }
    }

    private static let nested = "only the main file may include others; name this file's there"
    private static let allowed = "an included file may hold plugins, roles, sources and views of the namespaces it owns"

    private static func reportTwice<Element: Placed>(
        _ elements: [Element],
        _ name: KeyPath<Element, String>,
        _ kind: String,
        _ faults: SettingsReader.Faults
    ) {
        var first: [String: ConfigurationPlace] = [:]
        for element in elements {
            let name = element[keyPath: name]
            if let place = first[name] {
                faults.add(element.place, "the \(kind) `\(name)` is there already (\(place)); remove one")
            } else {
                first[name] = element.place
            }
        }
    }
}
