import GatewayCore
import Logging
import PluginRuntime
import PluginWire

/// The two ways a plugin can be there, up to the started instance.
extension PluginLoader {
    /// A library that was loaded and has said what it is; nothing of it runs yet.
    enum Opened: Sendable {
        case inProcess(PluginLibrary)
        case worker(WorkerSupervisor, WorkerWorkshop.Ready, WorkerImage)

        /// The manifest as the binary returns it.
        var manifest: [UInt8] {
            switch self {
            case .inProcess(let library): library.manifest
            case .worker(_, let ready, _): ready.manifest
            }
        }

        /// Ends what cannot be used.
        func discard() {
            if case .worker(_, let ready, _) = self { ready.link.finish(.stopped) }
        }
    }

    func open(
        _ prepared: Prepared,
        _ placement: PluginPlacement,
        _ request: PluginLoadRequest,
        _ log: PluginLog
    ) async throws(PluginLoadFailure) -> Opened {
        guard placement.mode == .worker else {
            return .inProcess(try await openLibrary(prepared, request.limits, log))
        }
        let supervisor = WorkerSupervisor(
            label: prepared.label,
            workshop: try workshop(),
            limits: request.limits,
            observer: log,
            logger: log.logger
        )
        let image = WorkerImage(prepared.image)
        return .worker(supervisor, try await raise(supervisor, image, prepared), image)
    }

    /// Starts a worker that may use as much memory as the manifest says, which is only sure when the library has said it.
    func raise(
        _ supervisor: WorkerSupervisor,
        _ image: WorkerImage,
        _ prepared: Prepared
    ) async throws(PluginLoadFailure) -> WorkerWorkshop.Ready {
        let beside = prepared.manifest.flatMap { try? PluginManifest(parsing: $0) }
        let guess = (beside?.execution ?? PluginExecution()).memoryMebibytes
        let ready = try await supervisor.raise(image, memoryMebibytes: guess)
        let said = try? PluginManifest(parsing: ready.manifest).execution.memoryMebibytes
        guard let said, said != guess else { return ready }
        ready.link.finish(.stopped)
        return try await supervisor.raise(image, memoryMebibytes: said)
    }

    func start(
        _ opened: Opened,
        _ request: PluginLoadRequest,
        _ manifest: PluginManifest,
        _ log: PluginLog
    ) async throws(PluginLoadFailure) -> any PluginCalling {
        do throws(PluginLoadError) {
            switch opened {
            case .inProcess(let library):
                return try await PluginInstance.start(
                    library,
                    configuration: request.configuration,
                    execution: manifest.execution,
                    services: request.services,
                    observer: log
                )
            case .worker(let supervisor, let ready, let image):
                let plan = WorkerPlan(
                    image: image,
                    manifest: ready.manifest,
                    execution: manifest.execution,
                    configuration: request.configuration,
                    services: request.services
                )
                supervisor.serve(with: try await supervisor.start(ready, plan), plan)
                log.logger.info(
                    "A worker serves",
                    metadata: [
                        "pid": "\(ready.link.process.pid)", "walls": "\(ready.layers.names.joined(separator: ", "))",
                    ]
                )
                let missing = SandboxLayers.all.subtracting(ready.layers)
                if !missing.isEmpty {
                    log.logger.warning(
                        "This system does not give a worker all its walls",
                        metadata: ["missing": "\(missing.names.joined(separator: ", "))"]
                    )
                }
                return supervisor
            }
        } catch {
            throw PluginLoadFailure(.start, "\(error)")
        }
    }
}
