import GatewayCore
import Glibc
import LocalFiles
import PluginRuntime

/// What workers of one plugin are made of, the same for every one until a reload.
struct WorkerPlan: Sendable {
    let image: WorkerImage
    /// The manifest that all who load the image must return.
    let manifest: [UInt8]
    let execution: PluginExecution
    /// A JSON object, validated.
    let configuration: [UInt8]
    /// What the host does when the plugin asks.
    let services: any HostServing
}

/// A sealed library that workers are given, open as long as somebody may start one.
package final class WorkerImage: Sendable {
    package let descriptor: CInt
    /// SHA-256, in hexadecimal.
    package let digest: String

    /// Copies a library, seals the copy, and checks that it is a whole library for this machine; blocks.
    package convenience init(copying path: String, label: String) throws(PluginLoadFailure) {
        let content: [UInt8]
        do {
            content = try LocalFile.read(path, maximumBytes: SealedImage.maximumBytes)
        } catch {
            throw PluginLoadFailure(.file, error.reason)
        }
        let image: SealedImage
        do {
            image = try SealedImage(sealing: content, namespace: label)
        } catch {
            throw PluginLoadFailure(.file, error.reason)
        }
        self.init(image)
        do {
            try ELFImage.check(image.bytes)
        } catch {
            throw PluginLoadFailure(.image, "\(path): \(error.reason)")
        }
    }

    init(_ image: SealedImage) {
        descriptor = image.descriptor
        digest = image.digest
    }

    deinit {
        close(descriptor)
    }
}
