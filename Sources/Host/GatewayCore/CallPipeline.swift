import JSON

/// The path of a call through the gateway: route → decide → validate → call → shape → audit.
///
/// Everything above (HTTP, eras, tokens) turns a request into a `ToolCall`; everything below (plugins, sources) stands
/// behind `ToolProvider`. What is allowed, and what a caller learns when it is not, is decided here and nowhere else.
package struct CallPipeline: Sendable {
    private let routing: any ToolRouting
    private let policy: any PolicyDeciding
    private let audit: any Auditing
    private let limits: CallLimits
    private let consent: ConsentDesk
    private let provenance: (any ProvenanceKeeping)?
    private let stepUps: StepUpDesk
    /// Counts the calls that run, for limits and metrics.
    package let admission: CallAdmission

    package init(
        routing: any ToolRouting,
        policy: any PolicyDeciding,
        audit: any Auditing,
        limits: CallLimits = CallLimits(),
        consentPages: (any CallConsenting)? = nil,
        provenance: (any ProvenanceKeeping)? = nil,
        stepUps: StepUpDesk = StepUpDesk(),
        needs: CredentialNeeds? = nil
    ) {
        self.routing = routing
        self.policy = policy
        self.audit = audit
        self.limits = limits
        consent = ConsentDesk(pages: consentPages, rounds: limits.questionRounds, needs: needs)
        self.provenance = provenance
        self.stepUps = stepUps
        admission = CallAdmission(limits: limits)
    }

    /// Carries one call to its end, which is always an outcome: nothing is thrown.
    package func perform(_ call: ToolCall) async -> ToolCallOutcome {
        let start = SuspendingClock.now
        let (call, route) = meant(by: call)
        let decision = route.map { self.decision(on: $0, for: call.principal) } ?? .hidden
        let outcome = await outcome(of: call, by: route, decision)
        audit.record(
            AuditEvent(
                requestID: call.requestID,
                principal: decision.isVisible ? call.principal.facing(route?.item) : call.principal,
                item: decision.isKnown ? route?.item : nil,
                outcome: Task.isCancelled ? .cancelled : outcome.audited,
                duration: start.duration(to: .now),
                trace: call.trace,
                arguments: decision.isKnown ? call.arguments.bytes : nil
            )
        )
        return outcome
    }

    /// The call that a call of a tool stands for, and its route.
    ///
    /// A call inside a call takes its place before anything is decided, so that it is answered as if it had come alone.
    /// It is never one of the gateway's own tools: they would call each other.
    private func meant(by call: ToolCall) -> (ToolCall, ToolRoute?) {
        let route = routing.route(toTool: call.name, in: call.view)
        guard let route, route.wrapsCall, route.input.violations(in: call.arguments, limit: 1).isEmpty,
            let inner = call.wrapped
        else { return (call, route) }
        let innerRoute = routing.route(toTool: inner.name, in: inner.view)
        return (inner, innerRoute?.item.isOfGateway == true ? nil : innerRoute)
    }

    private func decision(on route: ToolRoute, for principal: Principal) -> PolicyDecision {
        guard route.item.isOfGateway else { return policy.decision(on: route.item, for: principal) }
        return route.audience?.isDisjoint(with: principal.roles) == true ? .hidden : .allowed
    }

    /// A tool the caller may not see is an unknown name, whoever asks and however.
    private func outcome(
        of call: ToolCall,
        by route: ToolRoute?,
        _ decision: PolicyDecision
    ) async -> ToolCallOutcome {
        guard let route else { return .unknownTool(call.name) }
        if decision.isVisible, !route.headerParameters.isEmpty,
            let mismatch = call.fields?.mismatch(route.headerParameters, in: call.arguments)
        {
            return .mismatch(mismatch)
        }
        switch decision {
        case .hidden: return .unknownTool(call.name)
        case .blocked: return .failure(.blocked)
        case .denied(let roles): return .failure(.missingRole(roles))
        case .challenge(let stepUp):
            return switch await stepUps.answer(to: stepUp, of: call.principal, for: route.item) {
            case .challenge(let stepUp): .challenge(stepUp)
            case .refuse(let error): .failure(error)
            }
        case .needsConsent: return await perform(call, by: route, needsConsent: true)
        case .allowed: return await perform(call, by: route, needsConsent: route.isDestructive)
        }
    }

    private func perform(_ call: ToolCall, by route: ToolRoute, needsConsent: Bool) async -> ToolCallOutcome {
        let violations = route.input.violations(in: call.arguments, limit: limits.reportedViolations)
        guard violations.isEmpty else { return .failure(.invalidArguments(violations)) }
        guard route.isReadOnly || call.principal.network == nil else { return .failure(.onlyReads) }
        let ticket: CallAdmission.Ticket
        do {
            ticket = try admission.enter(call.principal, namespace: route.item.namespace)
        } catch {
            return .failure(error)
        }
        defer { admission.leave(ticket) }
        let deadline = Deadline.after(min(route.timeout ?? limits.defaultTimeout, limits.longestTimeout))
        if policy.leavesLastWord(on: route.item), let refusal = await refusal(of: call, by: route, deadline) {
            return .failure(refusal)
        }
        let subject = ConsentSubject(
            requestID: call.requestID,
            principal: call.principal,
            item: route.item,
            name: route.item.localName,
            arguments: call.arguments
        )
        let settled = await consent.settle(
            subject,
            shownAs: needsConsent ? call.name : nil,
            call.interaction,
            edition: route.edition,
            asks: { $0.question },
            mayRepeat: route.isReadOnly,
            fails: { $0.hasFailed },
            call: { await route.provider.call(providerCall(call, route, deadline, $0)) }
        )
        return switch settled {
        case .answered(let reply): shape(reply, to: call, route)
        case .ask(let question): .question(question)
        case .refuse(let error): .failure(error)
        }
    }

    private func providerCall(
        _ call: ToolCall,
        _ route: ToolRoute,
        _ deadline: Deadline,
        _ interaction: Interaction
    ) -> ProviderCall {
        ProviderCall(
            requestID: call.requestID,
            tool: route.item.localName,
            arguments: call.arguments.bytes,
            principal: call.principal.facing(route.item),
            viewPath: call.view.path,
            deadline: deadline,
            budgetBytes: limits.resultBudgetBytes,
            trace: call.trace,
            listener: call.listener,
            form: call.form,
            interaction: interaction
        )
    }

    /// What the provider has against a call that its rule allows; nil when nothing.
    private func refusal(of call: ToolCall, by route: ToolRoute, _ deadline: Deadline) async -> GatewayError? {
        let request = NarrowingRequest(
            requestID: call.requestID,
            item: route.item,
            name: route.item.localName,
            arguments: call.arguments.bytes,
            principal: call.principal.facing(route.item),
            viewPath: call.view.path,
            deadline: deadline.atMost(limits.authorizeTimeout),
            trace: call.trace
        )
        return await route.provider.verdict(on: request).refusal
    }

    private func shape(_ reply: ProviderReply, to call: ToolCall, _ route: ToolRoute) -> ToolCallOutcome {
        switch reply {
        case .failure(let error): return .failure(error)
        // Settled before.
        case .question: return .failure(.asksTooOften)
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
            return .result(named(result, of: call, route.item))
        }
    }

    /// The result with an id by which its caller finds it again; what the gateway says of itself has none.
    private func named(_ result: ProviderResult, of call: ToolCall, _ item: ItemReference) -> ProviderResult {
        let id = provenance == nil || item.isOfGateway ? nil : ProvenanceID()
        if let id {
            provenance?.keep(
                AnsweredCall(
                    id: id,
                    requestID: call.requestID,
                    principal: call.principal,
                    item: item,
                    name: item.localName,
                    arguments: call.arguments.bytes,
                    structured: result.structured,
                    content: result.content,
                    isError: result.isError
                )
            )
        }
        return ProviderResult(
            structured: result.structured,
            content: result.content,
            meta: ProvenanceID.meta(result.meta, with: id),
            isError: result.isError
        )
    }
}

/// How a call ended.
package enum ToolCallOutcome: Sendable {
    case result(ProviderResult)
    /// The tool ran or was refused; the caller sees a tool error.
    case failure(GatewayError)
    /// No tool of this name for this caller; a protocol error.
    case unknownTool(String)
    /// A header field does not say what the arguments say; a protocol error.
    case mismatch(HeaderMismatch)
    /// A better token is needed; an HTTP challenge.
    case challenge(StepUp)
    /// Something must be known first.
    case question(Question)

    /// The same as an audit outcome.
    var audited: AuditEvent.Outcome {
        switch self {
        case .result(let result): result.isError ? .toolError : .answered
        case .failure(let error): .failed(error.code)
        case .unknownTool: .unknownItem
        case .mismatch: .failed(.invalidArgument)
        case .challenge: .challenged
        case .question: .asked
        }
    }
}
