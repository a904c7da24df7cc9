/// Has the last word on a call that a rule allows and marks as `narrow`: it may say no, and never allows more.
package protocol CallNarrowing: Sendable {
    /// Answers by the deadline whatever the provider does; a provider that cannot tell says no.
    func verdict(on request: NarrowingRequest) async -> NarrowingVerdict
}

extension CallNarrowing {
    /// No: a rule that leaves the last word to somebody is not kept by nobody's saying it.
    package func verdict(on request: NarrowingRequest) async -> NarrowingVerdict { .refused(reason: nil) }
}

/// One call about to be made, which a rule allows.
package struct NarrowingRequest: Sendable {
    package let requestID: RequestID
    /// The rule's item.
    package let item: ItemReference
    /// What the provider knows it as; for a resource its local URI, also when the rule is about a template.
    package let name: String
    /// A JSON object: the arguments of a tool or prompt, or what a template takes out of a URI.
    package let arguments: ArraySlice<UInt8>
    package let principal: Principal
    package let viewPath: String
    package let deadline: Deadline
    package let trace: TraceContext?

    package init(
        requestID: RequestID,
        item: ItemReference,
        name: String,
        arguments: ArraySlice<UInt8>,
        principal: Principal,
        viewPath: String,
        deadline: Deadline,
        trace: TraceContext? = nil
    ) {
        self.requestID = requestID
        self.item = item
        self.name = name
        self.arguments = arguments
        self.principal = principal
        self.viewPath = viewPath
        self.deadline = deadline
        self.trace = trace
    }
}

/// What the provider says to one call.
package enum NarrowingVerdict: Hashable, Sendable {
    case allowed
    /// The reason is the provider's, fit to be shown to the caller.
    case refused(reason: String?)

    /// What the caller is told; nil when the call may go on.
    var refusal: GatewayError? {
        guard case .refused(let reason) = self else { return nil }
        return GatewayError(.forbidden, reason ?? "The experiment does not allow this call to you.")
    }
}
