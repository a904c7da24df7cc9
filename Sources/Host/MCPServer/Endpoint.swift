package import GatewayCore
package import HTTPServer
import JSON
package import MCPModel
package import Sealing

/// The gateway's face to clients: checks a request, finds out who sent it and in which era, and has it answered.
package struct Endpoint: HTTPHandler {
    private let routes: RouteTable
    private let accessGuard: AccessGuard
    private let document: WellKnownDocument
    private let authenticator: any Authenticating
    private let networks: (any NetworkTrusting)?
    private let challenge: BearerChallenge
    private let failures: any FailureReporting
    private let messageLimits: JSONLimits
    private let encoder: MessageEncoder
    private let clock: any WallClock
    private let modern: ModernExchange
    private let session: SessionExchange

    package init(
        _ configuration: EndpointConfiguration,
        tools: any ToolListing,
        items: any ItemListing,
        pipeline: CallPipeline,
        itemPipeline: ItemPipeline,
        authenticator: any Authenticating,
        networks: (any NetworkTrusting)? = nil,
        challenge: BearerChallenge,
        sessions: SessionStore,
        hub: SubscriptionHub = SubscriptionHub(),
        sealer: Sealer,
        spent: SpentStates = SpentStates(since: 0),
        itemRouting: any ItemRouting,
        policy: any PolicyDeciding,
        clock: any WallClock,
        failures: any FailureReporting
    ) {
        routes = RouteTable(views: configuration.views, prefix: configuration.publicURL.prefix)
        accessGuard = AccessGuard(configuration)
        document = WellKnownDocument(configuration.resourceMetadata)
        self.authenticator = authenticator
        self.networks = networks
        self.challenge = challenge
        self.failures = failures
        messageLimits = configuration.messageLimits
        encoder = MessageEncoder(server: configuration.server)
        self.clock = clock
        let listening = Listening(
            hub: hub,
            routing: itemRouting,
            policy: policy,
            encoder: encoder,
            keepAlive: configuration.streams.keepAlive
        )
        let introduction = Introduction(
            server: configuration.server,
            tools: tools,
            timeToLive: configuration.listTimeToLive,
            maximumInstructions: configuration.maximumInstructions
        )
        let methods = Methods([
            PingMethod(),
            DiscoverMethod(introduction: introduction),
            ListToolsMethod(tools: tools, introduction: introduction),
            CallToolMethod(pipeline: pipeline),
            ListItemsMethod(kind: .resource, items: items, introduction: introduction),
            ListItemsMethod(kind: .template, items: items, introduction: introduction),
            ReadResourceMethod(pipeline: itemPipeline),
            ListItemsMethod(kind: .prompt, items: items, introduction: introduction),
            GetPromptMethod(pipeline: itemPipeline),
            CompleteMethod(pipeline: itemPipeline),
        ])
        modern = ModernExchange(
            methods: methods,
            encoder: encoder,
            challenge: challenge,
            streams: configuration.streams,
            listening: listening,
            questioning: Questioning(
                sealer: sealer,
                spent: spent,
                limits: configuration.questions,
                clock: clock
            )
        )
        session = SessionExchange(
            methods: methods,
            encoder: encoder,
            challenge: challenge,
            introduction: introduction,
            sessions: sessions,
            failures: failures,
            maximumBatch: configuration.maximumBatch,
            streams: configuration.streams,
            listening: listening,
            questions: configuration.questions
        )
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        switch routes.route(request.path) {
        case .resourceMetadata: return document.answer(to: request)
        case .view(let view): return await respond(to: request, view)
        case nil: return .text(404, "There is nothing here.")
        }
    }

    private func respond(to request: HTTPRequest, _ view: View) async -> HTTPResponse {
        let requestID = RequestID()
        switch accessGuard.refusal(of: request) {
        case .host:
            report(.host, requestID, request)
            return .text(421, "This host name is not served here.")
        case .origin:
            report(.origin, requestID, request)
            return .text(403, "Pages of this origin are not served here.")
        case nil: break
        }
        if request.method == "OPTIONS" { return CrossOrigin.open(CrossOrigin.preflight(request), to: request) }
        let response =
            switch await identify(request, view, requestID) {
            case .refused(let refusal): refusal
            case .caller(let caller): await respond(to: request, of: caller)
            }
        return CrossOrigin.open(response, to: request)
    }

    // MARK: - Who

    private enum Identification {
        case caller(Caller)
        case refused(HTTPResponse)
    }

    private func identify(_ request: HTTPRequest, _ view: View, _ requestID: RequestID) async -> Identification {
        let credentials = PresentedCredentials(
            authorization: request.headers.values("Authorization"),
            hasQueryToken: request.hasQueryToken
        )
        if credentials.areAbsent, let place = request.place, let known = networks?.caller(from: place) {
            return .caller(
                Caller(
                    requestID: requestID,
                    principal: known.principal,
                    view: view,
                    lifetime: .seconds(max(0, known.expiresAt - clock.now)),
                    isStillKnown: { [networks] in networks?.caller(from: place) != nil },
                    remoteAddress: request.remoteAddress,
                    trace: request.headers.trace
                )
            )
        }
        let principal: Principal
        let lifetime: Duration?
        switch await authenticator.authenticate(credentials) {
        case .principal(let known, expiresAt: let expiry):
            principal = known
            lifetime = .seconds(max(0, expiry - clock.now))
        case .anonymous where view.allowsAnonymous: (principal, lifetime) = (.anonymous, nil)
        case .anonymous: return .refused(.unauthorized(challenge.missingToken))
        case .refused(let refusal) where refusal.isPassing:
            report(.token(refusal), requestID, request)
            var answer = HTTPResponse.text(503, "Access tokens cannot be checked at the moment.")
            answer.headers.append(HTTPField("Retry-After", "30"))
            return .refused(answer)
        case .refused(let refusal):
            report(.token(refusal), requestID, request)
            return .refused(.unauthorized(challenge.invalidToken(refusal)))
        case .malformed:
            report(.malformedCredentials, requestID, request)
            return .refused(.text(400, "The credentials are malformed. Send one header field Authorization: Bearer."))
        }
        return .caller(
            Caller(
                requestID: requestID,
                principal: principal,
                view: view,
                lifetime: lifetime,
                isStillKnown: { [authenticator] in
                    guard lifetime != nil else { return true }
                    if case .principal = await authenticator.authenticate(credentials) { return true }
                    return false
                },
                remoteAddress: request.remoteAddress,
                trace: request.headers.trace
            )
        )
    }

    private func report(_ reason: RefusedRequest.Reason, _ requestID: RequestID, _ request: HTTPRequest) {
        failures.report(
            RefusedRequest(requestID: requestID, reason: reason, remoteAddress: request.remoteAddress)
        )
    }

    // MARK: - What

    private func respond(to request: HTTPRequest, of caller: Caller) async -> HTTPResponse {
        let version = request.headers.first(HeaderName.protocolVersion).map(HeaderText.trimmed)
        switch request.method {
        case "POST": return await respond(toPost: request, of: caller, version)
        case "DELETE" where !Self.isModern(version): return session.end(headers: request.headers, of: caller)
        case "GET" where !Self.isModern(version) && request.headers.first(HeaderName.session) != nil:
            return session.listen(headers: request.headers, of: caller)
        default:
            let allowed = Self.isModern(version) ? "POST, OPTIONS" : "POST, GET, DELETE, OPTIONS"
            return .text(405, "Send messages with POST.", [HTTPField("Allow", allowed)])
        }
    }

    private func respond(toPost request: HTTPRequest, of caller: Caller, _ version: String?) async -> HTTPResponse {
        let types = request.headers.values("Content-Type")
        guard types.count == 1, let type = types.first, MediaTypes.isJSON(contentType: type) else {
            return .text(415, "Send JSON in UTF-8, with Content-Type: application/json.")
        }
        guard MediaTypes.acceptsJSON(request.headers.values("Accept")) else {
            return .text(406, "Answers are application/json. Send Accept: application/json, text/event-stream.")
        }
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: request.body, limits: messageLimits)
        } catch {
            return .message(encoder.error(ProtocolError(error), to: nil), status: 400)
        }
        switch EraSelection.era(header: version, body: document.root) {
        case .modern: return await modern.answer(to: document.root, headers: request.headers, of: caller)
        case .session: return await session.answer(to: document.root, headers: request.headers, of: caller)
        }
    }

    private static func isModern(_ version: String?) -> Bool {
        version.map(EraSelection.isModern) ?? false
    }
}

extension PresentedCredentials {
    /// Whether nothing is presented at all, good or bad.
    fileprivate var areAbsent: Bool { authorization.isEmpty && !hasQueryToken }
}

extension HTTPRequest {
    /// Where the request comes from; nil when the connection does not show it.
    fileprivate var place: PeerPlace? { socketPath.map(PeerPlace.socket) ?? remoteAddress.map(PeerPlace.address) }

    /// Whether the query has a parameter `access_token`; its value is never read.
    fileprivate var hasQueryToken: Bool {
        guard let query else { return false }
        return query.split(separator: "&").contains { parameter in
            parameter.prefix { $0 != "=" }.lowercased() == "access_token"
        }
    }
}
