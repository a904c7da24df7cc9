import GatewayCore
import HTTPServer
import Synchronization
import TestSupport

/// A monitor that answers as recorded, but only to whoever shows a token that it accepts.
final class GuardedMonitor: HTTPHandler {
    private let accepts: @Sendable (String) async throws -> Bool
    private let replayPort: Int
    private let state = Mutex<(port: Int, shown: [String?], elsewhere: String?)>((0, [], nil))

    private init(replayPort: Int, _ accepts: @escaping @Sendable (String) async throws -> Bool) {
        self.replayPort = replayPort
        self.accepts = accepts
    }

    /// Starts the monitor; it runs until the tests end.
    static func start(_ accepts: @escaping @Sendable (String) async throws -> Bool) async throws -> GuardedMonitor {
        let monitor = GuardedMonitor(replayPort: try await SharedSite.replay().port, accepts)
        let listener = try await Listener.bind(ListenerConfiguration(port: 0, threads: 1), handler: monitor)
        monitor.state.withLock { $0.port = listener.port }
        Task { try await listener.run() }
        return monitor
    }

    var port: Int { state.withLock { $0.port } }

    /// What stood in `Authorization` of each request, in their order.
    var shown: [String?] { state.withLock { $0.shown } }

    /// The tokens that were shown.
    var tokens: Set<String> { Set(shown.compactMap { $0?.dropFirst("Bearer ".count) }.map(String.init)) }

    /// Sends everybody elsewhere from now on.
    func redirect(to url: String) { state.withLock { $0.elsewhere = url } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let shown = request.headers.first("Authorization")
        let elsewhere = state.withLock { state in
            state.shown.append(shown)
            return state.elsewhere
        }
        if let elsewhere {
            return HTTPResponse(status: 307, headers: [HTTPField("Location", elsewhere + request.path)])
        }
        guard let shown, shown.hasPrefix("Bearer "), (try? await accepts(String(shown.dropFirst(7)))) == true else {
            return HTTPResponse(status: 401)
        }
        let target = request.path + (request.query.map { "?" + $0 } ?? "")
        let wire = WireRequest(request.method, target, ["Accept: application/json"])
        guard let answer = try? await WireConnection(port: replayPort).exchange(wire.bytes(port: replayPort)) else {
            return HTTPResponse(status: 502)
        }
        let type = answer.field("Content-Type") ?? "application/json"
        return HTTPResponse(
            status: answer.status,
            headers: [HTTPField("Content-Type", type)],
            body: .bytes(Array(answer.text.utf8))
        )
    }
}
