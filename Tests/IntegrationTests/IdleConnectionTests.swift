import JSON
import TestSupport
import Testing

/// Clients that keep their connections cost no more than memory.
@Suite("Idle connections")
struct IdleConnectionTests {
    private static let count = 3000

    @Test func `calls are answered beside thousands of idle connections, and those still serve`() async throws {
        try await GatewayProcess.with { gateway in
            let token = try await gateway.token(roles: ["epic.user"])
            var question = WireRequest("GET", "/.well-known/oauth-protected-resource")
            question.keepsAlive = true
            var idle: [WireConnection] = []
            for _ in 0..<Self.count {
                let connection = try WireConnection(port: gateway.port)
                connection.send(question.bytes(port: gateway.port))
                idle.append(connection)
            }
            for connection in idle {
                #expect(try await connection.exchange([]).status == 200)
            }
            for _ in 0..<10 {
                let result = try await gateway.call("epic_panda_list_jobs", ["limit": 1], token: token)
                #expect(result["isError"]?.bool != true)
            }
            var call = gateway.callMessage("epic_panda_list_jobs", ["limit": 1], token: token)
            call.keepsAlive = true
            for number in stride(from: 0, to: Self.count, by: 100) {
                #expect(try await gateway.exchange(call, on: idle[number]).status == 200)
            }
        }
    }
}
