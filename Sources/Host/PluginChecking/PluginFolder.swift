import FoundationEssentials

/// Where a plugin's files are: its library, the manifest beside it, and what its author recorded for the checks.
package struct PluginFolder: Hashable, Sendable {
    /// Why there is no plugin to check.
    package struct Failure: Error, Hashable, Sendable {
        /// A sentence that says what to do.
        package let reason: String
    }

    package let library: String
    /// The manifest as a file; nil when there is none.
    package let manifest: String?
    /// The folder with `sources.json`, `arguments.json`, `queries.json` and `config.json`, all optional; nil when there is none.
    package let recordings: String?

    /// Finds the files of a plugin.
    ///
    /// The path names the library, or a folder that has one: itself, in `build`, or in `linux-<machine>`. Throws
    /// `Failure`.
    package init(_ path: String) throws(Failure) {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(reason: "There is nothing at \(path); name a plugin's .so or the folder it lies in.")
        }
        let folder = isFolder ? path : Self.parent(of: path)
        library = isFolder ? try Self.onlyLibrary(below: path) : path
        let beside = Self.parent(of: library)
        let name = Self.name(of: library)
        manifest = ["\(beside)/\(name).manifest.json", "\(beside)/manifest.json", "\(folder)/manifest.json"]
            .first(where: FileManager.default.fileExists)
        recordings = ["\(folder)/check", "\(beside)/check"].first(where: FileManager.default.fileExists)
    }

    private static func onlyLibrary(below folder: String) throws(Failure) -> String {
        for place in [folder, "\(folder)/build", "\(folder)/linux-\(machine)"] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
            let libraries = names.filter { $0.hasSuffix(".so") }.sorted()
            if libraries.count == 1 { return "\(place)/\(libraries[0])" }
            guard libraries.isEmpty else {
                throw Failure(
                    reason:
                        "\(place) has \(libraries.count) libraries (\(libraries.joined(separator: ", "))); name one of them."
                )
            }
        }
        throw Failure(
            reason: "There is no .so in \(folder), its build or its linux-\(machine) folder; build the plugin first."
        )
    }

    private static var machine: String {
        #if arch(x86_64)
        "x86_64"
        #else
        "aarch64"
        #endif
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The file's name without `lib` and `.so`, as the gateway takes it.
    private static func name(of library: String) -> String {
        var name = library.split(separator: "/").last.map(String.init) ?? ""
        if name.hasSuffix(".so") { name.removeLast(3) }
        if name.hasPrefix("lib") { name.removeFirst(3) }
        return name
    }
}
