package import GatewayCore
package import GatewayState
package import JSON

/// The gateway as an authorization server: one login for all collaborations, over the logins they have.
///
/// Every function answers one request; what lasts is in the state. So several gateways may answer for each other.
package struct AuthorizationServer: Sendable {
    package let settings: AuthorizationSettings
    /// Has people agree to calls.
    package let consents: CallConsents
    /// Remembers who must log in anew.
    package let demands: LoginDemands
    private let workshop: Workshop
    let flow: BrowserFlow
    private let consentFlow: CallConsentFlow
    private let tokens: TokenEndpoint
    private let registration: ClientRegistration
    private let devices: DeviceRequest
    private let revocation: Revocation
    private let keys: SigningKeys
    private let limiter: AttemptLimiter

    /// Joins the parts.
    /// - Parameters:
    ///   - settings: What the site decides.
    ///   - lasting: What outlives a change of the settings.
    ///   - identities: Reads who logged in.
    ///   - clock: Tells the time.
    ///   - events: Hears what was done and refused.
    package init(
        settings: AuthorizationSettings,
        lasting: LastingParts,
        identities: any IdentityReading,
        clock: any WallClock,
        events: any AuthorizationReporting
    ) {
        self.settings = settings
        let workshop = Workshop(
            settings: settings,
            store: lasting.store,
            identities: identities,
            clock: clock,
            events: events
        )
        let directory = ClientDirectory(workshop: workshop, documents: lasting.documents)
        let check = ClientCheck(workshop: workshop, directory: directory, documents: lasting.documents)
        self.workshop = workshop
        demands = LoginDemands(workshop: workshop)
        flow = BrowserFlow(
            workshop: workshop,
            directory: directory,
            providers: lasting.providers,
            standings: lasting.standings,
            demands: demands
        )
        consents = CallConsents(workshop: workshop)
        consentFlow = CallConsentFlow(workshop: workshop, flow: flow)
        tokens = TokenEndpoint(
            workshop: workshop,
            directory: directory,
            check: check,
            keys: lasting.keys,
            confirmation: Confirmation(workshop: workshop, providers: lasting.providers)
        )
        registration = ClientRegistration(workshop: workshop, limiter: lasting.limiter)
        devices = DeviceRequest(workshop: workshop, check: check)
        revocation = Revocation(workshop: workshop, check: check, standings: lasting.standings)
        keys = lasting.keys
        limiter = lasting.limiter
    }

    /// What of the authorization server outlives a change of its settings.
    package struct LastingParts: Sendable {
        package let store: StateStore
        package let keys: SigningKeys
        package let documents: ClientDocuments
        package let providers: UpstreamProviders
        package let standings: GrantStandings
        package let limiter: AttemptLimiter

        package init(
            store: StateStore,
            keys: SigningKeys,
            documents: ClientDocuments,
            providers: UpstreamProviders,
            standings: GrantStandings,
            limiter: AttemptLimiter = AttemptLimiter()
        ) {
            self.store = store
            self.keys = keys
            self.documents = documents
            self.providers = providers
            self.standings = standings
            self.limiter = limiter
        }
    }

    // MARK: - Documents

    /// The JWK set, as JSON text.
    package func keySet() async throws(OAuthError) -> [UInt8] {
        try await workshop.state { _ throws(StateError) in try await keys.keySet() }
    }

    // MARK: - What clients ask

    /// `POST /token`.
    package func token(
        _ body: [UInt8],
        authorization: [String],
        from address: String
    ) async throws(OAuthError) -> JSONValue {
        try await limited(body, authorization, address) { form throws(OAuthError) in
            try await tokens.answer(form, authorization: authorization)
        }
    }

    /// `POST /device_authorization`.
    package func device(
        _ body: [UInt8],
        authorization: [String],
        from address: String
    ) async throws(OAuthError) -> JSONValue {
        try await limited(body, authorization, address) { form throws(OAuthError) in
            try await devices.answer(form, authorization: authorization)
        }
    }

    /// `POST /revoke`.
    package func revoke(_ body: [UInt8], authorization: [String], from address: String) async throws(OAuthError) {
        try await limited(body, authorization, address) { form throws(OAuthError) in
            try await revocation.revoke(form, authorization: authorization)
        }
    }

    /// `POST /register`.
    package func register(_ body: [UInt8], from address: String) async throws(OAuthError) -> JSONValue {
        try await registration.register(body, from: address)
    }

    /// Slows down who fails too often, by address and client.
    ///
    /// Whatever is right is served all the same: many share an address, and nobody shall lock the others out.
    private func limited<Value>(
        _ body: [UInt8],
        _ authorization: [String],
        _ address: String,
        _ answer: (FormParameters) async throws(OAuthError) -> Value
    ) async throws(OAuthError) -> Value {
        let form = try FormParameters(Self.text(body))
        do throws(OAuthError) {
            return try await answer(form)
        } catch {
            // What is no fault of the client's is not counted.
            guard ![.authorizationPending, .slowDown, .temporarilyUnavailable].contains(error.code) else { throw error }
            let client = (try? ClientCredential(authorization: authorization, form))?.client ?? ""
            workshop.report(.refused, client: nil, error.code.rawValue)
            let most = settings.limits.failuresPerMinute
            guard limiter.allows("failures \(address) \(client)", atMost: most, at: workshop.now) else {
                throw .tooMany
            }
            throw error
        }
    }

    // MARK: - What people do

    /// `GET /authorize`.
    package func authorize(_ query: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await flow.begin(query, cookies)
    }

    /// `POST /login/consent`.
    package func decide(_ body: [UInt8], _ cookies: BrowserCookies) async -> BrowserStep {
        guard let form = try? FormParameters(Self.text(body)), let ticket = form["ticket"],
            let decision = form["decision"].flatMap(BrowserFlow.Decision.init(rawValue:))
        else { return BrowserFlow.expired(cookies) }
        return await flow.decide(decision, ticket: ticket, cookies)
    }

    /// `POST /login/choice`.
    package func choose(_ body: [UInt8], _ cookies: BrowserCookies) async -> BrowserStep {
        guard let form = try? FormParameters(Self.text(body)), let ticket = form["ticket"],
            let provider = form["provider"]
        else { return BrowserFlow.expired(cookies) }
        return await flow.choose(provider, ticket: ticket, cookies)
    }

    /// `POST /login/password`: guesses are counted by address.
    package func logIn(_ body: [UInt8], from address: String, _ cookies: BrowserCookies) async -> BrowserStep {
        let key = "password " + address
        guard limiter.allows(key, atMost: settings.limits.failuresPerMinute, at: workshop.now) else {
            return BrowserFlow.refused(
                "Too many passwords",
                "Wait a minute, and start again where you came from.",
                cookies,
                status: 429
            )
        }
        guard let form = try? FormParameters(Self.text(body)), let ticket = form["ticket"] else {
            return BrowserFlow.expired(cookies)
        }
        return await flow.logIn(form["username"] ?? "", form["password"] ?? "", ticket: ticket, cookies)
    }

    /// `GET /login/callback/<provider>`.
    package func comeBack(from provider: String, _ query: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await flow.comeBack(from: provider, query, cookies)
    }

    /// `GET /approve/<id>`.
    package func showCall(_ id: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await consentFlow.show(id, cookies)
    }

    /// `POST /approve/<id>`; the caller has checked that the form is one of ours.
    package func answer(_ decision: String, forCall id: String, _ cookies: BrowserCookies) async -> BrowserStep {
        guard let decision = CallConsentFlow.Decision(rawValue: decision) else { return BrowserFlow.expired(cookies) }
        return await consentFlow.decide(decision, id, cookies)
    }

    /// `POST /device`: guesses are counted by address, as a code is short (RFC 8628 section 5.1).
    package func enter(_ userCode: String, from address: String, _ cookies: BrowserCookies) async -> BrowserStep {
        let key = "device " + address
        guard limiter.allows(key, atMost: settings.limits.registrationsPerMinute, at: workshop.now) else {
            return BrowserFlow.refused(
                "Too many codes",
                "Wait a minute, and type the code again.",
                cookies,
                status: 429
            )
        }
        guard let code = UserCode.plain(userCode) else {
            return BrowserFlow.refused(
                "This is not a code",
                "Type the eight letters that the device shows.",
                cookies
            )
        }
        return await flow.begin(userCode: code, cookies)
    }

    static func text(_ body: [UInt8]) throws(OAuthError) -> String {
        guard let text = String(validating: body, as: UTF8.self) else {
            throw OAuthError(.invalidRequest, "The body is not a form in UTF-8.")
        }
        return text
    }
}
