import Foundation
import JSON
import TestSupport
import Testing

/// The trail of calls of the real program, and the commands that read it.
@Suite("The audit trail of a gateway")
struct AuditTests {
    private static func audit(_ arguments: String..., configuration: String) async throws -> ProgramRun {
        try await ProgramRun.beamline(["audit"] + arguments + ["--config", configuration])
    }

    @Test func `a call stands in the trail with who, what and how it ended, and a change of it is found`() async throws
    {
        var settings = SiteSettings()
        settings.furtherLines = "audit: {clear_arguments: [epic_panda_list_jobs.limit]}"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["epic.user"], subject: "maria")
            _ = try await gateway.call("epic_panda_list_jobs", ["limit": 1, "site": "BNL"], token: token)
            _ = try await gateway.exchange(gateway.callMessage("atlas_panda_list_jobs", [:], token: token))
            let line = try await Polling.wait(for: "the line") {
                let run = try await Self.audit("search", "--namespace", "epic", configuration: gateway.configuration)
                return run.exitStatus == 0 ? try JSONValue(parsing: run.output) : Optional<JSONValue>.none
            }
            #expect(line["subject"] == "maria")
            #expect(line["item"] == "panda_list_jobs")
            #expect(line["outcome"] == "ok")
            #expect(line["arguments"] == ["limit": 1])
            #expect(line["arguments_sha256"]?.string?.count == 64)
            let hidden = try await Self.audit(
                "search",
                "--outcome",
                "unknown_item",
                configuration: gateway.configuration
            )
            #expect(hidden.output.contains("maria"))
            // What the caller may not know of is not named either.
            #expect(!hidden.output.contains("atlas"))

            let whole = try await Self.audit("verify", "--json", configuration: gateway.configuration)
            #expect(whole.exitStatus == 0, "\(whole)")
            let folder = "\(gateway.state)/audit"
            let file = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first { $0 != "lock" })
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            try text.replacingOccurrences(of: "maria", with: "paula")
                .write(toFile: "\(folder)/\(file)", atomically: false, encoding: .utf8)
            let changed = try await Self.audit("verify", configuration: gateway.configuration)
            #expect(changed.exitStatus == 1)
            #expect(changed.output.contains("does not follow from the line before it"))
        }
    }

    @Test func `two gateways do not write one trail`() async throws {
        try await GatewayProcess.with { gateway in
            let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            let other = try RunFolder.current.subfolder("other") + "/beamline.yaml"
            try
                (text.replacingOccurrences(of: gateway.state, with: "\(gateway.state)-of-other")
                + "\naudit: {directory: \(gateway.state)/audit}\n")
                .write(toFile: other, atomically: false, encoding: .utf8)
            let run = try await ProgramRun.beamline("serve", "--config", other)
            #expect(run.exitStatus == 3, "\(run)")
            #expect(run.errorOutput.contains("writes to the same audit folder"))
            #expect(try await Self.audit("verify", configuration: gateway.configuration).exitStatus == 0)
        }
    }

    @Test func `a site that wants no trail has none`() async throws {
        var settings = SiteSettings()
        settings.furtherLines = "audit: {enabled: false}"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["epic.user"])
            _ = try await gateway.call("epic_panda_list_jobs", [:], token: token)
            #expect(!FileManager.default.fileExists(atPath: "\(gateway.state)/audit"))
            let run = try await Self.audit("verify", configuration: gateway.configuration)
            #expect(run.exitStatus == 3)
        }
    }
}
