import LocalFiles

/// A plugin in the folder that the site puts plugins in; looked at, never run.
package struct FoundPlugin: Sendable {
    /// The bundle or library.
    package let path: String
    package let result: Result<PluginInspection, BundleFailure>

    /// The name in its folder.
    package var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Whether an operator who says a word means this one: the name in its folder, its id, or its namespace.
    package func isCalled(_ word: String) -> Bool {
        guard name != word, let manifest = try? result.get().manifest else { return name == word }
        return manifest.id == word || manifest.namespace == word
    }

    /// Looks at every bundle and library in a folder, in the order of their names; blocks.
    ///
    /// What begins with a dot is passed over, as is what is neither a folder nor called `.so`.
    package static func all(
        in directory: String,
        trust: BundleTrust,
        limits: BundleLimits = BundleLimits()
    ) throws(BundleFailure) -> [FoundPlugin] {
        let entries: [Folder.Entry]
        do {
            entries = try Folder(path: directory).entries(atMost: limits.foundPlugins)
        } catch {
            throw BundleFailure(.file, error.reason)
        }
        return entries.filter { entry in
            guard !entry.path.hasPrefix(".") else { return false }
            return entry.kind == .folder || (entry.kind == .file && entry.path.hasSuffix(".so"))
        }.sorted { $0.path < $1.path }.map { entry in
            let path = "\(directory)/\(entry.path)"
            let result = Result { () throws(BundleFailure) in
                try PluginInspection(path: path, trust: trust, limits: limits)
            }
            return FoundPlugin(path: path, result: result)
        }
    }
}
