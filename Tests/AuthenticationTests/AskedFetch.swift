import GatewayCore
import Synchronization

/// An issuer that is asked about tokens: answers by a rule, holds answers back when told to, and remembers requests.
final class AskedFetch: HTTPFetch {
    typealias Rule = @Sendable (FetchRequest) -> FetchResponse?

    private struct State {
        var rule: Rule
        var requests: [FetchRequest] = []
        var isHeld = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ rule: @escaping Rule) {
        state = Mutex(State(rule: rule))
    }

    var requests: [FetchRequest] { state.withLock { $0.requests } }

    func follow(_ rule: @escaping Rule) {
        state.withLock { $0.rule = rule }
    }

    /// From now on answers wait.
    func hold() {
        state.withLock { $0.isHeld = true }
    }

    func release() {
        let waiting = state.withLock { state in
            state.isHeld = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        state.withLock { $0.requests.append(request) }
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                if state.isHeld { state.waiting.append(continuation) }
                return state.isHeld
            }
            if !isHeld { continuation.resume() }
        }
        for _ in 0..<20 { await Task.yield() }
        if Task.isCancelled { throw .cancelled }
        guard let response = state.withLock({ $0.rule(request) }) else { throw .unreachable("by the rule") }
        return response
    }

    static func json(_ text: String, status: Int = 200) -> FetchResponse {
        FetchResponse(status: status, headers: [], body: Array(text.utf8))
    }
}
