package import LocalFiles

/// A folder with a plugin for several machines, whose index was read and whose signature was checked.
///
/// Every file is read once, checked against the index, and used from memory: a file that is changed meanwhile is
/// refused or not looked at. Symbolic links are not followed. All functions block.
package struct PluginBundle: Sendable {
    package let folder: Folder
    package let index: BundleIndex
    /// The exact bytes of `bundle.json`, and of its signature when there is one.
    package let indexBytes: [UInt8]
    package let signatureBytes: [UInt8]?
    package let signature: SignatureState
    private let limits: BundleLimits

    /// Opens a bundle.
    package init(
        path: String,
        trust: BundleTrust,
        limits: BundleLimits = BundleLimits()
    ) throws(BundleFailure) {
        do {
            folder = try Folder(path: path)
            indexBytes = try folder.read(BundlePath.index, maximumBytes: BundleLimits.indexBytes)
        } catch {
            let advice = error.isMissing ? " A bundle is made with `beamline plugin sign`." : ""
            throw BundleFailure(.file, "\(error.reason)\(advice)")
        }
        do {
            signatureBytes = try folder.read(BundlePath.signature, maximumBytes: BundleLimits.signatureBytes)
        } catch {
            guard error.isMissing else { throw BundleFailure(.signature, error.reason) }
            signatureBytes = nil
        }
        // Before anything the index says is looked at.
        var read: BundleSignature?
        if let signatureBytes { read = try BundleSignature(parsing: signatureBytes) }
        signature = try trust.state(of: read, over: indexBytes)
        index = try BundleIndex(parsing: indexBytes, limits: limits)
        self.limits = limits
    }

    /// Reads and checks every file, and hands each over with its bytes; also finds files that the index does not have.
    package func verify(_ body: (BundleIndex.File, [UInt8]) throws(FileFailure) -> Void) throws(BundleFailure) {
        do throws(FileFailure) {
            try checkNames()
            for file in index.files {
                let bytes = try folder.read(file.path, maximumBytes: file.size)
                guard file.isMade(of: bytes) else { throw Self.changed(file) }
                try body(file, bytes)
            }
        } catch {
            throw BundleFailure(.file, error.reason)
        }
    }

    /// The manifest and the library for a machine, after every file was checked.
    func contents(for target: BundleTarget) throws(BundleFailure) -> (manifest: [UInt8], library: [UInt8]) {
        guard let wanted = index.library(for: target) else {
            let targets = index.targets.map(\.rawValue).joined(separator: ", ")
            throw BundleFailure(
                .target,
                """
                The bundle \(folder.path) has no library for this machine, \(target.rawValue); it has some for \
                \(targets.isEmpty ? "none" : targets).
                """
            )
        }
        var manifest: [UInt8] = []
        var library: [UInt8] = []
        try verify { file, bytes throws(FileFailure) in
            if file.path == BundlePath.manifest { manifest = bytes }
            if file == wanted { library = bytes }
        }
        return (manifest, library)
    }

    private static func changed(_ file: BundleIndex.File) -> FileFailure {
        FileFailure("\(file.path) is not the file that bundle.json describes; get the bundle again from its author.")
    }

    private func checkNames() throws(FileFailure) {
        var paths: Set = [BundlePath.index, BundlePath.signature]
        var folders: Set<String> = []
        for path in index.files.map(\.path) {
            paths.insert(path)
            var parts = path.split(separator: "/").dropLast()
            while !parts.isEmpty {
                folders.insert(parts.joined(separator: "/"))
                parts = parts.dropLast()
            }
        }
        // Folders count too, and one more is enough to know.
        let most = paths.count + folders.count + 1
        for entry in try folder.everything(atMost: most) {
            switch entry.kind {
            case .file where paths.contains(entry.path), .folder where folders.contains(entry.path): continue
            case .file, .folder:
                throw FileFailure("\(folder.path)/\(entry.path) is not in bundle.json; take it away.")
            case .other: throw FileFailure("\(folder.path)/\(entry.path) is neither a file nor a folder; take it away.")
            }
        }
    }
}
