import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Sealing
import Synchronization
import TestSupport

/// A clock that moves when it is told to.
final class TurnedClock: WallClock {
    private let moment = Mutex<Int64>(1_800_000_000)

    var now: Int64 { moment.withLock { $0 } }

    func advance(_ seconds: Int64) { moment.withLock { $0 += seconds } }
}

/// A provider of one person, whose words are believed; and, as `obs`, another with another.
final class OneProvider: HTTPFetch, IdentityReading {
    struct State {
        var other = Other()
        /// When they logged in, as both providers say; nil when those do not.
        var authenticatedAt: Int64?
        var groups = ["members"]
        var subject = "ada"
        /// What a refresh is answered with; nil for nothing.
        var refresh: (status: Int, body: String)? = (
            200, #"{"id_token": "x", "access_token": "at", "refresh_token": "rt2"}"#
        )
        var refreshes = 0
        /// What a login is answered with.
        var login = #"{"id_token": "x", "access_token": "at", "refresh_token": "rt1"}"#
        /// What is given for a token, or to the gateway itself; nil for nothing.
        var issued: (status: Int, body: String)?
        /// What the token endpoint was asked, as forms.
        var forms: [String] = []
        /// What happens, once, while the token endpoint is asked.
        var meanwhile: (@Sendable () async -> Void)?
    }

    /// What there is at the other provider.
    struct Other {
        var groups = ["observers"]
        var subject = "ada-there"
        var refresh: (status: Int, body: String)? = (200, #"{"id_token": "x", "refresh_token": "ort2"}"#)
    }

    static let other = "https://obs.example"

    let state = Mutex(State())

    func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        let isOther = request.url.hasPrefix(Self.other)
        if request.url.hasSuffix("/configuration") {
            let root = isOther ? Self.other : "https://idp.example"
            let document =
                #"{"issuer": "\#(root)", "authorization_endpoint": "\#(root)/a", "token_endpoint": "\#(root)/t"}"#
            return FetchResponse(status: 200, headers: [], body: Array(document.utf8))
        }
        let form = String(decoding: request.body ?? [], as: UTF8.self)
        let meanwhile = state.withLock { state in
            state.forms.append(form)
            return state.meanwhile.take()
        }
        await meanwhile?()
        if form.contains("grant_type=client_credentials") || form.contains("token-exchange") {
            guard let issued = state.withLock({ $0.issued }) else { throw .unreachable("it is down") }
            return FetchResponse(status: issued.status, headers: [], body: Array(issued.body.utf8))
        }
        guard form.contains("grant_type=refresh_token") else {
            return FetchResponse(status: 200, headers: [], body: Array(state.withLock { $0.login }.utf8))
        }
        let answer = state.withLock { state in
            if isOther { return state.other.refresh }
            state.refreshes += 1
            return state.refresh
        }
        guard let answer else { throw .unreachable("it is down") }
        return FetchResponse(status: answer.status, headers: [], body: Array(answer.body.utf8))
    }

    func identity(in answer: LoginAnswer, of provider: String) async throws(TokenRefusal) -> UpstreamIdentity {
        state.withLock { state in
            let isOther = provider == "obs"
            return UpstreamIdentity(
                issuer: isOther ? Self.other : "https://idp.example",
                subject: isOther ? state.other.subject : state.subject,
                username: "Ada",
                groups: isOther ? state.other.groups : state.groups,
                authenticatedAt: state.authenticatedAt
            )
        }
    }

    func roles(of groups: [String], at provider: String) -> Set<String> {
        if provider == "obs" { return groups.contains("observers") ? ["atlas.user"] : [] }
        return groups.contains("members") ? ["epic.user"] : []
    }

    func assertion(
        _ token: String,
        of client: String,
        signedBy keySet: [UInt8]
    ) async throws(TokenRefusal) -> ClientAssertion {
        throw .signature
    }
}

/// Remembers what was done and refused.
final class Events: AuthorizationReporting {
    private let all = Mutex<[AuthorizationEvent]>([])
    private let audited = Mutex<[AuditedAct]>([])

    var kinds: [AuthorizationEvent.Kind] { all.withLock { $0.map(\.kind) } }

    var acts: [AuditedAct] { audited.withLock { $0 } }

    func report(_ event: AuthorizationEvent) { all.withLock { $0.append(event) } }

    func report(_ act: AuditedAct) { audited.withLock { $0.append(act) } }
}

/// An authorization server in memory but for its state, with a clock of its own.
struct Bench {
    let clock = TurnedClock()
    let provider = OneProvider()
    let events = Events()
    let store: StateStore
    let lasting: AuthorizationServer.LastingParts
    var settings: AuthorizationSettings

    init(_ change: (inout AuthorizationSettings) -> Void = { _ in }) throws {
        guard let sealer = Sealer(secrets: [Array(repeating: 9, count: 32)]) else { throw SetupFailure("no sealer") }
        store = try StateStore(path: RunFolder.current.subfolder("bench") + "/state.sqlite", sealer: sealer)
        var settings = Samples.settings
        settings.providers = [
            LoginProvider(
                id: "lab",
                label: "Lab",
                issuers: ["https://idp.example"],
                discoveryURL: "https://idp.example/configuration",
                clientID: "gateway",
                clientSecret: "s",
                scopes: ["openid"],
                asksUserinfo: false
            )
        ]
        settings.clients = [
            Client(id: "c1", name: "Client", origin: .site, redirectURIs: ["https://client.example/back"])
        ]
        change(&settings)
        self.settings = settings
        lasting = AuthorizationServer.LastingParts(
            store: store,
            keys: SigningKeys(store: store, clock: clock, lifetimes: settings.lifetimes),
            documents: ClientDocuments(fetch: provider, clock: clock, events: events),
            providers: UpstreamProviders(fetch: provider, clock: clock),
            standings: GrantStandings(store: store, clock: clock)
        )
        lasting.standings.adopt(settings, provider)
    }

    var server: AuthorizationServer {
        AuthorizationServer(settings: settings, lasting: lasting, identities: provider, clock: clock, events: events)
    }

    // MARK: - A person's way

    /// Somebody who agreed and was sent to the provider: the state of that login, and the cookies.
    func agreed(_ cookies: BrowserCookies = BrowserCookies()) async throws -> (state: String, BrowserCookies) {
        let consent = await server.authorize(Samples.query(), cookies)
        guard case .consent(let view) = consent.page else { throw SetupFailure("no consent: \(consent.page)") }
        let body = FormParameters.encode([(name: "ticket", value: view.ticket), (name: "decision", value: "allow")])
        let left = await server.decide(Array(body.utf8), consent.cookies)
        guard case .leave(let url) = left.page, let state = try Self.query(of: url)["state"] else {
            throw SetupFailure("not sent on: \(left.page)")
        }
        return (state, left.cookies)
    }

    func comeBack(_ state: String, _ cookies: BrowserCookies, from provider: String = "lab") async -> BrowserStep {
        let query = FormParameters.encode([(name: "state", value: state), (name: "code", value: "c")])
        return await server.comeBack(from: provider, query, cookies)
    }

    func code() async throws -> String {
        let (state, cookies) = try await agreed()
        let step = await comeBack(state, cookies)
        guard case .leave(let url) = step.page, let code = try Self.query(of: url)["code"] else {
            throw SetupFailure("no code: \(step.page)")
        }
        return code
    }

    static func query(of url: String) throws -> FormParameters {
        try FormParameters(String(url.split(separator: "?", maxSplits: 1)[1]))
    }

    // MARK: - A client's way

    func token(_ form: [(name: String, value: String)]) async throws(OAuthError) -> JSONValue {
        try await server.token(Array(FormParameters.encode(form).utf8), authorization: [], from: "192.0.2.1")
    }

    func redeem(_ code: String) async throws(OAuthError) -> JSONValue {
        try await token([
            (name: "grant_type", value: "authorization_code"), (name: "client_id", value: "c1"),
            (name: "code", value: code), (name: "code_verifier", value: Samples.verifier),
        ])
    }

    func refresh(_ token: JSONValue) async throws(OAuthError) -> JSONValue {
        try await self.token([
            (name: "grant_type", value: "refresh_token"), (name: "client_id", value: "c1"),
            (name: "refresh_token", value: token["refresh_token"]?.string ?? ""),
        ])
    }

    func tokens() async throws -> JSONValue { try await redeem(code()) }

    /// The claims of an access token.
    static func claims(_ tokens: JSONValue) throws -> JSONValue {
        let parts = (tokens["access_token"]?.string ?? "").split(separator: ".")
        return try JSONValue(parsing: Sealing.Base64URL.decode(parts[1].utf8) ?? [])
    }

    /// The `kid` of the key that signed an access token.
    static func key(_ tokens: JSONValue) throws -> String {
        let head = (tokens["access_token"]?.string ?? "").split(separator: ".").first ?? ""
        return try JSONValue(parsing: Sealing.Base64URL.decode(head.utf8) ?? [])["kid"]?.string ?? ""
    }

    /// What an access token says.
    static func granted(_ tokens: JSONValue) throws -> GrantedToken {
        let claims = try claims(tokens)
        return GrantedToken(
            grant: claims["sid"]?.string ?? "",
            client: claims["client_id"]?.string ?? "",
            scopes: Set((claims["scope"]?.string ?? "").split(separator: " ").map(String.init)),
            key: try key(tokens)
        )
    }

    /// Who calls with an access token, once the gateway's memory of half a second is over.
    func principal(_ tokens: JSONValue) async throws -> Principal? {
        lasting.standings.adopt(settings, provider)
        return try await lasting.standings.principal(of: Self.granted(tokens))
    }
}
