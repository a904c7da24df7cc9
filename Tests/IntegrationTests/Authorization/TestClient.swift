import Foundation
import JSON
import Sealing
import TestSupport

/// A public client as the tests play it.
struct TestClient: Sendable {
    static let redirectURI = "http://127.0.0.1:9999/callback"

    let site: LoginSite
    let id: String
    let verifier = Sealing.Base64URL.encode(RandomBytes.make(count: 32))

    init(_ site: LoginSite, redirectURI: String = redirectURI, name: String = "Test client") async throws {
        self.site = site
        id = try await site.client(redirectURI, name: name)
    }

    var challenge: String { Sealing.Base64URL.encode(Digest.sha256(Array(verifier.utf8))) }

    /// A good query, with parameters replaced, added or (nil) left out.
    func query(_ changes: [String: String?] = [:]) -> String {
        var parameters = [
            "response_type": "code", "client_id": id, "redirect_uri": Self.redirectURI, "state": "the-state",
            "code_challenge": challenge, "code_challenge_method": "S256", "scope": "epic:read rubin:read",
            "resource": site.resource,
        ]
        for (name, value) in changes { parameters[name] = value }
        return Form.write(parameters)
    }

    /// A new code of somebody who logs in with a new browser.
    func code(at behaviour: FakeProvider.Behaviour = .good) async throws -> String {
        var browser = Browser(site)
        return try await code(of: &browser, at: behaviour)
    }

    /// A new code of somebody who logs in with a browser, for some scopes.
    func code(
        of browser: inout Browser,
        at behaviour: FakeProvider.Behaviour = .good,
        scope: String = "epic:read rubin:read"
    ) async throws -> String {
        let answer = try await browser.logIn(query(["scope": scope]), at: behaviour)
        guard answer.status == 303, let code = answer.field("Location").flatMap({ Form.query(of: $0)["code"] }) else {
            throw SetupFailure("there is no code: \(answer)\n\(site.gateway.log.suffix(3000))")
        }
        return code
    }

    /// The form that redeems a code, with parameters replaced, added or (nil) left out.
    func redemption(_ code: String, _ changes: [String: String?] = [:]) -> [String: String] {
        var form = [
            "grant_type": "authorization_code", "code": code, "client_id": id, "redirect_uri": Self.redirectURI,
            "code_verifier": verifier, "resource": site.resource,
        ]
        for (name, value) in changes { form[name] = value }
        return form
    }

    func redeem(_ code: String, _ changes: [String: String?] = [:]) async throws -> WireAnswer {
        try await site.post("/token", redemption(code, changes))
    }

    func refresh(_ token: String, _ changes: [String: String?] = [:]) async throws -> WireAnswer {
        var form = ["grant_type": "refresh_token", "refresh_token": token, "client_id": id]
        for (name, value) in changes { form[name] = value }
        return try await site.post("/token", form)
    }

    /// An access token of somebody who logs in with a browser, for some scopes.
    func token(
        of browser: inout Browser,
        at behaviour: FakeProvider.Behaviour = .good,
        scope: String
    ) async throws -> String {
        let answer = try await redeem(code(of: &browser, at: behaviour, scope: scope))
        guard let token = answer.json?["access_token"]?.string else { throw SetupFailure("no token: \(answer)") }
        return token
    }

    /// The tokens of somebody who logs in with a new browser.
    func tokens(at behaviour: FakeProvider.Behaviour = .good) async throws -> (access: String, refresh: String) {
        let answer = try await redeem(code(at: behaviour))
        guard let access = answer.json?["access_token"]?.string, let refresh = answer.json?["refresh_token"]?.string
        else { throw SetupFailure("there are no tokens: \(answer)") }
        return (access, refresh)
    }
}
