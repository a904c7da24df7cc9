import FoundationEssentials

/// A new plugin's project: files that build, pass their tests and `plugin check`, and answer a call.
package struct PluginProject: Hashable, Sendable {
    package enum Language: String, Hashable, Sendable, CaseIterable {
        case swift, c, cpp, rust
    }

    /// Why a project cannot be made.
    package struct Failure: Error, Hashable, Sendable {
        /// A sentence that says what to do.
        package let reason: String
    }

    /// Texts by their paths below the project's folder.
    package let files: [String: String]

    /// Makes a project in memory.
    ///
    /// The name is the plugin's namespace. The package, a folder or a URL, is where a Swift plugin gets PluginKit; other
    /// languages need none. Throws `Failure`.
    package init(_ language: Language, name: String, package: String? = nil) throws(Failure) {
        guard Self.isName(name) else {
            throw Failure(
                reason:
                    "\"\(name)\" is no name for a plugin: 2 to 16 lower-case letters and digits, a letter first, not \"beamline\"."
            )
        }
        guard language != .swift || package != nil else {
            throw Failure(
                reason: "A Swift plugin is built with PluginKit; say where its package is with --package FOLDER or URL."
            )
        }
        var words = [("Neutrino", name.prefix(1).uppercased() + name.dropFirst()), ("neutrino", name)]
        if let package {
            words.append(("BEAMLINE_DEPENDENCY", Self.dependency(package)))
            words.append(("BEAMLINE_PACKAGE", Self.identity(package)))
        }
        func named(_ text: String) -> String {
            words.reduce(text) { $0.replacing($1.0, with: $1.1) }
        }
        let mine = EmbeddedFiles.all.filter { $0.languages.contains(language.rawValue) }
        files = Dictionary(mine.map { (named($0.path), named($0.text)) }) { first, _ in first }
    }

    /// Writes the files into a folder that is empty or does not exist yet.
    ///
    /// Throws `Failure`.
    package func write(to folder: String) throws(Failure) {
        let present = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard present.isEmpty else {
            throw Failure(reason: "\(folder) is not empty; name another folder with --directory.")
        }
        do {
            for (path, text) in files {
                let file = URL(filePath: folder).appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: file)
            }
        } catch {
            throw Failure(reason: "The project cannot be written to \(folder); name a folder you may write to.")
        }
    }

    /// The rule of namespaces.
    private static func isName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return (2...16).contains(bytes.count) && letters.contains(bytes[0]) && name != "beamline"
            && bytes.allSatisfy { letters.contains($0) || digits.contains($0) }
    }

    private static func dependency(_ package: String) -> String {
        package.contains("://")
            ? ".package(url: \"\(package)\", branch: \"main\")"
            : ".package(path: \"\(URL(filePath: package).standardizedFileURL.path)\")"
    }

    /// What SwiftPM calls a package: the last part of its address.
    private static func identity(_ package: String) -> String {
        let path = package.contains("://") ? package : URL(filePath: package).standardizedFileURL.path
        let name = path.split(separator: "/").last.map(String.init) ?? package
        return name.hasSuffix(".git") ? String(name.dropLast(4)) : name
    }
}
