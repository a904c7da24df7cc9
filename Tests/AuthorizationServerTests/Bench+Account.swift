import AuthorizationServer
import GatewayCore
import JSON
import TestSupport

/// People with two logins.
extension Bench {
    /// A server at which one can log in at two providers, each of which gives the role of one experiment.
    static func withTwoLogins(_ change: (inout AuthorizationSettings) -> Void = { _ in }) throws -> Bench {
        try Bench { settings in
            settings.providers.append(
                LoginProvider(
                    id: "obs",
                    label: "Observatory",
                    issuers: [OneProvider.other],
                    discoveryURL: OneProvider.other + "/configuration",
                    clientID: "gateway",
                    clientSecret: "s",
                    scopes: ["openid"],
                    asksUserinfo: false
                )
            )
            settings.scopes = ScopeCatalog(
                baseline: ["atlas:read", "epic:read"],
                known: ["atlas:read", "atlas:write", "epic:read", "epic:write"]
            ) { roles in
                roles.sorted().map { $0.prefix { $0 != "." } + ":read" }
            }
            change(&settings)
        }
    }

    func act(
        _ act: AuthorizationServer.AccountAct,
        _ form: [(name: String, value: String)] = [],
        _ cookies: BrowserCookies
    ) async throws -> BrowserStep {
        await server.act(act, try FormParameters(FormParameters.encode(form)), cookies)
    }

    /// The state of a login elsewhere, with the URL it is sent by.
    static func left(_ step: BrowserStep) throws -> (state: String, url: String) {
        guard case .leave(let url) = step.page, let state = try query(of: url)["state"] else {
            throw SetupFailure("not sent on: \(step.page)")
        }
        return (state, url)
    }

    /// Somebody who has signed in at a provider.
    func signedIn(
        at provider: String = "lab",
        _ cookies: BrowserCookies = BrowserCookies()
    ) async throws
        -> BrowserCookies
    {
        let left = try await act(.signIn, [(name: "provider", value: provider)], cookies)
        let step = await comeBack(try Self.left(left).state, left.cookies, from: provider)
        guard case .go(.account) = step.page else { throw SetupFailure("not signed in: \(step.page)") }
        return step.cookies
    }

    /// Somebody who asked to link a login, and has come back from there.
    func shown(_ provider: String = "obs", _ cookies: BrowserCookies) async throws -> BrowserStep {
        let left = try await act(.link, [(name: "provider", value: provider)], cookies)
        return await comeBack(try Self.left(left).state, left.cookies, from: provider)
    }

    static func confirmation(_ step: BrowserStep) throws -> [(name: String, value: String)] {
        guard case .confirmLink(let view) = step.page else { throw SetupFailure("not asked: \(step.page)") }
        return [(name: "ticket", value: view.ticket), (name: "decision", value: "link")]
    }

    /// Somebody who has linked their login at the other provider.
    func linked(_ cookies: BrowserCookies) async throws -> BrowserCookies {
        let step = try await shown("obs", cookies)
        let end = try await act(.confirm, try Self.confirmation(step), step.cookies)
        guard case .go(.logins) = end.page else { throw SetupFailure("not linked: \(end.page)") }
        return end.cookies
    }

    func view(_ cookies: BrowserCookies) async throws -> AccountView {
        let step = await server.account(cookies)
        guard case .account(let view) = step.page else { throw SetupFailure("no account: \(step.page)") }
        return view
    }

    /// Tokens of a client that somebody allows who is signed in.
    func tokens(_ cookies: BrowserCookies, scope: String = "atlas:read epic:read") async throws -> JSONValue {
        let consent = await server.authorize(Samples.query(["scope": scope, "prompt": "consent"]), cookies)
        guard case .consent(let view) = consent.page else { throw SetupFailure("no consent: \(consent.page)") }
        let body = FormParameters.encode([(name: "ticket", value: view.ticket), (name: "decision", value: "allow")])
        let step = await server.decide(Array(body.utf8), consent.cookies)
        guard case .leave(let url) = step.page, let code = try Self.query(of: url)["code"] else {
            throw SetupFailure("no code: \(step.page)")
        }
        return try await redeem(code)
    }
}
