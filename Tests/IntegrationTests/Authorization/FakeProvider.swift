import Foundation
import GatewayCore
import HTTPServer
import JSON
import Sealing
import Synchronization
import TestSupport

/// An OpenID provider that logs everybody in at once, and has one issuer for each way of doing it wrong.
final class FakeProvider: HTTPHandler {
    /// How an issuer behaves; the word is part of its address, and its name in the configuration.
    enum Behaviour: String, CaseIterable, Sendable {
        case good, another
        case nogroup
        case denies
        /// The ID token is wrong.
        case nonce, audience, party, issuer, expired, signature, unsigned, symmetric, subject, nosubject, accesstoken,
            athash
        case noidtoken
        /// The answer to the browser is wrong.
        case answerissuer, noanswerissuer, nocode
        /// The token endpoint does not work.
        case tokenerror, notjson
        /// Userinfo is about somebody else.
        case userinfo
        /// Everybody has logged in two hours ago, and does so again when that is asked for; or even then not; or nothing is
        /// said of it.
        case stale, stuck, timeless
        /// The discovery document names another issuer.
        case discovery
        /// It gives tokens for sources.
        case exchanging
    }

    private struct Code {
        let nonce: String
        let challenge: String
        let redirectURI: String
        /// Whom the test wants to be there.
        let subject: String?
        let isForced: Bool
    }

    private struct State {
        var codes: [String: Code] = [:]
        var requests: [String] = []
        var maximumAges: [String] = []
    }

    static let secret = "provider-secret"

    private let key = ES256Key()
    private let stranger = ES256Key()
    private let state = Mutex(State())
    private let portNumber = Mutex(0)
    /// What of it gives tokens for sources.
    let tokenDesk = TokenDesk()

    var port: Int { portNumber.withLock { $0 } }

    /// The paths that were asked for, in their order.
    var requests: [String] { state.withLock { $0.requests } }

    /// The `max_age` of each login that was asked for, empty for none.
    var maximumAges: [String] { state.withLock { $0.maximumAges } }

    /// Starts the provider; it runs until the tests end.
    static func start() async throws -> FakeProvider {
        let provider = FakeProvider()
        let listener = try await Listener.bind(ListenerConfiguration(port: 0, threads: 1), handler: provider)
        provider.portNumber.withLock { $0 = listener.port }
        Task { try await listener.run() }
        return provider
    }

    func issuer(_ behaviour: Behaviour) -> String { "http://127.0.0.1:\(port)/\(behaviour.rawValue)" }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let parts = request.path.split(separator: "/").map(String.init)
        guard let first = parts.first, let behaviour = Behaviour(rawValue: first) else { return Self.text(404, "") }
        state.withLock { $0.requests.append(request.path) }
        switch parts.dropFirst().joined(separator: "/") {
        case ".well-known/openid-configuration": return Self.json(200, configuration(behaviour))
        case "jwks": return Self.json(200, ["keys": [jwk]])
        case "authorize": return authorize(request, behaviour)
        case "token": return token(request, behaviour)
        case "userinfo":
            let named = request.headers.first("Authorization")?.firstMatch(of: /^Bearer at-(.+)$/)?.output.1
            let subject =
                behaviour == .userinfo ? "somebody-else" : named.map(String.init) ?? "\(behaviour.rawValue)-user"
            return Self.json(200, ["sub": .string(subject), "groups": ["userinfo-group"]])
        default: return Self.text(404, "")
        }
    }

    private func configuration(_ behaviour: Behaviour) -> JSONValue {
        let root = issuer(behaviour)
        return [
            "issuer": .string(behaviour == .discovery ? "https://other.example" : root),
            "authorization_endpoint": .string(root + "/authorize"), "token_endpoint": .string(root + "/token"),
            "jwks_uri": .string(root + "/jwks"), "userinfo_endpoint": .string(root + "/userinfo"),
            "authorization_response_iss_parameter_supported": .bool(behaviour != .another),
        ]
    }

    private var jwk: JSONValue {
        [
            "kty": "EC", "crv": "P-256", "kid": "k1", "use": "sig", "x": .string(key.publicPoint.x),
            "y": .string(key.publicPoint.y),
        ]
    }

    private func authorize(_ request: HTTPRequest, _ behaviour: Behaviour) -> HTTPResponse {
        let query = Form.read(request.query ?? "")
        guard let redirectURI = query["redirect_uri"], let state = query["state"], let nonce = query["nonce"],
            let challenge = query["code_challenge"], query["code_challenge_method"] == "S256",
            query["client_id"] == "gateway", query["scope"]?.contains("openid") == true
        else { return Self.text(400, "the login is not as it should be") }
        let code = UUID().uuidString
        self.state.withLock {
            $0.codes[code] = Code(
                nonce: nonce,
                challenge: challenge,
                redirectURI: redirectURI,
                subject: query["somebody"],
                isForced: query["prompt"] == "login"
            )
            $0.maximumAges.append(query["max_age"] ?? "")
        }
        var answer = ["state": state, "code": code, "iss": issuer(behaviour)]
        switch behaviour {
        case .denies: answer = ["state": state, "error": "access_denied", "iss": issuer(behaviour)]
        case .answerissuer: answer["iss"] = issuer(.good)
        case .noanswerissuer, .another: answer["iss"] = nil
        case .nocode: answer["code"] = nil
        default: break
        }
        return HTTPResponse(
            status: 302,
            headers: [HTTPField("Location", redirectURI + "?" + Form.write(answer))]
        )
    }

    private func token(_ request: HTTPRequest, _ behaviour: Behaviour) -> HTTPResponse {
        let form = Form.read(String(decoding: request.body, as: UTF8.self))
        let basic = "Basic " + Data("gateway:\(Self.secret)".utf8).base64EncodedString()
        guard request.headers.first("Authorization") == basic else {
            return Self.json(401, ["error": "invalid_client"])
        }
        if behaviour == .exchanging, let answer = tokenDesk.answer(form) {
            return Self.json(answer.status, answer.body)
        }
        guard let code = form["code"].flatMap({ code in state.withLock { $0.codes.removeValue(forKey: code) } }),
            form["redirect_uri"] == code.redirectURI,
            Sealing.Base64URL.encode(Digest.sha256(Array((form["code_verifier"] ?? "").utf8))) == code.challenge
        else { return Self.json(400, ["error": "invalid_grant"]) }
        switch behaviour {
        case .tokenerror: return Self.json(500, ["error": "server_error"])
        case .notjson: return Self.text(200, "<html>")
        case .noidtoken: return Self.json(200, ["access_token": "upstream-at", "token_type": "Bearer"])
        default: return tokens(behaviour, code)
        }
    }

    private func tokens(_ behaviour: Behaviour, _ code: Code) -> HTTPResponse {
        let idToken = idToken(behaviour, code)
        if behaviour == .exchanging {
            let tokens = tokenDesk.begin(code.subject ?? "\(behaviour.rawValue)-user")
            return Self.json(
                200,
                [
                    "access_token": .string(tokens.access), "token_type": "Bearer", "expires_in": 600,
                    "id_token": .string(idToken), "refresh_token": .string(tokens.refresh),
                ]
            )
        }
        return Self.json(
            200,
            [
                "access_token": .string("at-\(code.subject ?? "")"), "token_type": "Bearer",
                "id_token": .string(idToken),
                "refresh_token": "upstream-rt",
            ]
        )
    }

    private func idToken(_ behaviour: Behaviour, _ code: Code) -> String {
        let now = Int(Date().timeIntervalSince1970)
        var claims: [String: JSONValue] = [
            "iss": .string(issuer(behaviour)), "sub": .string(code.subject ?? "\(behaviour.rawValue)-user"),
            "aud": "gateway",
            "iat": .integer(now), "exp": .integer(now + 300), "auth_time": .integer(now),
            "preferred_username": "ada", "groups": ["epic-members", "atlas-members"], "nonce": .string(code.nonce),
        ]
        var header: [String: JSONValue] = ["alg": "ES256", "kid": "k1", "typ": "JWT"]
        switch behaviour {
        case .nogroup: claims["groups"] = ["strangers"]
        case .nonce: claims["nonce"] = "another"
        case .audience: claims["aud"] = "another-client"
        case .party: claims["azp"] = "another-client"
        case .issuer: claims["iss"] = .string(issuer(.good))
        case .expired: claims["exp"] = .integer(now - 3600)
        case .unsigned: header["alg"] = "none"
        case .symmetric: header["alg"] = "HS256"
        case .subject: claims["sub"] = .integer(5)
        case .nosubject: claims["sub"] = nil
        case .accesstoken: header["typ"] = "at+jwt"
        case .stale: claims["auth_time"] = .integer(code.isForced ? now : now - 7200)
        case .stuck: claims["auth_time"] = .integer(now - 7200)
        case .timeless: claims["auth_time"] = nil
        case .athash: claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"
        default: break
        }
        let signed = [header, claims].map { Sealing.Base64URL.encode(Self.object($0).serialized) }.joined(
            separator: "."
        )
        let signer = behaviour == .signature ? stranger : key
        return signed + "." + Sealing.Base64URL.encode(signer.signature(over: Array(signed.utf8)))
    }

    private static func object(_ members: [String: JSONValue]) -> JSONValue {
        .object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }

    private static func json(_ status: Int, _ value: JSONValue) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [HTTPField("Content-Type", "application/json")],
            body: .bytes(value.serialized)
        )
    }

    private static func text(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, body: .bytes(Array(text.utf8)))
    }
}
