import LocalFiles

/// What is read of a plugin before it is sealed: its library, and the manifest beside it when there is one.
struct PluginFiles: Sendable {
    let library: [UInt8]
    let manifest: [UInt8]?
    /// The SHA-256 that a bundle gives for the library; nil for a library by itself.
    let digest: String?
    let origin: PluginOrigin

    /// The longest manifest, in bytes.
    static let maximumManifestBytes = 4 << 20

    /// Reads a bundle or a library; blocks.
    init(of request: PluginLoadRequest) throws(PluginLoadFailure) {
        self = LocalFile.isFolder(request.path) ? try Self.bundle(request) : try Self.library(request)
    }

    private init(library: [UInt8], manifest: [UInt8]?, digest: String?, origin: PluginOrigin) {
        self.library = library
        self.manifest = manifest
        self.digest = digest
        self.origin = origin
    }

    private static func bundle(_ request: PluginLoadRequest) throws(PluginLoadFailure) -> PluginFiles {
        do {
            let bundle = try PluginBundle(path: request.path, trust: request.trust, limits: request.bundleLimits)
            let contents = try bundle.contents(for: .own)
            return PluginFiles(
                library: contents.library,
                manifest: contents.manifest,
                digest: bundle.index.library(for: .own)?.sha256,
                origin: .bundle(bundle.signature)
            )
        } catch {
            let step: PluginLoadFailure.Step =
                switch error.part {
                case .file: .file
                case .signature: .signature
                case .target: .image
                }
            throw PluginLoadFailure(step, "\(request.path): \(error.reason)")
        }
    }

    private static func library(_ request: PluginLoadRequest) throws(PluginLoadFailure) -> PluginFiles {
        let origin = PluginOrigin.ofLibrary(request.path)
        guard origin.isShipped || !request.trust.requiresSignature else {
            throw PluginLoadFailure(
                .signature,
                "\(request.path) is a library without a bundle, and trust.require_signature asks for a signed one."
            )
        }
        let manifest = try manifestBeside(request)
        do {
            let library = try LocalFile.read(request.path, maximumBytes: SealedImage.maximumBytes)
            return PluginFiles(library: library, manifest: manifest, digest: nil, origin: origin)
        } catch {
            throw PluginLoadFailure(.file, error.reason)
        }
    }

    private static func manifestBeside(_ request: PluginLoadRequest) throws(PluginLoadFailure) -> [UInt8]? {
        let path = request.manifestPath ?? manifestPath(beside: request.path)
        do {
            return try LocalFile.read(path, maximumBytes: maximumManifestBytes)
        } catch {
            if request.manifestPath == nil, error.isMissing { return nil }
            throw PluginLoadFailure(.manifest, "The manifest beside the library is not readable. \(error.reason)")
        }
    }

    /// Where the manifest of a library by itself is looked for: `<name>.manifest.json`.
    static func manifestPath(beside library: String) -> String {
        let folder = library.lastIndex(of: "/").map { String(library[...$0]) } ?? ""
        return "\(folder)\(name(of: library)).manifest.json"
    }

    /// The file's name without directory, `lib` and ending.
    static func name(of path: String) -> String {
        var name = path.split(separator: "/").last.map(String.init) ?? "plugin"
        if name.hasSuffix(".so") { name.removeLast(3) }
        if name.hasPrefix("lib") { name.removeFirst(3) }
        return name
    }
}
