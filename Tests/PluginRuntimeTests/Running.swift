import GatewayCore
import PluginFixtures
import PluginRuntime

/// A fixture that serves, and what it said.
struct Running {
    let instance: PluginInstance
    let observer: RecordingObserver

    init(
        _ fixture: String,
        execution: PluginExecution = PluginExecution(),
        limits: PluginLimits = PluginLimits(submitTime: .seconds(60)),
        services: any HostServing = FixedService()
    ) async throws {
        observer = RecordingObserver()
        let path = try await FixtureLibrary.shared.path(of: fixture)
        let library = try await PluginLibrary.load(path: path, label: "test", limits: limits, observer: observer)
        instance = try await PluginInstance.start(
            library,
            configuration: PluginRequest.emptyObject,
            execution: execution,
            services: services,
            observer: observer
        )
    }

    func call(
        _ name: String = "act",
        _ body: String = "{}",
        within limit: Duration = .seconds(60),
        caller: PluginCaller? = nil
    ) async -> PluginReply {
        await instance.call(
            PluginRequest(
                method: .toolCall,
                name: name,
                body: Array(body.utf8)[...],
                deadline: .after(limit),
                caller: caller
            )
        )
    }
}

/// Answers every operation with the same.
struct FixedService: HostServing {
    var reply = ServiceReply(status: .ok, body: Array(#"{"rows":[]}"#.utf8))

    func serve(_ request: ServiceRequest) async -> ServiceReply { reply }
}

extension PluginReply {
    var text: String { String(decoding: structured, as: UTF8.self) }
}
