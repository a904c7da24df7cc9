import JSON
import PluginFixtures
import TestSupport
import Testing

/// What somebody without a role of an experiment can find out of it: not even whether its plugin is there.
///
/// Paths and the scopes that a gateway announces to everybody are the site's public word and are not compared.
@Suite("Callers without an experiment's role")
struct NonInterferenceTests {
    @Test func `a thousand mixed answers are the same with the ePIC plugin and without it`() async throws {
        let pair = try await GatewayPair.start()
        var mix = RequestMix(seed: 20_261_130)
        var kinds: [String: Int] = [:]
        var isPaged = false
        for number in 0..<1000 {
            let request = mix.next()
            let answer = try await pair.compare(request, number)
            mix.learn(answer, of: request)
            kinds[request.kind, default: 0] += 1
            isPaged = isPaged || request.parameters["cursor"] != nil
        }
        // A mix that lost a kind of request would compare less than it says.
        #expect(Set(kinds.keys) == Set(RequestMix.kinds), "\(kinds)")
        #expect(kinds.values.allSatisfy { $0 >= 10 }, "\(kinds)")
        #expect(isPaged)
        #expect(mix.answered > 300, "most answers that are compared are answers")
        try await pair.stop()
    }

    @Test func `the comparison finds what differs`() async throws {
        let pair = try await GatewayPair.start(roles: ["atlas.user", "epic.user"])
        let list = RequestMix.Request(kind: "list", era: .modern, path: "/mcp", method: "tools/list")
        #expect(try await pair.differs(list))
        try await pair.stop()
    }
}

/// Two gateways, one of which has the ePIC plugin, and a caller of both.
private struct GatewayPair: Sendable {
    let with: GatewayProcess
    let without: GatewayProcess
    let tokens: (with: String, without: String)
    private let sessions: SessionTable

    static func start(roles: [String] = ["atlas.user", "rubin.user"]) async throws -> GatewayPair {
        var settings = SiteSettings()
        settings.furtherLines = """
            views:
              - {path: /found, listing: search}
              - {path: /either, listing: auto}
            limits: {list_page: 3, sessions: 100}
            """
        let with = try await GatewayProcess.start(settings)
        settings.libraries["epic"] = nil
        let without = try await GatewayProcess.start(settings)
        let tokens = (
            try await with.token(roles: roles), try await without.token(roles: roles.filter { !$0.hasPrefix("epic.") })
        )
        return GatewayPair(with: with, without: without, tokens: tokens, sessions: SessionTable())
    }

    func stop() async throws {
        try await with.stop()
        try await without.stop()
    }

    /// Asks both and compares all they say; some answers hold the moment they were made, so they are asked again.
    func compare(_ request: RequestMix.Request, _ number: Int) async throws -> WireAnswer {
        var answers = try await ask(request)
        for _ in 0..<5 where Self.timeless(answers.0) != Self.timeless(answers.1) { answers = try await ask(request) }
        let (first, second) = (Self.timeless(answers.0), Self.timeless(answers.1))
        #expect(first == second, "request \(number): \(request)")
        return answers.0
    }

    func differs(_ request: RequestMix.Request) async throws -> Bool {
        let answers = try await ask(request)
        return Self.timeless(answers.0) != Self.timeless(answers.1)
    }

    private func ask(_ request: RequestMix.Request) async throws -> (WireAnswer, WireAnswer) {
        async let first = ask(request, with, tokens.with)
        async let second = ask(request, without, tokens.without)
        return try await (first, second)
    }

    private func ask(
        _ request: RequestMix.Request,
        _ gateway: GatewayProcess,
        _ token: String
    ) async throws -> WireAnswer {
        var session: String?
        if case .session(let revision) = request.era, request.method != "initialize" {
            session = try await sessions.session(revision, request.path, gateway, token)
        }
        let wire = request.wire(token: token, session: session)
        guard request.method == "subscriptions/listen" else { return try await gateway.exchange(wire) }
        // The stream stays open: what it begins with is compared.
        let connection = try WireConnection(port: gateway.port)
        connection.send(wire.bytes(port: gateway.port))
        let text = try await connection.text { $0.contains("acknowledged") || $0.contains(#""error""#) }
        return WireAnswer(status: 0, fields: [], body: Array(text.utf8))
    }

    /// All that was said, without the moment, ids, and what was sealed or signed anew.
    private static func timeless(_ answer: WireAnswer) -> String {
        let fields = answer.fields.filter { field in
            !["date:", "mcp-session-id:"].contains { field.lowercased().hasPrefix($0) }
        }
        return "\(answer.status)\n\(fields.joined(separator: "\n"))\n\(answer.text)"
            .replacing(/(?i)\ndate: [^\n]*/, with: "")
            .replacing(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?|\d{16}/, with: "now")
            .replacing(/"requestState":"[^"]*"/, with: "sealed")
            .replacing(/\b[0-9a-f]{32}\b|127\.0\.0\.1:\d+/, with: "one")
    }
}

/// The sessions that were begun, by gateway, revision and path.
private actor SessionTable {
    private var ids: [String: String] = [:]

    func session(
        _ revision: String,
        _ path: String,
        _ gateway: GatewayProcess,
        _ token: String
    ) async throws -> String {
        let key = "\(gateway.port) \(revision) \(path)"
        if let id = ids[key] { return id }
        let opening = RequestMix.Request(
            kind: "initialize",
            era: .session(revision),
            path: path,
            method: "initialize",
            parameters: RequestMix.opening(revision)
        )
        let answer = try await gateway.exchange(opening.wire(token: token, session: nil))
        guard let id = answer.field("Mcp-Session-Id") else { throw SetupFailure("no session: \(answer)") }
        ids[key] = id
        return id
    }
}
