import AuthorizationServer
import GatewayCore
import JSON

/// What the tests of the rules begin with.
enum Samples {
    static let issuer = "https://gw.example"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    static let settings = AuthorizationSettings(
        issuer: issuer,
        resource: issuer + "/mcp",
        scopes: ScopeCatalog(
            baseline: ["atlas:read", "epic:read"],
            known: ["atlas:read", "atlas:write", "epic:read", "epic:write"]
        ) { roles in
            roles.contains("epic.user") ? ["epic:read", "epic:write"] : []
        }
    )

    static let client = Client(
        id: "c1",
        name: "Client",
        origin: .registered,
        redirectURIs: ["https://client.example/back", "http://127.0.0.1/callback?x=1", "http://localhost:9/cb"]
    )

    /// A good query, with parameters replaced, added or (nil) left out.
    static func query(_ changes: [String: String?] = [:]) -> String {
        var parameters: [String: String] = [
            "response_type": "code", "client_id": "c1", "redirect_uri": "https://client.example/back", "state": "s",
            "code_challenge": challenge, "code_challenge_method": "S256", "scope": "epic:read",
            "resource": issuer + "/mcp",
        ]
        for (name, value) in changes { parameters[name] = value }
        return FormParameters.encode(parameters.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
    }

    static func node(_ text: String) throws -> JSONNode {
        try JSONDocument(parsing: Array(text.utf8)).root
    }
}
