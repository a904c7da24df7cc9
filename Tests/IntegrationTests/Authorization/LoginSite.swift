import Foundation
import JSON
import Sealing
import TestSupport

/// A gateway that is an authorization server, with a provider that has an issuer for everything that can go wrong.
struct LoginSite: Sendable {
    let gateway: GatewayProcess
    let provider: FakeProvider
    /// The private key of the service account `signer`.
    let accountKey: ES256Key

    static let secret = "bots-secret-of-many-characters"
    static let clientSecret = "known-client-secret"

    var issuer: String { "http://127.0.0.1:\(gateway.port)" }
    var resource: String { issuer + "/mcp" }

    /// The one that all tests share which change nothing of it.
    static func shared() async throws -> LoginSite { try await Shared.site.value() }

    /// Starts a gateway of its own.
    static func start(
        at provider: FakeProvider? = nil,
        further: String = "",
        accounts: String = "",
        _ change: (inout SiteSettings) -> Void = { _ in }
    ) async throws -> LoginSite {
        let key = ES256Key()
        let provider = if let provider { provider } else { try await FakeProvider.start() }
        var settings = try settings(provider, key, further, accounts)
        change(&settings)
        let gateway = try await GatewayProcess.start(settings)
        return LoginSite(gateway: gateway, provider: provider, accountKey: key)
    }

    static func settings(
        _ provider: FakeProvider,
        _ signer: ES256Key,
        _ further: String,
        _ accounts: String = ""
    ) throws -> SiteSettings {
        let folder = try RunFolder.current.subfolder("login-site")
        try FakeProvider.secret.write(toFile: "\(folder)/secret", atomically: true, encoding: .utf8)
        try clientSecret.write(toFile: "\(folder)/client", atomically: true, encoding: .utf8)
        let jwks: JSONValue = [
            "keys": [
                [
                    "kty": "EC", "crv": "P-256", "kid": "s1", "x": .string(signer.publicPoint.x),
                    "y": .string(signer.publicPoint.y),
                ]
            ]
        ]
        try Data(jwks.serialized).write(to: URL(fileURLWithPath: "\(folder)/jwks.json"))
        let issuers = FakeProvider.Behaviour.allCases.map { behaviour in
            """
              \(behaviour.rawValue):
                issuer: \(provider.issuer(behaviour))
                discovery: \(provider.issuer(behaviour))/.well-known/openid-configuration
                groups: {claims: [groups]}
                roles: [{group: epic-members, role: epic.user}, {group: epic-members, role: rubin.user}, {group: userinfo-group, role: atlas.user}]
                login: {client_id: gateway, client_secret: {file: \(folder)/secret}, \
            label: "Login <\(behaviour.rawValue)>", userinfo: \(behaviour == .userinfo || behaviour == .another)\(contact(behaviour))}
            """
        }
        let day = (Date() + 200 * 86_400).formatted(.iso8601.year().month().day())
        var settings = SiteSettings()
        settings.identity = """
            issuers:
            \(issuers.joined(separator: "\n"))
            identity:
              clients:
                known: {label: Known, redirect_uris: ["https://known.example/back"], secret: {file: \(folder)/client}}
              service_accounts:
                bots: {owner: Ops, roles: [epic.user], scopes: ["epic:read"], expires: \(day),
                  secret_sha256: \(Digest.sha256Text(Array(secret.utf8))), key_sha256: \(Digest.sha256Text(Array(key(for: "bots").utf8)))}
                signer: {owner: Ops, roles: [epic.user], scopes: ["epic:read"], expires: \(day), jwks_file: \(folder)/jwks.json}
                retired: {owner: Ops, roles: [epic.user], scopes: ["epic:read"], expires: 2020-01-01,
                  secret_sha256: \(Digest.sha256Text(Array(secret.utf8))), key_sha256: \(Digest.sha256Text(Array(key(for: "retired").utf8)))}
            \(accounts.isEmpty ? "" : "    " + accounts)
            \(further)
            """
        settings.furtherLines = """
            limits: {registrations_per_minute: 100000, token_failures_per_minute: 100000, client_documents: 1000,
              client_documents_per_minute: 100000, source_token_renewal: 0s}
            """
        return settings
    }

    /// Whom people ask at an issuer, where the site says it.
    private static func contact(_ behaviour: FakeProvider.Behaviour) -> String {
        switch behaviour {
        case .good: ", contact: \"Ada <the secretary>\""
        case .nogroup: ", contact: groups@epic.example"
        case .userinfo: ", contact: \"https://epic.example/join\""
        default: ""
        }
    }

    /// The static key of a service account.
    static func key(for account: String) -> String {
        let body = "beam_sk_\(account)_" + String(repeating: "k", count: 43)
        return body + Digest.sha256Text(Array(body.utf8)).prefix(8)
    }

    private actor Shared {
        static let site = Shared()
        private var task: Task<LoginSite, any Error>?

        func value() async throws -> LoginSite {
            if let task { return try await task.value }
            let task = Task { try await LoginSite.start() }
            self.task = task
            return try await task.value
        }
    }

    // MARK: - Requests

    func get(_ path: String, _ fields: [String] = []) async throws -> WireAnswer {
        try await gateway.exchange(WireRequest("GET", path, fields))
    }

    func post(_ path: String, _ form: [String: String], _ fields: [String] = []) async throws -> WireAnswer {
        try await post(path, text: Form.write(form), fields)
    }

    func post(_ path: String, text: String, _ fields: [String] = []) async throws -> WireAnswer {
        let type = ["Content-Type: application/x-www-form-urlencoded"]
        return try await gateway.exchange(WireRequest("POST", path, type + fields, body: Array(text.utf8)))
    }

    func register(_ metadata: JSONValue) async throws -> WireAnswer {
        let type = ["Content-Type: application/json"]
        return try await gateway.exchange(WireRequest("POST", "/register", type, body: metadata.serialized))
    }

    /// The id of a new client.
    func client(_ redirectURI: String = TestClient.redirectURI, name: String = "Test client") async throws -> String {
        let answer = try await register(["redirect_uris": [.string(redirectURI)], "client_name": .string(name)])
        guard answer.status == 201, let id = answer.json?["client_id"]?.string else {
            throw SetupFailure("no client: \(answer)")
        }
        return id
    }

    /// How the gateway answers to a list of tools with a token.
    func listing(_ token: String) async throws -> WireAnswer {
        try await gateway.exchange(gateway.message("tools/list", token: token))
    }
}
