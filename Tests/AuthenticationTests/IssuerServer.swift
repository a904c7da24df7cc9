import GatewayCore
import HTTPServer
import JSON
import Sealing
import Synchronization
import TestSupport

/// The HTTP servers of a forge's issuers: their keys, and their word on tokens that only they can read.
///
/// Such a token is the answer about itself, so that a test says what its issuer says.
final class IssuerServer: HTTPHandler {
    private let keys: [String: [UInt8]]
    private let portNumber = Mutex(0)
    private let seen = Mutex<[String]>([])

    init(_ records: [IssuerKeysOfRecord]) {
        keys = Dictionary(records.map { ($0.id, $0.keys) }) { first, _ in first }
    }

    /// An issuer's id with its key set.
    struct IssuerKeysOfRecord: Sendable {
        let id: String
        let keys: [UInt8]
    }

    var port: Int { portNumber.withLock { $0 } }

    /// Paths and `Authorization` values, in their order.
    var requests: [String] { seen.withLock { $0 } }

    /// Starts the server; it runs until the tests end.
    func start() async throws {
        let listener = try await Listener.bind(ListenerConfiguration(port: 0, threads: 1), handler: self)
        portNumber.withLock { $0 = listener.port }
        Task { try await listener.run() }
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let authorization = request.headers.values("Authorization").joined(separator: ", ")
        seen.withLock { $0.append(request.path + " " + authorization) }
        let parts = request.path.split(separator: "/").map(String.init)
        switch parts.first {
        case "keys": return Self.json(200, keys[parts.last ?? ""] ?? [])
        case "introspect":
            guard request.method == "POST", authorization == AskedToken.credential else { return Self.json(401, []) }
            let form = String(decoding: request.body, as: UTF8.self).split(separator: "&")
            let token = form.first { $0.hasPrefix("token=") }?.dropFirst("token=".count) ?? ""
            return Self.json(200, AskedToken.answer(in: String(token)))
        case "token-info":
            guard let answer = AskedToken.info(in: authorization) else { return Self.json(403, []) }
            return Self.json(200, answer)
        default: return Self.json(404, [])
        }
    }

    private static func json(_ status: Int, _ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [HTTPField("Content-Type", "application/json")],
            body: .bytes(body)
        )
    }
}

/// A token that only its issuer can read, which holds what the issuer says of it.
enum AskedToken {
    static let client = "gateway client"
    static let secret = "s:cret"
    /// Both parts encoded as in a form, as RFC 6749 section 2.3.1 asks.
    static let credential = "Basic " + Base64Text.encode(Array("gateway%20client:s%3Acret".utf8))
    static let prefix = "lab-"

    /// A token about which its issuer says this.
    static func make(_ answer: String) -> String { prefix + Base64URL.encode(Array(answer.utf8)) }

    static func answer(in token: String) -> [UInt8] {
        Base64URL.decode(token.utf8.dropFirst(prefix.utf8.count)) ?? []
    }

    /// A Gafaelfawr token; its key holds what is said of it, and so does `token` in that.
    static func gafaelfawr(_ answer: String) -> String {
        "gt-" + Base64URL.encode(Array(answer.utf8)) + ".secret"
    }

    static func info(in authorization: String) -> [UInt8]? {
        guard authorization.hasPrefix("Bearer gt-"), authorization.hasSuffix(".secret") else { return nil }
        let key = String(authorization.dropFirst("Bearer gt-".count).dropLast(".secret".count))
        guard let said = Base64URL.decode(key.utf8) else { return nil }
        return Array(String(decoding: said, as: UTF8.self).replacing("KEY", with: key).utf8)
    }
}
