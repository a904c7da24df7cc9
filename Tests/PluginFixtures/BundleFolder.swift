package import Foundation
import TestSupport

/// A folder with all that a bundle of the plain C plugin has, not signed yet.
package struct BundleFolder: Sendable {
    #if arch(x86_64)
    package static let ownTarget = "linux-x86_64"
    package static let otherTarget = "linux-aarch64"
    #else
    package static let ownTarget = "linux-aarch64"
    package static let otherTarget = "linux-x86_64"
    #endif

    package let path: String
    /// The library for this machine, relative to the folder.
    package static let library = "\(ownTarget)/plain.so"

    /// Makes the folder, with a library for this machine; `words` are others in the manifest.
    package init(replacing words: [String: String] = [:]) async throws {
        path = try RunFolder.current.subfolder("bundle") + "/plain"
        var manifest = FixtureLibrary.tests + "/PlainCPlugin/manifest.json"
        var library: String
        if words.isEmpty {
            library = try await FixtureLibrary.shared.path(of: "plain")
        } else {
            (library, manifest) = try await FixtureLibrary.shared.plain(replacing: words)
        }
        try write("manifest.json", Data(contentsOf: URL(fileURLWithPath: manifest)))
        try write(Self.library, Data(contentsOf: URL(fileURLWithPath: library)))
        try write("documents/about.md", Data("# Plain\n".utf8))
    }

    /// Writes a file below, with the folders it needs.
    package func write(_ name: String, _ content: Data) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try content.write(to: file)
    }

    package func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

    package func read(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) }

    package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
}
