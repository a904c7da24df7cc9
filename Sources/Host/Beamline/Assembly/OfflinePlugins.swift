import Authentication
import DataSources
import GatewayConfiguration
import GatewayCore
import Logging
import PluginHosting
import Policy

/// The plugins of a configuration for commands that only want to know about them: without sources, without a listener.
enum OfflinePlugins {
    /// Loads the plugins, hands them over, and ends them again.
    static func with<Result>(
        _ configuration: Configuration,
        _ body: ([PluginLoadOutcome]) async throws -> Result
    ) async throws -> Result {
        // It looks and goes: nothing has to be replaced in that time.
        var workers = configuration.workers.settings
        workers.keepsSpare = false
        let loader = PluginLoader(
            logger: Logger(label: "beamline") { _ in SwiftLogNoOpLogHandler() },
            workers: workers
        )
        let requests = try PluginAssembly.requests(of: configuration) { _ in NoServices() }
        let outcomes = await loader.load(requests).map(RuleCheck.checked)
        do {
            let result = try await body(outcomes)
            await loader.shutdown(within: .seconds(1))
            return result
        } catch {
            await loader.shutdown(within: .seconds(1))
            throw error
        }
    }

    /// What the plugins' auth rules allow.
    static func policy(of configuration: Configuration) async throws -> PolicyEvaluator {
        try await with(configuration) { outcomes in
            try PluginAssembly.policy(
                outcomes.compactMap { try? $0.result.get() },
                configuration,
                clock: SystemWallClock()
            )
        }
    }
}

/// Refuses every operation: nobody asks a plugin anything here.
private struct NoServices: HostServing {
    func serve(_ request: ServiceRequest) async -> ServiceReply {
        ServiceReply(status: .unavailable, body: Array(#"{"message":"There are no data sources here."}"#.utf8))
    }
}
