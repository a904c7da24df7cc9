import JSON
import Synchronization
import TestSupport
import Testing

/// Somebody who calls one tool again and again while something else goes wrong.
final class SteadyCaller: Sendable {
    private let hasEnough = Atomic(false)
    private let gateway: GatewayProcess
    private let token: String
    /// No call may take longer.
    private let patience: Duration

    init(_ gateway: GatewayProcess, token: String, patience: Duration = .seconds(25)) {
        self.gateway = gateway
        self.token = token
        self.patience = patience
    }

    /// Calls the tools in turn until something is done, and says how many calls were answered meanwhile.
    func calling<Result: Sendable>(
        _ calls: [(tool: String, arguments: JSONValue)],
        while body: () async throws -> Result
    ) async throws -> (result: Result, answered: Int) {
        async let answered = count(calls)
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        hasEnough.store(true, ordering: .relaxed)
        return try await (result.get(), answered)
    }

    private func count(_ calls: [(tool: String, arguments: JSONValue)]) async throws -> Int {
        var answered = 0
        while !hasEnough.load(ordering: .relaxed) {
            for call in calls {
                let start = ContinuousClock.now
                let result = try await gateway.call(call.tool, call.arguments, token: token)
                #expect(result["isError"]?.bool != true, "\(call.tool): \(result)")
                #expect(start.duration(to: .now) < patience, "\(call.tool)")
                answered += 1
            }
        }
        return answered
    }
}
