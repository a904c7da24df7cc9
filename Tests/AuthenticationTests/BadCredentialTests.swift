import Authentication
import GatewayCore
import JSON
import TestSupport
import Testing

/// Everything that must not open the gateway, sent to the real program: each row has its status and its challenge.
@Suite("Bad tokens and requests, over the wire") struct BadCredentialTests {
    /// The tokens that can be written into a header field; what the others do there, `BadRequest` says.
    static let tokens = (BadToken.form + BadToken.signature + BadToken.claims + BadAnswer.all.map(\.asToken))
        .filter { !BadToken.unsendable.contains($0.description) }

    private func answer(_ site: IssuerSite, _ change: (inout WireRequest) -> Void) async throws -> WireAnswer {
        var request = site.gateway.message("tools/list", token: nil)
        change(&request)
        return try await site.gateway.exchange(request)
    }

    private func expect(_ wanted: RefusedAnswer, _ answer: WireAnswer, _ row: String, at site: IssuerSite) {
        #expect(answer.status == wanted.status, "\(row): \(answer)")
        #expect(answer.field("WWW-Authenticate") == wanted.field(at: site), "\(row): \(answer)")
        #expect(answer.json?["result"] == nil, "\(row)")
    }

    @Test func `the tables have at least 150 rows, each once`() {
        let rows = Self.tokens.map(\.description) + BadRequest.all.map(\.description)
        #expect(rows.count >= 150)
        #expect(Set(rows).count == rows.count, "\(Dictionary(grouping: rows) { $0 }.filter { $1.count > 1 }.keys)")
        let all = Set((BadToken.form + BadToken.claims).map(\.description))
        #expect(BadToken.unsendable.isSubset(of: all), "and what is left out is there")
    }

    @Test func `a good token of each kind is good`() async throws {
        let site = try await IssuerSite.shared()
        let forge = site.forge
        let tokens = [
            try forge.token(), AskedToken.make(BadAnswer.good(forge)),
            AskedToken.gafaelfawr(BadAnswer.goodInfo(forge)),
        ]
        for token in tokens {
            let answer = try await answer(site) { $0.fields.append("Authorization: Bearer \(token)") }
            #expect(answer.status == 200, "\(answer)\n\(site.gateway.log.suffix(2000))")
        }
    }

    @Test(arguments: tokens)
    func `refuses`(token: BadToken) async throws {
        let site = try await IssuerSite.shared()
        let text = try await token.make(site.forge)
        let answer = try await answer(site) { $0.fields.append("Authorization: Bearer \(text)") }
        expect(RefusedAnswer(token.refusal), answer, token.description, at: site)
    }

    @Test(arguments: BadRequest.all)
    func `turns away`(row: BadRequest) async throws {
        let site = try await IssuerSite.shared()
        let token = try site.forge.token()
        let answer = try await answer(site) { row.spoil(&$0, token) }
        expect(row.answer, answer, row.description, at: site)
    }

    @Test func `no token is in the log, and what says nothing goes to its own issuer alone`() async throws {
        let site = try await IssuerSite.start()
        let forge = site.forge
        let tokens = [
            try forge.token(), try forge.token(claims: ["exp": 1]), AskedToken.make(BadAnswer.good(forge)),
            AskedToken.make(#"{"active":false}"#), AskedToken.gafaelfawr(BadAnswer.goodInfo(forge)), "no-ones-token",
            "beam_rt_" + String(repeating: "r", count: 43),
        ]
        for token in tokens {
            _ = try await answer(site) { $0.fields.append("Authorization: Bearer \(token)") }
            #expect(!site.gateway.log.contains(token))
        }
        #expect(site.server.requests.filter { $0.hasPrefix("/introspect ") }.count == 2)
        #expect(site.server.requests.filter { $0.hasPrefix("/token-info ") }.count == 2)
        #expect(!site.server.requests.contains { $0.contains("no-ones-token") || $0.contains("beam_rt_") })
        try await site.gateway.stop()
    }
}

extension BadToken {
    /// The rows that no header field can hold as they are: HTTP takes white space at the end away, and refuses the rest.
    static let unsendable: Set<String> = [
        "a line break at the end", "a space at the end", "a tab before", "a zero byte", "not ASCII",
    ]
}
