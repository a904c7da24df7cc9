import GatewayCore
import HTTPServer
import JSON
import Synchronization

/// Publishes metadata documents of clients: a good one, and each that must not be taken.
final class DocumentHost: HTTPHandler {
    enum Document: String, CaseIterable, Sendable {
        case good
        case mismatch, secret, confidential, page, large, moved, missing, broken, noredirects, noaddress
    }

    private let counts = Mutex<[String: Int]>([:])
    private let portNumber = Mutex(0)

    var port: Int { portNumber.withLock { $0 } }

    static func start() async throws -> DocumentHost {
        let host = DocumentHost()
        let listener = try await Listener.bind(ListenerConfiguration(port: 0, threads: 1), handler: host)
        host.portNumber.withLock { $0 = listener.port }
        Task { try await listener.run() }
        return host
    }

    func url(_ document: Document) -> String { "http://127.0.0.1:\(port)/clients/\(document.rawValue)" }

    /// How often a path was asked for.
    func count(_ path: String) -> Int { counts.withLock { $0[path] ?? 0 } }

    var total: Int { counts.withLock { $0.values.reduce(0, +) } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        counts.withLock { $0[request.path, default: 0] += 1 }
        guard let name = request.path.split(separator: "/").last, let document = Document(rawValue: String(name)) else {
            return HTTPResponse(status: 404)
        }
        var fields = [HTTPField("Content-Type", "application/json")]
        var members: [(String, JSONValue)] = [
            ("client_id", .string(url(document))), ("client_name", "Published client"),
            ("redirect_uris", [.string(TestClient.redirectURI)]), ("token_endpoint_auth_method", "none"),
        ]
        switch document {
        case .good: break
        case .mismatch: members[0].1 = .string(url(.good))
        case .secret: members.append(("client_secret", "x"))
        case .confidential: members[3].1 = "client_secret_post"
        case .page: fields = [HTTPField("Content-Type", "text/html")]
        case .large: members.append(("x", .string(String(repeating: "x", count: 11 << 10))))
        case .moved: return HTTPResponse(status: 302, headers: [HTTPField("Location", url(.good))])
        case .missing: return HTTPResponse(status: 404)
        case .broken: return HTTPResponse(status: 200, headers: fields, body: .bytes(Array("{".utf8)))
        case .noredirects: members[2].1 = []
        case .noaddress: members[2].1 = ["http://evil.example/"]
        }
        let bytes = JSONValue.object(JSONObject(members: members.map { .init(name: $0.0, value: $0.1) })).serialized
        return HTTPResponse(status: 200, headers: fields, body: .bytes(bytes))
    }
}
