import Foundation
import JSON
import TestSupport
import Testing

@Suite("Bad credentials")
struct CredentialTests {
    private func answer(_ gateway: GatewayProcess, _ credentials: String...) async throws -> WireAnswer {
        var request = gateway.message("tools/list", token: nil)
        request.fields += credentials.map { "Authorization: \($0)" }
        return try await gateway.exchange(request)
    }

    private func expectRefusal(_ answer: WireAnswer) {
        #expect(answer.status == 401, "\(answer)")
        #expect(answer.field("WWW-Authenticate")?.contains(#"error="invalid_token""#) == true)
        #expect(answer.field("WWW-Authenticate")?.contains("resource_metadata=") == true)
    }

    @Test func `a good token is good`() async throws {
        let gateway = try await SharedSite.gateway()
        #expect(try await answer(gateway, "Bearer \(gateway.token())").status == 200)
    }

    @Test func `a token that another gateway issued is refused`() async throws {
        let gateway = try await SharedSite.gateway()
        let foreign = try await GatewayProcess.with { try await $0.token() }
        expectRefusal(try await answer(gateway, "Bearer \(foreign)"))
    }

    @Test func `a token from before a restart is refused`() async throws {
        let first = try await GatewayProcess.start()
        let token = try await first.token()
        try await first.stop()
        let second = try await GatewayProcess.start(configuration: first.configuration, port: first.port)
        expectRefusal(try await answer(second, "Bearer \(token)"))
        try await second.stop()
    }

    @Test func `a token with another role written into it is refused`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user"])
        let parts = token.split(separator: ".").map(String.init)
        let claims = String(decoding: try #require(Base64URL.decode(parts[1])), as: UTF8.self)
        try #require(claims.contains("epic.user"))
        let changed = claims.replacingOccurrences(of: "epic.user", with: "atlas.user")
        let forged = [parts[0], Base64URL.encode(Array(changed.utf8)), parts[2]].joined(separator: ".")
        expectRefusal(try await answer(gateway, "Bearer \(forged)"))
    }

    @Test(arguments: ["none", "None", "HS256", "ES384"])
    func `a token that names another algorithm is refused`(_ algorithm: String) async throws {
        let gateway = try await SharedSite.gateway()
        let parts = try await gateway.token().split(separator: ".").map(String.init)
        let header = try JSONValue(parsing: try #require(Base64URL.decode(parts[0])))
        var members = try #require(header.object)
        members["alg"] = .string(algorithm)
        let forged = Base64URL.encode(JSONValue.object(members).serialized) + "." + parts[1] + "."
        expectRefusal(try await answer(gateway, "Bearer \(forged)"))
        expectRefusal(try await answer(gateway, "Bearer \(forged)\(parts[2])"))
    }

    @Test(arguments: ["Bearer not-a-token", "Bearer a.b.c", "Bearer ..."])
    func `what is no token is refused`(_ credentials: String) async throws {
        expectRefusal(try await answer(try await SharedSite.gateway(), credentials))
    }

    @Test func `two tokens are one too many`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token()
        let answer = try await answer(gateway, "Bearer \(token)", "Bearer \(token)")
        #expect(answer.status == 400)
    }

    @Test func `a token in the address is not looked at`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token()
        let answer = try await gateway.exchange(
            gateway.message("tools/list", token: nil, path: "/mcp?access_token=\(token)")
        )
        #expect([400, 401].contains(answer.status), "\(answer)")
        #expect(!gateway.log.contains(token))
    }
}
