package import LocalFiles
import Sealing

/// Makes the index of a folder that shall be a bundle.
package enum BundleWriter {
    /// Reads every file of a folder; blocks.
    ///
    /// A `.so` in a folder named after a machine is the library for it.
    package static func index(
        of folder: Folder,
        limits: BundleLimits = BundleLimits()
    ) throws(BundleFailure) -> BundleIndex {
        do throws(FileFailure) {
            var files: [BundleIndex.File] = []
            var left = limits.bytes
            for entry in try folder.everything(atMost: 2 * limits.files) {
                guard entry.kind != .folder, ![BundlePath.index, BundlePath.signature].contains(entry.path) else {
                    continue
                }
                guard BundlePath.isAcceptable(entry.path) else {
                    throw FileFailure("\(entry.path) is no name for a file of a bundle, which \(BundlePath.rule).")
                }
                let bytes = try folder.read(entry.path, maximumBytes: left)
                left -= bytes.count
                files.append(
                    BundleIndex.File(
                        path: entry.path,
                        sha256: Digest.sha256Text(bytes),
                        size: bytes.count,
                        target: target(of: entry.path)
                    )
                )
            }
            return try checked(files, limits)
        } catch {
            throw BundleFailure(.file, error.reason)
        }
    }

    private static func checked(_ files: [BundleIndex.File], _ limits: BundleLimits) throws(FileFailure) -> BundleIndex
    {
        guard files.count <= limits.files else { throw FileFailure("A bundle has at most \(limits.files) files.") }
        do throws(BundleFailure) {
            let index = try BundleIndex(checking: files.sorted { $0.path < $1.path })
            guard !index.targets.isEmpty else {
                let names = BundleTarget.allCases.map(\.rawValue).joined(separator: ", ")
                throw BundleFailure(.target, "There is no library; put it as a .so into one of the folders \(names).")
            }
            return index
        } catch {
            throw FileFailure(error.reason)
        }
    }

    private static func target(of path: String) -> BundleTarget? {
        let parts = path.split(separator: "/")
        guard parts.count == 2, parts[1].hasSuffix(".so") else { return nil }
        return BundleTarget(rawValue: String(parts[0]))
    }
}
