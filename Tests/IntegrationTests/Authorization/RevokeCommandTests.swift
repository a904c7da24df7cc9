import Foundation
import JSON
import TestSupport
import Testing

@Suite("beamline revoke")
struct RevokeCommandTests {
    @Test(arguments: ["--client", "--subject", "--issuer", "--grant"])
    func `ends what a running gateway granted, and no later login`(_ option: String) async throws {
        let site = try await LoginSite.start()
        let client = try await TestClient(site)
        let tokens = try await client.tokens()
        #expect(try await site.listing(tokens.access).status == 200)
        let claims = tokens.access.split(separator: ".")[1]
        let grant = try JSONValue(parsing: Base64URL.decode(String(claims)) ?? [])["sid"]?.string ?? ""
        let value = ["--client": client.id, "--subject": "good-user", "--issuer": "good", "--grant": grant]
        let run = try await ProgramRun.beamline(
            "revoke",
            "--config",
            site.gateway.configuration,
            option,
            value[option] ?? ""
        )
        #expect(run.exitStatus == 0, "\(run)")
        try await site.isTurnedAway(tokens.access)
        #expect(try await client.refresh(tokens.refresh).json?["error"] == "invalid_grant")
        // A login within the same second counts as before it.
        let again = try await Polling.wait(for: "a new login that holds") { () -> String? in
            let access = try? await client.tokens(at: .good).access
            guard let access, try await site.listing(access).status == 200 else { return nil }
            return access
        }
        #expect(again != tokens.access)
        try await site.gateway.stop()
    }

    @Test func `wants to know whom, and a gateway that grants`() async throws {
        let site = try await LoginSite.shared()
        #expect(try await ProgramRun.beamline("revoke", "--config", site.gateway.configuration).exitStatus == 2)
        var nobody = SiteSettings()
        nobody.identity = ""
        let (configuration, _) = try await GatewayProcess.write(nobody)
        let run = try await ProgramRun.beamline("revoke", "--config", configuration, "--client", "x")
        #expect(run.exitStatus == 1)
    }
}

@Suite("beamline policy explain with a token of the gateway's own")
struct ExplainedTokenTests {
    @Test(arguments: [("epic_panda_list_jobs", 0 as Int32), ("atlas_panda_study_job", 1)])
    func `tells what its grant allows`(_ tool: String, _ status: Int32) async throws {
        let site = try await LoginSite.shared()
        let file = try RunFolder.current.subfolder("token") + "/token"
        try await TestClient(site).tokens().access.write(toFile: file, atomically: true, encoding: .utf8)
        let run = try await ProgramRun.beamline(
            "policy",
            "explain",
            "--config",
            site.gateway.configuration,
            "--token-file",
            file,
            "--tool",
            tool
        )
        #expect(run.exitStatus == status, "\(run)")
        #expect(run.output.contains(status == 0 ? "allowed" : "not allowed"))
    }
}
