package import JSON
import LocalFiles
import Sealing

/// What a bundle, a folder that shall be one, or a library is, found out without running any of its code.
package struct PluginInspection: Sendable {
    package let path: String
    package let origin: PluginOrigin
    /// Whether it is a folder without `bundle.json`, which only `plugin sign` makes a bundle.
    package let isIndexed: Bool
    package let files: [BundleIndex.File]
    /// nil for a library that has its manifest only inside.
    package let manifest: PluginManifest?
    /// The manifest as it was written.
    package let document: JSONValue
    package let powers: PluginPowers?
    /// SHA-256 of `bundle.json`, or of the library; nil for a folder without an index.
    package let digest: String?

    /// The machines it has libraries for.
    package var targets: [BundleTarget] { files.compactMap(\.target) }

    /// Reads a bundle, a folder or a library; blocks.
    /// - Throws: when anything of it would keep it from being loaded here, but for its machine and a signature that the
    ///   site asks for.
    package init(path: String, trust: BundleTrust, limits: BundleLimits = BundleLimits()) throws(BundleFailure) {
        self.path = path
        let trust = BundleTrust(keys: trust.keys, requiresSignature: false)
        guard LocalFile.isFolder(path) else {
            let library = try Self.library(path)
            origin = PluginOrigin.ofLibrary(path)
            isIndexed = false
            files = [library.file]
            digest = library.file.sha256
            (manifest, document) = try Self.manifest(library.manifest)
            powers = manifest.map { [document] in PluginPowers($0, document: document) }
            return
        }
        let bundle = try Self.bundle(path, trust, limits)
        var manifest: [UInt8]?
        var wrong: BundleFailure?
        if let bundle {
            try bundle.verify { file, bytes throws(FileFailure) in
                if file.path == BundlePath.manifest { manifest = bytes }
                if let target = file.target, ELFImage.target(of: bytes) != target {
                    wrong = BundleFailure(.target, "\(file.path) is no library for \(target.rawValue).")
                }
            }
            origin = .bundle(bundle.signature)
            files = bundle.index.files
            digest = Digest.sha256Text(bundle.indexBytes)
        } else {
            let folder: Folder
            do {
                folder = try Folder(path: path)
                manifest = try folder.read(BundlePath.manifest, maximumBytes: PluginFiles.maximumManifestBytes)
            } catch {
                throw BundleFailure(.file, error.reason)
            }
            origin = .bundle(.unsigned)
            files = try BundleWriter.index(of: folder, limits: limits).files
            digest = nil
        }
        if let wrong { throw wrong }
        isIndexed = bundle != nil
        (self.manifest, document) = try Self.manifest(manifest)
        powers = self.manifest.map { [document] in PluginPowers($0, document: document) }
    }

    /// nil for a folder without an index.
    private static func bundle(
        _ path: String,
        _ trust: BundleTrust,
        _ limits: BundleLimits
    ) throws(BundleFailure) -> PluginBundle? {
        do throws(FileFailure) {
            _ = try Folder(path: path).read(BundlePath.index, maximumBytes: BundleLimits.indexBytes)
        } catch {
            if error.isMissing { return nil }
        }
        return try PluginBundle(path: path, trust: trust, limits: limits)
    }

    private static func library(_ path: String) throws(BundleFailure) -> (file: BundleIndex.File, manifest: [UInt8]?) {
        let bytes: [UInt8]
        var manifest: [UInt8]?
        do throws(FileFailure) {
            bytes = try LocalFile.read(path, maximumBytes: SealedImage.maximumBytes)
            do throws(FileFailure) {
                let beside = PluginFiles.manifestPath(beside: path)
                manifest = try LocalFile.read(beside, maximumBytes: PluginFiles.maximumManifestBytes)
            } catch {
                if !error.isMissing { throw error }
            }
        } catch {
            throw BundleFailure(.file, error.reason)
        }
        guard let target = ELFImage.target(of: bytes) else {
            do {
                try ELFImage.check(bytes)
            } catch {
                throw BundleFailure(.target, "\(path): \(error.reason)")
            }
            throw BundleFailure(.target, "\(path) is a library for an unknown machine.")
        }
        let file = BundleIndex.File(
            path: path,
            sha256: Digest.sha256Text(bytes),
            size: bytes.count,
            target: target
        )
        return (file, manifest)
    }

    private static func manifest(_ bytes: [UInt8]?) throws(BundleFailure) -> (PluginManifest?, JSONValue) {
        guard let bytes else { return (nil, .null) }
        do {
            let manifest = try PluginManifest(parsing: bytes)
            return (manifest, (try? JSONValue(parsing: bytes)) ?? .null)
        } catch {
            throw BundleFailure(.file, "The manifest is not acceptable: \(error)")
        }
    }
}
