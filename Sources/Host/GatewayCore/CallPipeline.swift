package import JSON

/// The path of a call through the gateway: route → decide → validate → call → shape → audit.
///
/// Everything above (HTTP, eras, tokens) turns a request into a `ToolCall`; everything below (plugins, sources) stands
/// behind `ToolProvider`. What is allowed, and what a caller learns when it is not, is decided here and nowhere else.
package struct CallPipeline: Sendable {
    private let routing: any ToolRouting
    private let policy: any PolicyDeciding
    private let audit: any Auditing
    private let limits: CallLimits
    /// Counts the calls that run, for limits and metrics.
    package let admission: CallAdmission

    package init(
        routing: any ToolRouting,
        policy: any PolicyDeciding,
        audit: any Auditing,
        limits: CallLimits = CallLimits()
    ) {
        self.routing = routing
        self.policy = policy
        self.audit = audit
        self.limits = limits
        admission = CallAdmission(limits: limits)
    }

    /// Carries one call to its end, which is always an outcome: nothing is thrown.
    package func perform(_ call: ToolCall) async -> ToolCallOutcome {
        let start = SuspendingClock.now
        let route = routing.route(toTool: call.name, in: call.view)
        let decision = route.map { policy.decision(on: $0.item, for: call.principal) } ?? .hidden
        let outcome = await outcome(of: call, by: route, decision)
        audit.record(
            AuditEvent(
                requestID: call.requestID,
                principal: call.principal,
                item: decision.isVisible ? route?.item : nil,
                outcome: Task.isCancelled ? .cancelled : outcome.audited,
                duration: start.duration(to: .now),
                trace: call.trace
            )
        )
        return outcome
    }

    /// A tool the caller may not see is an unknown name, whoever asks and however.
    private func outcome(
        of call: ToolCall,
        by route: ToolRoute?,
        _ decision: PolicyDecision
    ) async -> ToolCallOutcome {
        guard let route else { return .unknownTool }
        switch decision {
        case .hidden: return .unknownTool
        case .denied(let roles): return .failure(.missingRole(roles))
        case .challenge(let stepUp): return .challenge(stepUp)
        case .needsConsent: return .failure(.approvalRequired)
        case .allowed where route.isDestructive: return .failure(.approvalRequired)
        case .allowed: return await perform(call, by: route)
        }
    }

    private func perform(_ call: ToolCall, by route: ToolRoute) async -> ToolCallOutcome {
        let violations = route.input.violations(in: call.arguments, limit: limits.reportedViolations)
        guard violations.isEmpty else { return .failure(.invalidArguments(violations)) }
        let ticket: CallAdmission.Ticket
        do {
            ticket = try admission.enter(call.principal, namespace: route.item.namespace)
        } catch {
            return .failure(error)
        }
        defer { admission.leave(ticket) }
        let reply = await route.provider.call(
            ProviderCall(
                requestID: call.requestID,
                tool: route.item.localName,
                arguments: call.arguments.bytes,
                principal: call.principal,
                viewPath: call.view.path,
                deadline: .after(min(route.timeout ?? limits.defaultTimeout, limits.longestTimeout)),
                budgetBytes: limits.resultBudgetBytes,
                trace: call.trace,
                listener: call.listener
            )
        )
        return shape(reply)
    }

    private func shape(_ reply: ProviderReply) -> ToolCallOutcome {
        switch reply {
        case .failure(let error): return .failure(error)
        case .result(let result):
            let size = result.structured.count + result.content.count + result.meta.count
            guard size <= limits.resultCapBytes else {
                return .failure(
                    GatewayError(
                        .tooLarge,
                        "The result is larger than this gateway passes on.",
                        hint: "Ask for fewer records or a narrower window."
                    )
                )
            }
            return .result(result)
        }
    }
}

/// One request to call a tool, whoever sent it and however.
package struct ToolCall: Sendable {
    package let requestID: RequestID
    package let principal: Principal
    package let view: View
    /// The name as the view shows it.
    package let name: String
    /// The arguments as the client sent them: an object.
    package let arguments: JSONNode
    /// The gateway's own span in the caller's trace; nil when the caller has none.
    package let trace: TraceContext?
    /// Who hears what the tool says before it answers; nil when nobody asked.
    package let listener: CallListener?

    package init(
        requestID: RequestID,
        principal: Principal,
        view: View,
        name: String,
        arguments: JSONNode,
        trace: TraceContext? = nil,
        listener: CallListener? = nil
    ) {
        self.requestID = requestID
        self.principal = principal
        self.view = view
        self.name = name
        self.arguments = arguments
        self.trace = trace
        self.listener = listener
    }
}

/// How a call ended.
package enum ToolCallOutcome: Sendable {
    case result(ProviderResult)
    /// The tool ran or was refused; the caller sees a tool error.
    case failure(GatewayError)
    /// No such tool for this caller; a protocol error.
    case unknownTool
    /// A better token is needed; an HTTP challenge.
    case challenge(StepUp)

    /// The same as an audit outcome.
    var audited: AuditEvent.Outcome {
        switch self {
        case .result(let result): result.isError ? .toolError : .answered
        case .failure(let error): .failed(error.code)
        case .unknownTool: .unknownItem
        case .challenge: .challenged
        }
    }
}
