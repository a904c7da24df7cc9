import FoundationEssentials
import LocalFiles

/// Copies a bundle into the folder that the site puts plugins in.
package enum BundleInstaller {
    /// What became of it.
    package struct Installed: Sendable {
        package let path: String
        /// Whether the very same bundle was there already.
        package let wasThere: Bool
    }

    /// Checks every file and writes what was checked; blocks.
    ///
    /// The bundle appears under `<namespace>-<version>`, whole or not at all. Another one of this name is not replaced.
    package static func install(
        _ bundle: PluginBundle,
        into directory: String,
        limits: BundleLimits = BundleLimits()
    ) throws(BundleFailure) -> Installed {
        let draft = "\(directory)/.new-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let files = FileManager.default
        defer { try? files.removeItem(atPath: draft) }
        var manifest: [UInt8] = []
        do throws(FileFailure) {
            try makeFolder(draft)
            try AtomicFile.create("\(draft)/\(BundlePath.index)", with: bundle.indexBytes, mode: 0o644)
            if let signature = bundle.signatureBytes {
                try AtomicFile.create("\(draft)/\(BundlePath.signature)", with: signature, mode: 0o644)
            }
        } catch {
            throw BundleFailure(.file, error.reason)
        }
        try bundle.verify { file, bytes throws(FileFailure) in
            if file.path == BundlePath.manifest { manifest = bytes }
            if let slash = file.path.lastIndex(of: "/") { try makeFolder("\(draft)/\(file.path[..<slash])") }
            try AtomicFile.create("\(draft)/\(file.path)", with: bytes, mode: 0o644)
        }
        let path = "\(directory)/\(try name(manifest))"
        // The name is taken by moving, so that two who install at once do not make one bundle of two.
        do {
            try files.moveItem(atPath: draft, toPath: path)
            return Installed(path: path, wasThere: false)
        } catch {
            guard files.fileExists(atPath: path) else {
                throw BundleFailure(.file, "\(path) cannot be made; check the owner and mode of \(directory).")
            }
        }
        let there = try? Folder(path: path).read(BundlePath.index, maximumBytes: BundleLimits.indexBytes)
        guard there == bundle.indexBytes else {
            throw BundleFailure(
                .file,
                "\(path) is there already and is another bundle; its author must give the new one another version."
            )
        }
        return Installed(path: path, wasThere: true)
    }

    private static func makeFolder(_ path: String) throws(FileFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755]
            )
        } catch {
            throw FileFailure("The folder \(path) cannot be made; check owner and mode of the folders above.")
        }
    }

    private static func name(_ manifest: [UInt8]) throws(BundleFailure) -> String {
        let read: PluginManifest
        do {
            read = try PluginManifest(parsing: manifest)
        } catch {
            throw BundleFailure(.file, "The manifest is not acceptable: \(error)")
        }
        let name = "\(read.namespace)-\(read.version)"
        guard BundlePath.isAcceptable(name), !name.contains("/") else {
            throw BundleFailure(.file, "The version \"\(read.version)\" is no part of a folder's name.")
        }
        return name
    }
}
