package import GatewayCore

/// For a worker, which passes the gateway's calls on: it waits for none of them and keeps no deadlines.
extension PluginInstance {
    /// Creates an instance and lets calls in; START is a call like every other here.
    package static func open(
        _ library: PluginLibrary,
        configuration: [UInt8],
        execution: PluginExecution,
        services: any HostServing,
        observer: any PluginObserver
    ) async throws(PluginLoadError) -> PluginInstance {
        let instance = try await create(library, configuration, execution, services, observer)
        instance.registry.open()
        return instance
    }

    /// Gives a call its number; nil when none is taken any more.
    package func reserve(_ request: PluginRequest) -> UInt64? {
        registry.reserve(
            CallRegistry.Entry(
                item: request.name,
                deadline: nil,
                due: MonotonicTime.never,
                caller: request.caller,
                events: request.events,
                isCounted: false
            ),
            whileStopping: true
        )
    }

    /// Gives a reserved call to the plugin, on the calling thread unless the plugin blocks.
    ///
    /// `heard` is called once, when the plugin owes nothing more for it, perhaps before this returns.
    package func relay(
        _ number: UInt64,
        _ request: PluginRequest,
        due: Int64,
        _ heard: @escaping @Sendable (CallOutcome) -> Void
    ) {
        begin(number, request, due, .relay(heard))
    }
}
