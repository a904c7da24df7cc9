package import GatewayCore

/// The plugin's side of an instance: its functions, wherever they run.
package protocol PluginSide: Sendable {
    /// Gives a call to the plugin; `ok` owes one completion through the endpoint.
    ///
    /// `due` is a moment of `CLOCK_MONOTONIC` in nanoseconds.
    func submit(_ number: UInt64, _ request: PluginRequest, due: Int64) -> PluginStatus
    /// Says that the answer of an open call is no longer wanted.
    func cancel(_ number: UInt64, _ why: PluginStatus)
    /// Destroys the instance, in which nothing runs; false when that cannot be known.
    func destroy() async -> Bool
}

/// What instances are made of: a library in this process, or a process of its own that has loaded one.
package protocol PluginHome: Sendable {
    /// Names the plugin's threads.
    var label: String { get }
    var limits: PluginLimits { get }
    /// Whether the plugin's code runs on the threads of this process.
    var isLocal: Bool { get }
    /// Creates an instance, which calls the endpoint.
    func create(
        for endpoint: HostEndpoint,
        configuration: [UInt8],
        execution: PluginExecution
    ) async throws(PluginLoadError) -> any PluginSide
}
