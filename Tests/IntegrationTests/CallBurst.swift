import JSON
import TestSupport

/// Many calls that are sent at once, each on a connection of its own.
struct CallBurst {
    /// How the calls ended, and when the last one did.
    struct Outcome {
        var answers = 0
        /// Error code → how many calls ended with it.
        var errors: [String: Int] = [:]
        /// What is neither an answer nor an error of a tool.
        var oddities: [String] = []
        var duration = Duration.zero
    }

    private let connections: [WireConnection]
    private let start: ContinuousClock.Instant

    /// Sends the calls.
    init(_ calls: [WireRequest], to gateway: GatewayProcess) throws {
        let connections = try calls.map { _ in try WireConnection(port: gateway.port) }
        start = .now
        for (call, connection) in zip(calls, connections) {
            connection.send(call.bytes(port: gateway.port))
        }
        self.connections = connections
    }

    /// Reads all answers.
    func outcome() async throws -> Outcome {
        var outcome = Outcome()
        for connection in connections {
            let answer = try await connection.exchange([])
            guard answer.status == 200, let result = answer.json?["result"] else {
                outcome.oddities.append("\(answer)")
                continue
            }
            if result["isError"]?.bool != true {
                outcome.answers += 1
            } else {
                outcome.errors[result["structuredContent"]?["error"]?["code"]?.string ?? "none", default: 0] += 1
            }
        }
        outcome.duration = start.duration(to: .now)
        return outcome
    }
}
