package import JSON

/// The path of a request about a resource or prompt: route → decide → ask → audit, as `CallPipeline` does for tools.
package struct ItemPipeline: Sendable {
    private let routing: any ItemRouting
    private let policy: any PolicyDeciding
    private let audit: any Auditing
    private let limits: CallLimits
    private let consent: ConsentDesk
    private let stepUps: StepUpDesk
    /// The same that counts calls of tools: an item's request is one of them.
    private let admission: CallAdmission
    private let provenance: (any ProvenanceKeeping)?

    package init(
        routing: any ItemRouting,
        policy: any PolicyDeciding,
        audit: any Auditing,
        limits: CallLimits,
        admission: CallAdmission,
        consentPages: (any CallConsenting)? = nil,
        provenance: (any ProvenanceKeeping)? = nil,
        stepUps: StepUpDesk = StepUpDesk(),
        needs: CredentialNeeds? = nil
    ) {
        self.provenance = provenance
        self.routing = routing
        self.policy = policy
        self.audit = audit
        self.limits = limits
        consent = ConsentDesk(pages: consentPages, rounds: limits.questionRounds, needs: needs)
        self.stepUps = stepUps
        self.admission = admission
    }

    /// Carries one request to its end, which is always an outcome.
    package func perform(_ call: ItemCall) async -> ItemOutcome {
        let start = SuspendingClock.now
        let route = route(of: call)
        let decision = route.map { policy.decision(on: $0.item, for: call.principal) } ?? .hidden
        let outcome = await outcome(of: call, by: route, decision)
        audit.record(
            AuditEvent(
                requestID: call.requestID,
                principal: decision.isVisible ? call.principal.facing(route?.item) : call.principal,
                item: decision.isKnown ? route?.item : nil,
                outcome: Task.isCancelled ? .cancelled : outcome.audited,
                duration: start.duration(to: .now),
                trace: call.trace,
                arguments: decision.isKnown ? call.arguments?.bytes : nil
            )
        )
        return outcome
    }

    private func route(of call: ItemCall) -> ItemRoute? {
        switch call.target {
        case .resource(let uri): routing.route(toResource: uri, in: call.view)
        case .template(let template):
            routing.route(toTemplate: template, in: call.view) ?? routing.route(toResource: template, in: call.view)
        case .prompt(let name): routing.route(toPrompt: name, in: call.view)
        }
    }

    /// An item the caller may not see is an unknown name, whoever asks and however.
    private func outcome(of call: ItemCall, by route: ItemRoute?, _ decision: PolicyDecision) async -> ItemOutcome {
        guard let route else { return .unknownItem }
        switch decision {
        case .hidden: return .unknownItem
        case .blocked: return .failure(.blocked)
        case .denied(let roles): return .failure(.missingRole(roles))
        case .challenge(let stepUp):
            return switch await stepUps.answer(to: stepUp, of: call.principal, for: route.item) {
            case .challenge(let stepUp): .challenge(stepUp)
            case .refuse(let error): .failure(error)
            }
        case .needsConsent: return await perform(call, by: route, needsConsent: true)
        case .allowed: return await perform(call, by: route, needsConsent: false)
        }
    }

    private func perform(_ call: ItemCall, by route: ItemRoute, needsConsent: Bool) async -> ItemOutcome {
        if call.question == .prompt, let fault = Self.fault(in: call.arguments, of: route) { return .failure(fault) }
        let ticket: CallAdmission.Ticket
        do {
            ticket = try admission.enter(call.principal, namespace: route.item.namespace)
        } catch {
            return .failure(error)
        }
        defer { admission.leave(ticket) }
        let deadline = Deadline.after(min(limits.defaultTimeout, limits.longestTimeout))
        if call.question != .complete, policy.leavesLastWord(on: route.item),
            let refusal = await refusal(of: call, by: route, deadline)
        {
            return .failure(refusal)
        }
        // Values are suggested while somebody types: that asks nothing and changes nothing.
        guard call.question != .complete else {
            return shape(await route.provider.answer(request(call, route, deadline, call.interaction)), of: call, route)
        }
        let subject = ConsentSubject(
            requestID: call.requestID,
            principal: call.principal,
            item: route.item,
            name: route.localName,
            arguments: call.arguments
        )
        let settled = await consent.settle(
            subject,
            shownAs: needsConsent ? call.target.name : nil,
            call.interaction,
            edition: route.edition,
            asks: { $0.question },
            mayRepeat: true,
            fails: { $0.hasFailed },
            call: { await route.provider.answer(request(call, route, deadline, $0)) }
        )
        return switch settled {
        case .answered(let reply): shape(reply, of: call, route)
        case .ask(let question): .question(question)
        case .refuse(let error): .failure(error)
        }
    }

    private func request(
        _ call: ItemCall,
        _ route: ItemRoute,
        _ deadline: Deadline,
        _ interaction: Interaction
    ) -> ItemRequest {
        ItemRequest(
            requestID: call.requestID,
            question: call.question,
            name: route.localName,
            body: call.question == .read ? route.resourceBody : call.body,
            principal: call.principal.facing(route.item),
            viewPath: call.view.path,
            deadline: deadline,
            budgetBytes: limits.resultBudgetBytes,
            trace: call.trace,
            interaction: interaction
        )
    }

    private func shape(_ reply: ItemReply, of call: ItemCall, _ route: ItemRoute) -> ItemOutcome {
        switch reply {
        case .failure(let error) where error.code == .notFound && call.question != .complete: return .unknownItem
        case .failure(let error): return .failure(error)
        case .question: return .failure(.asksAboutValues)
        case .result(let structured, let meta):
            guard structured.count + meta.count <= limits.resultCapBytes else {
                return .failure(GatewayError(.tooLarge, "The answer is larger than this gateway passes on."))
            }
            return .result(
                structured: structured,
                meta: ProvenanceID.meta(meta, with: named(structured, of: call, route)),
                namespace: route.item.namespace
            )
        }
    }

    /// An id by which the caller finds the result again; values that complete something have none.
    private func named(_ structured: [UInt8], of call: ItemCall, _ route: ItemRoute) -> ProvenanceID? {
        guard let provenance, call.question != .complete else { return nil }
        let id = ProvenanceID()
        provenance.keep(
            AnsweredCall(
                id: id,
                requestID: call.requestID,
                principal: call.principal,
                item: route.item,
                name: route.localName,
                arguments: call.arguments?.bytes,
                structured: structured
            )
        )
        return id
    }

    /// What the provider has against a request that its rule allows; nil when nothing.
    private func refusal(of call: ItemCall, by route: ItemRoute, _ deadline: Deadline) async -> GatewayError? {
        let arguments = call.question == .read ? route.resourceBody : call.body
        let request = NarrowingRequest(
            requestID: call.requestID,
            item: route.item,
            name: route.localName,
            arguments: arguments[...],
            principal: call.principal.facing(route.item),
            viewPath: call.view.path,
            deadline: deadline.atMost(limits.authorizeTimeout),
            trace: call.trace
        )
        return await route.provider.verdict(on: request).refusal
    }

    /// What is wrong with the arguments of a prompt: every one is a string, and the required ones are there.
    private static func fault(in arguments: JSONNode?, of route: ItemRoute) -> GatewayError? {
        var given: Set<String> = []
        if let members = arguments?.members {
            for member in members {
                guard member.value.string != nil else {
                    return GatewayError(.invalidArgument, "The argument \"\(member.name)\" must be a string.")
                }
                given.insert(member.name)
            }
        }
        let known = Set(route.arguments.map(\.name))
        if let unknown = given.subtracting(known).min() {
            let names = known.sorted().joined(separator: ", ")
            return GatewayError(
                .invalidArgument,
                "The prompt has no argument \"\(unknown.prefix(64))\".",
                hint: names.isEmpty ? "It takes none." : "It takes: \(names)."
            )
        }
        let missing = route.arguments.filter { $0.isRequired && !given.contains($0.name) }.map(\.name)
        guard !missing.isEmpty else { return nil }
        return GatewayError(.invalidArgument, "Missing arguments: \(missing.joined(separator: ", ")).")
    }
}

/// One request about a resource or prompt, whoever sent it and however.
package struct ItemCall: Sendable {
    /// What it is about, as the view shows it.
    package enum Target: Hashable, Sendable {
        case resource(String)
        case template(String)
        case prompt(String)

        var name: String {
            switch self {
            case .resource(let name), .template(let name), .prompt(let name): name
            }
        }
    }

    package let requestID: RequestID
    package let principal: Principal
    package let view: View
    package let target: Target
    package let question: ItemRequest.Question
    /// The arguments of a prompt; nil when there are none.
    package let arguments: JSONNode?
    /// What the provider is given, a JSON object.
    package let body: [UInt8]
    package let trace: TraceContext?
    /// What was asked and answered on its behalf until now.
    package let interaction: Interaction

    package init(
        requestID: RequestID,
        principal: Principal,
        view: View,
        target: Target,
        question: ItemRequest.Question,
        arguments: JSONNode? = nil,
        body: [UInt8],
        trace: TraceContext? = nil,
        interaction: Interaction = Interaction()
    ) {
        self.requestID = requestID
        self.principal = principal
        self.view = view
        self.target = target
        self.question = question
        self.arguments = arguments
        self.body = body
        self.trace = trace
        self.interaction = interaction
    }
}

/// How a request about an item ended.
package enum ItemOutcome: Sendable {
    /// A JSON object in the shape of the question; URIs in it are local ones of the namespace.
    case result(structured: [UInt8], meta: [UInt8], namespace: String)
    case failure(GatewayError)
    /// No such item for this caller.
    case unknownItem
    /// A better token is needed; an HTTP challenge.
    case challenge(StepUp)
    /// Something must be known first.
    case question(Question)

    /// The same as an audit outcome.
    var audited: AuditEvent.Outcome {
        switch self {
        case .result: .answered
        case .failure(let error): .failed(error.code)
        case .unknownItem: .unknownItem
        case .challenge: .challenged
        case .question: .asked
        }
    }
}
