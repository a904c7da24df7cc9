import GatewayCore
import Logging
import PluginRuntime

extension PluginLoader {
    /// What was verified before any code of the plugin runs.
    struct Prepared: Sendable {
        let image: SealedImage
        /// The manifest beside the library, when there is one.
        let manifest: [UInt8]?
        /// What the plugin's memory, threads and log lines are called.
        let label: String
        let origin: PluginOrigin
    }

    /// Copies, seals and checks the library, and reads the manifest beside it; on a thread that may block.
    func prepare(_ request: PluginLoadRequest) async throws(PluginLoadFailure) -> Prepared {
        let thread: DedicatedThreads
        do {
            thread = try DedicatedThreads(count: 1, name: "plugin-seal")
        } catch {
            throw PluginLoadFailure(.image, "\(error)")
        }
        let limit = Duration.seconds(60)
        let outcome = await thread.result(within: limit) { () -> Result<Prepared, PluginLoadFailure> in
            do throws(PluginLoadFailure) {
                return .success(try Self.verify(request))
            } catch {
                return .failure(error)
            }
        }
        guard let outcome else {
            throw PluginLoadFailure(.file, "Reading \(request.path) took longer than \(limit); check its file system.")
        }
        return try outcome.get()
    }

    private static func verify(_ request: PluginLoadRequest) throws(PluginLoadFailure) -> Prepared {
        let files = try PluginFiles(of: request)
        let proposed = files.manifest.flatMap { try? PluginManifest(parsing: $0).namespace }
        let label = request.namespace ?? proposed ?? PluginFiles.name(of: request.path)
        let image: SealedImage
        do {
            image = try SealedImage(sealing: files.library, namespace: label)
        } catch {
            throw PluginLoadFailure(.file, error.reason)
        }
        do throws(PluginLoadFailure) {
            if let digest = files.digest, digest != image.digest {
                throw PluginLoadFailure(.file, "\(request.path): the library changed while it was copied; start again.")
            }
            if let pin = request.pin, pin.lowercased() != image.digest {
                throw PluginLoadFailure(
                    .pin,
                    "\(request.path) has SHA-256 \(image.digest) and the configuration pins \(pin); install the pinned file or correct the pin."
                )
            }
            do {
                try ELFImage.check(image.bytes)
            } catch {
                throw PluginLoadFailure(.image, "\(request.path): \(error.reason)")
            }
        } catch {
            image.discard()
            throw error
        }
        return Prepared(image: image, manifest: files.manifest, label: label, origin: files.origin)
    }

    func openLibrary(
        _ prepared: Prepared,
        _ limits: PluginLimits,
        _ log: PluginLog
    ) async throws(PluginLoadFailure) -> PluginLibrary {
        do {
            return try await PluginLibrary.load(
                path: prepared.image.path,
                label: prepared.label,
                limits: limits,
                observer: log
            )
        } catch {
            throw PluginLoadFailure(.library, "\(error)")
        }
    }

    /// Compares the manifest of the binary with the one beside it, and reads it.
    func readManifest(
        _ inside: [UInt8],
        _ beside: [UInt8]?,
        _ limits: PluginLimits
    ) throws(PluginLoadFailure) -> PluginManifest {
        if let beside, beside != inside {
            let position = zip(beside, inside).enumerated().first { $1.0 != $1.1 }?.offset
            throw PluginLoadFailure(
                .manifest,
                "The manifest beside the library differs from the one in it, from byte \(position ?? min(beside.count, inside.count)) on; install both from one build."
            )
        }
        do {
            return try PluginManifest(parsing: inside, iconBytes: limits.iconBytes)
        } catch {
            throw PluginLoadFailure(.manifest, "The manifest is not acceptable: \(error)")
        }
    }

    func check(_ namespace: String) throws(PluginLoadFailure) {
        guard PluginManifest.isNamespace(namespace) else {
            throw PluginLoadFailure(
                .namespace,
                "\"\(namespace)\" is no namespace: 2 to 16 lower-case letters and digits, a letter first, not \"beamline\"."
            )
        }
    }

    func check(outsideNamesOf tools: [ToolDescription], _ namespace: String) throws(PluginLoadFailure) {
        let tooLong = tools.map { "\(namespace)_\($0.localName)" }.filter { !PluginManifest.isOutsideName($0) }
        guard tooLong.isEmpty else {
            throw PluginLoadFailure(
                .manifest,
                "Outside names have at most 48 characters; too long: \(tooLong.joined(separator: ", "))."
            )
        }
    }
}
