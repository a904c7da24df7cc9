/// What the host does for a plugin when it asks: the `invoke` operations of the plugin contract.
package protocol HostServing: Sendable {
    /// Carries out one operation. Ends by the deadline; failures are answers.
    func serve(_ request: ServiceRequest) async -> ServiceReply

    /// A request has ended: what was kept for its further operations can go.
    func parentEnded(_ call: UInt64)
}

extension HostServing {
    package func parentEnded(_ call: UInt64) {}
}

/// One operation a plugin asks for, such as `source.query`.
package struct ServiceRequest: Sendable {
    package let operation: String
    /// The operation's JSON body, from the plugin: not yet checked.
    package let body: [UInt8]
    /// The request on whose behalf the plugin asks; nil when it acts for itself.
    package let parent: ServiceParent?
    /// The earlier of the parent's deadline and the operation's own limit.
    package let deadline: Deadline

    package init(operation: String, body: [UInt8], parent: ServiceParent?, deadline: Deadline) {
        self.operation = operation
        self.body = body
        self.parent = parent
        self.deadline = deadline
    }
}

/// The request a service operation belongs to.
package struct ServiceParent: Sendable {
    package let requestID: RequestID
    package let principal: Principal
    /// Tells handles of different parents apart; a handle dies with its parent.
    package let call: UInt64
    /// The gateway's own span in the caller's trace; nil when the caller has none.
    package let trace: TraceContext?
    /// Whether the plugin is answering as a source.
    package let isSource: Bool

    package init(
        requestID: RequestID,
        principal: Principal,
        call: UInt64,
        trace: TraceContext? = nil,
        isSource: Bool = false
    ) {
        self.requestID = requestID
        self.principal = principal
        self.call = call
        self.trace = trace
        self.isSource = isSource
    }
}

/// The answer to a service operation.
package struct ServiceReply: Sendable {
    package let status: PluginStatus
    /// With `.ok` the operation's reply; else `{"message","hint"?,"retry_after_ms"?}`.
    package let body: [UInt8]

    package init(status: PluginStatus, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}
