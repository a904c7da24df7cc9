import GatewayCore
import HTTPServer
import Synchronization

/// Runs `body` against a listener on a free port, and shuts the listener down.
func serving<Result>(
    _ change: (inout ListenerConfiguration) -> Void = { _ in },
    respond: @escaping @Sendable (HTTPRequest) async -> HTTPResponse = { echo($0) },
    body: (Listener) async throws -> Result
) async throws -> Result {
    var configuration = ListenerConfiguration(threads: 1)
    change(&configuration)
    let listener = try await Listener.bind(configuration, handler: ClosureHandler(answer: respond))
    do {
        let result = try await body(listener)
        await listener.shutdown()
        return result
    } catch {
        await listener.shutdown()
        throw error
    }
}

struct ClosureHandler: HTTPHandler {
    let answer: @Sendable (HTTPRequest) async -> HTTPResponse

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        await answer(request)
    }
}

/// Answers with what was understood of the request.
func echo(_ request: HTTPRequest) -> HTTPResponse {
    let query = request.query.map { "?" + $0 } ?? ""
    let content = "\(request.method) \(request.path)\(query) " + String(decoding: request.body, as: UTF8.self)
    return HTTPResponse(status: 200, body: .bytes(Array(content.utf8)))
}

/// Opens once; waiting does not end with cancellation.
final class Gate: Sendable {
    private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    /// Waits until the task is cancelled, and opens then.
    func openWhenCancelled() async {
        await withTaskCancellationHandler {
            await wait()
        } onCancel: {
            open()
        }
    }
}
