import Foundation
import JSON
import TestSupport
import Testing

@Suite(
    "Tokens that a real provider is asked about (RFC 7662)",
    .enabled(
        if: RealProvider.folder != nil,
        "Set BEAMLINE_OIDC_PROVIDERS to what scripts/oidc-providers installed."
    )
)
struct RealIntrospectionTests {
    private static let secret = "provider-secret"

    /// Asks the provider as one of its clients.
    private func post(
        _ port: Int,
        _ path: String,
        _ form: [String: String],
        as client: String
    ) async throws -> WireAnswer {
        let credential = Data("\(client):\(Self.secret)".utf8).base64EncodedString()
        let fields = ["Content-Type: application/x-www-form-urlencoded", "Authorization: Basic \(credential)"]
        let request = WireRequest("POST", path, fields, body: Array(Form.write(form).utf8))
        return try await WireConnection(port: port).exchange(request.bytes(port: port))
    }

    @Test func `a token holds until the provider says that it does not`() async throws {
        let folder = try RunFolder.current.subfolder("provider")
        let port = try FreePort.find()
        try Self.secret.write(toFile: "\(folder)/secret", atomically: true, encoding: .utf8)
        let child = try RealProvider.canaille.start(port: port, callback: "http://127.0.0.1:9/callback")
        var settings = SiteSettings()
        settings.identity = """
            issuers:
              canaille:
                issuer: http://127.0.0.1:\(port)
                discovery: http://127.0.0.1:\(port)/.well-known/openid-configuration
                token_profile: opaque
                introspection: {client_id: gateway, client_secret: {file: \(folder)/secret}}
                audience: gateway
                require_azp: [tool]
                groups: {claims: [sub]}
                roles: [{group: ada, role: epic.user}]
                baseline_scopes: [read]
            """
        settings.furtherLines = "limits: {asked_token_memory: 0s}"
        try await GatewayProcess.with(settings) { gateway in
            let login = ["grant_type": "password", "username": "ada", "password": "correct horse battery staple"]
            let token = try await Polling.wait(for: "a token of the provider") { () -> String? in
                guard child.isRunning else { throw SetupFailure("It ended: \(child.errorOutput)") }
                let answer = try? await post(port, "/oauth/token", login, as: "tool")
                return answer?.json?["access_token"]?.string
            }
            #expect(try await gateway.toolNames(token: token).contains("epic_panda_list_jobs"))
            let result = try await gateway.call("epic_panda_list_jobs", ["limit": 1], token: token)
            #expect(result["isError"] != true)
            _ = try await post(port, "/oauth/revoke", ["token": token], as: "tool")
            let answer = try await gateway.exchange(gateway.message("tools/list", token: token))
            #expect(answer.status == 401, "\(answer)")
            #expect(answer.field("WWW-Authenticate")?.contains("invalid_token") == true)
            let unknown = try await gateway.exchange(gateway.message("tools/list", token: "nobodys-token"))
            #expect(unknown.status == 401)
        }
        child.signal(SIGTERM)
        _ = try? await child.exitStatus(within: .seconds(120))
    }
}
