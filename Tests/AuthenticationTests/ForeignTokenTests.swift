import JSON
import TestSupport
import Testing

@Suite("Tokens of other issuers, at the real program") struct ForeignTokenTests {
    private func status(_ site: IssuerSite, _ token: String) async throws -> Int {
        try await site.gateway.exchange(site.gateway.message("tools/list", token: token)).status
    }

    @Test(arguments: [
        ("--subject", "248289761001"), ("--client", "cli"), ("--issuer", "main"),
        ("--issuer", "https://issuer.example/"), ("--grant", "x"),
    ])
    func `beamline revoke is over for those made until then, also when they are remembered`(
        _ option: String,
        _ value: String
    ) async throws {
        let site = try await IssuerSite.start()
        let (token, other) = (
            try site.forge.token(), AskedToken.make(BadAnswer.good(site.forge, ["client_id": #""x""#]))
        )
        #expect(try await status(site, token) == 200)
        let run = try await ProgramRun.run(
            BuiltPrograms.path(of: BuiltPrograms.gateway),
            ["revoke", "--config", site.gateway.configuration, option, value]
        )
        #expect(run.exitStatus == 0, "\(run)")
        _ = try await Polling.wait(for: "the end of the token") { () -> Bool? in
            try await status(site, token) == 401 ? true : nil
        }
        #expect(try await status(site, other) == 200, "of somebody else at another issuer")
        let later = try await Polling.wait(for: "a token of a later second") { () -> String? in
            let forge = site.forge
            let token = try forge.token(claims: ["iat": .integer(forge.now), "jti": "y"])
            return try await status(site, token) == 200 ? token : nil
        }
        #expect(later != token)
        try await site.gateway.stop()
        let again = try await GatewayProcess.start(configuration: site.gateway.configuration, port: site.gateway.port)
        #expect(
            try await again.exchange(again.message("tools/list", token: token)).status == 401,
            "a restart forgets it not"
        )
        try await again.stop()
    }

    @Test func `an issuer that gives no word costs a 503 and says when to come again`() async throws {
        let site = try await IssuerSite.start()
        let answer = try await site.gateway.exchange(
            site.gateway.message("tools/list", token: AskedToken.make("<html>"))
        )
        #expect(answer.status == 503)
        #expect(answer.field("Retry-After") == "30")
        #expect(answer.field("WWW-Authenticate") == nil)
        try await site.gateway.stop()
    }
}
