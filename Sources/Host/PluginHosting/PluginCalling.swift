package import PluginRuntime

/// A plugin that takes requests, wherever it runs.
package protocol PluginCalling: Sendable {
    var limits: PluginLimits { get }
    /// How its calls stand now.
    var counts: PluginCounts { get }
    /// Its process; nil when it runs in the gateway's.
    var worker: WorkerStatus? { get }
    /// Sends one request and waits for its answer, at most until the deadline; failures are answers.
    func call(_ request: PluginRequest) async -> PluginReply
    /// Ends all calls, then the plugin.
    func stop(within limit: Duration) async
}

extension PluginInstance: PluginCalling {
    package var counts: PluginCounts {
        PluginCounts(open: openCalls, waiting: waitingCalls, lost: lostCalls, staleCompletions: staleCompletions)
    }

    package var worker: WorkerStatus? { nil }

    package func stop(within limit: Duration) async { await stop(within: limit, tellsPlugin: true) }
}
