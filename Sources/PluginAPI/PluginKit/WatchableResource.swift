/// A resource that can say when it changes.
public protocol WatchableResource: Resource {
    /// Watches what the address names, once for all clients that listen, and says each time that it has changed.
    ///
    /// Runs in a task that is cancelled when nobody listens any more. When it ends before, the gateway calls it again
    /// after a while.
    /// - Throws: `ToolError`, for the operator, when the resource cannot be watched now.
    func watch(_ request: ResourceRequest, with watch: ResourceWatch) async throws(ToolError)
}

/// How a resource that is watched reaches the host.
public struct ResourceWatch: Sendable {
    private let makeContext: @Sendable () -> CallContext
    private let say: @Sendable () -> Void
    private let wait: @Sendable (Duration) async -> Bool

    /// Creates a watch over functions; plugins get theirs from the bridge, tests from `PluginTesting`.
    public init(
        context: @escaping @Sendable () -> CallContext,
        updated: @escaping @Sendable () -> Void,
        pause: @escaping @Sendable (Duration) async -> Bool
    ) {
        makeContext = context
        say = updated
        wait = pause
    }

    /// A context of this moment, in which nobody calls: sources that act for a user cannot be asked.
    public var context: CallContext { makeContext() }

    /// Says that the resource has changed; returns at once.
    ///
    /// Clients then read it again, each by its own rights. Saying so twice before they have read costs nothing.
    public func updated() { say() }

    /// Waits before the next look.
    /// - Returns: false when nobody listens any more, so that the watch should end.
    public func pause(_ duration: Duration) async -> Bool { await wait(duration) }
}
