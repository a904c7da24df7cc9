import ATLASTools
import EPICTools
import FoundationEssentials
import JSON
import PluginKit
import RubinTools
import Testing

/// The manifest beside a plugin's source is what the binary says: the host compares the two before it trusts either.
@Suite("Manifest files")
struct ManifestFileTests {
    /// One shipped plugin.
    struct Shipped: Sendable, CustomTestStringConvertible {
        let folder: String
        let manifest: Manifest

        var testDescription: String { folder }
        /// The bytes the binary returns.
        var bytes: [UInt8] { manifest.document.serialized }

        var file: URL {
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Plugins/\(folder)/manifest.json")
        }
    }

    static let shipped = [
        Shipped(folder: "ATLAS", manifest: ATLAS.manifest),
        Shipped(folder: "ePIC", manifest: EPIC.manifest),
        Shipped(folder: "Rubin", manifest: Rubin.manifest),
    ]

    /// Set by `scripts/manifests`, which writes the files instead of comparing them.
    private static let writes = ProcessInfo.processInfo.environment["BEAMLINE_WRITE_MANIFESTS"] != nil

    @Test(arguments: shipped)
    func `the file is what the plugin says of itself, to the byte`(plugin: Shipped) throws {
        if Self.writes { try Data(plugin.bytes).write(to: plugin.file) }
        let written = try [UInt8](Data(contentsOf: plugin.file))
        #expect(written == plugin.bytes, "run scripts/manifests and commit Plugins/\(plugin.folder)/manifest.json")
    }
}
