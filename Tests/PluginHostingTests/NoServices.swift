import GatewayCore
import Logging
import PluginFixtures
import PluginHosting
import PluginRuntime
import Synchronization
import TestSupport

/// A host that offers a plugin nothing.
struct NoServices: HostServing {
    func serve(_ request: ServiceRequest) async -> ServiceReply {
        ServiceReply(status: .unsupported, body: PluginRequest.emptyObject)
    }
}

/// A loader whose log goes nowhere, and whose workers are those of the built program.
func quietLoader(
    workers change: (inout WorkerSettings) -> Void = { _ in },
    listsChanged: @escaping @Sendable (String) -> Void = { _ in }
) -> PluginLoader {
    var workers = WorkerSettings(program: BuiltPrograms.folder + "/" + BuiltPrograms.gateway)
    change(&workers)
    return PluginLoader(
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        workers: workers,
        listsChanged: listsChanged
    )
}

extension PluginLoadRequest {
    /// A fixture, with what a test changes.
    static func fixture(
        _ name: String,
        namespace: String? = nil,
        pin: String? = nil,
        manifestPath: String? = nil,
        isolation: Isolation = .inProcess,
        configuration: String = "{}",
        limits: PluginLimits = PluginLimits(cancelGrace: .milliseconds(50), submitTime: .seconds(60))
    ) async throws -> PluginLoadRequest {
        PluginLoadRequest(
            path: try await FixtureLibrary.shared.path(of: name),
            namespace: namespace,
            pin: pin,
            manifestPath: manifestPath,
            isolation: isolation,
            configuration: Array(configuration.utf8),
            services: NoServices(),
            limits: limits
        )
    }
}

extension PluginLoadOutcome {
    /// The step that failed; nil when the plugin serves.
    var failedStep: PluginLoadFailure.Step? {
        guard case .failure(let failure) = result else { return nil }
        return failure.step
    }
}
