package import GatewayCore

/// One request to a plugin: numbers and bytes, nothing that could not cross a socket.
package struct PluginRequest: Sendable {
    package let method: PluginMethod
    /// A local item name, local URI or source name; empty where the method has none.
    package let name: String
    /// A JSON text; for a tool the client's arguments.
    package let body: ArraySlice<UInt8>
    /// A JSON object: who calls, what the client can do, the budget.
    package let context: [UInt8]
    /// Nil for what goes on until it is cancelled.
    package let deadline: Deadline?
    /// On whose behalf; what the plugin asks of the host meanwhile is done for this caller.
    ///
    /// Nil for the host itself.
    package let caller: PluginCaller?
    /// Whether the request may be sent again when what happened to it is not known: it changes nothing.
    package let isRepeatable: Bool
    /// Takes what the plugin emits before it completes.
    package let events: Listener?

    package init(
        method: PluginMethod,
        name: String = "",
        body: ArraySlice<UInt8> = PluginRequest.emptyObject[...],
        context: [UInt8] = PluginRequest.emptyObject,
        deadline: Deadline?,
        caller: PluginCaller? = nil,
        isRepeatable: Bool = false,
        events: Listener? = nil
    ) {
        self.method = method
        self.name = name
        self.body = body
        self.context = context
        self.deadline = deadline
        self.caller = caller
        self.isRepeatable = isRepeatable
        self.events = events
    }

    /// Takes events, on the plugin's threads; must return at once.
    ///
    /// `busy` says that the event was not taken.
    package typealias Listener = @Sendable (PluginEvent) -> PluginStatus

    /// The JSON text `{}`.
    package static let emptyObject: [UInt8] = Array("{}".utf8)
}

/// The request of a person or service that a plugin works for.
package struct PluginCaller: Sendable {
    package let requestID: RequestID
    package let principal: Principal
    /// The host's own span in the caller's trace; nil when the caller has none.
    package let trace: TraceContext?
    /// Whether the plugin is asked as a source, by another plugin or itself.
    package let isSource: Bool

    package init(
        requestID: RequestID,
        principal: Principal,
        trace: TraceContext? = nil,
        isSource: Bool = false
    ) {
        self.requestID = requestID
        self.principal = principal
        self.trace = trace
        self.isSource = isSource
    }
}

/// What a plugin says while it works on a call.
package enum PluginEvent: Hashable, Sendable {
    /// A log message for the client: `{"level","logger","data"}`, not yet checked.
    case log([UInt8])
    /// How far it has come; a `total` of zero or less means unknown.
    case progress(done: Double, total: Double, note: String)
}
