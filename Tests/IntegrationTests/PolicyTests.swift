import Foundation
import JSON
import TestSupport
import Testing

@Suite("The site's own rules")
struct PolicyTests {
    private static let rules = """
        policy:
          rules:
            - {namespace: epic, match: panda_list_jobs, call: {auth_age: 1m}}
            - {namespace: epic, match: panda_study_job, consent: true}
            - {namespace: epic, match: pcs_search_tags, closed: true}
            - {namespace: atlas, match: "*", closed: true}
            - {namespace: rubin, match: list_runs, widen: true, call: {any_role: epic.user}}
        """

    /// A configuration with rules, and with a file of tests beside it.
    private func configuration(
        _ rules: String = rules,
        tests: String? = nil
    ) async throws -> (path: String, tests: String) {
        let file = "\(try RunFolder.current.subfolder("policy"))/tests.yaml"
        if let tests { try tests.write(toFile: file, atomically: true, encoding: .utf8) }
        var settings = SiteSettings()
        settings.furtherLines = rules + (tests == nil ? "" : "\n  tests: \(file)")
        return (try await GatewayProcess.write(settings).configuration, file)
    }

    @Test func `rules of the site count over those of plugins, at once after a reload`() async throws {
        var settings = SiteSettings()
        settings.furtherLines = Self.rules
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["atlas.user", "epic.user"])
            let names = try await gateway.toolNames(token: token)
            #expect(!names.contains { $0.hasPrefix("atlas_") })
            #expect(names.filter { $0.hasPrefix("rubin_") } == ["rubin_list_runs"])
            let listed = try await gateway.call("epic_swf_list_available_tools", [:], token: token)
            let told = listed["structuredContent"]?["items"]?.array?.compactMap { $0["name"]?.string } ?? []
            #expect(Set(told).isSubset(of: names.map { String($0.dropFirst("epic_".count)) }))
            #expect(told.contains("pcs_list_tags") && !told.contains("pcs_search_tags"))
            let asked = try await gateway.call("epic_panda_study_job", ["pandaid": 1], token: token)
            #expect(asked["structuredContent"]?["error"]?["code"] == "approval_required")
            let closed = try await gateway.exchange(
                gateway.callMessage("atlas_panda_explain_error", ["code": 1235], token: token)
            )
            #expect(closed.json?["error"]?["code"] == -32602)

            let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            let opened = text.replacing("    - {namespace: atlas, match: \"*\", closed: true}\n", with: "")
            try opened.write(toFile: gateway.configuration, atomically: true, encoding: .utf8)
            kill(gateway.pid, SIGHUP)
            _ = try await Polling.wait(for: "ATLAS") { () -> Bool? in
                try await gateway.toolNames(token: token).contains { $0.hasPrefix("atlas_") } ? true : nil
            }
        }
    }

    @Test func `a role is needed that nobody has, and the line is named`() async throws {
        let (path, _) = try await configuration(
            "policy:\n  rules:\n    - {namespace: epic, match: x, call: {any_role: [epic.shifter]}}"
        )
        let run = try await ProgramRun.beamline(
            "policy",
            "explain",
            "--config",
            path,
            "--role",
            "epic.user",
            "--tool",
            "epic_panda_list_jobs"
        )
        #expect(run.exitStatus == 1)
        #expect(
            run.errorOutput.contains(": policy.rules[0].call: no plugin declares the role 'epic.shifter'"),
            "\(run)"
        )
    }

    @Test func `check says what a rule cannot mean`() async throws {
        let (path, _) = try await configuration("policy:\n  rules:\n    - {namespace: epic, match: x, public: true}")
        let run = try await ProgramRun.beamline("check", "--config", path)
        #expect(run.exitStatus == 1)
        #expect(
            run.errorOutput.contains("policy.rules[0]: public makes items wider; say so with widen: true"),
            "\(run)"
        )
    }

    @Test func `an explanation names the site's rule`() async throws {
        let (path, _) = try await configuration()
        let run = try await ProgramRun.beamline(
            "policy",
            "explain",
            "--config",
            path,
            "--role",
            "epic.user",
            "--tool",
            "rubin_list_runs",
            "--json"
        )
        let json = try JSONValue(parsing: run.output)
        #expect(json["allowed"] == true && json["site_rules"] == ["list_runs"], "\(run)")
    }

    @Test func `tests that hold pass, with check and alone`() async throws {
        let (path, tests) = try await configuration(
            tests: """
                tests:
                  - {who: {roles: [epic.user]}, tools: [epic_panda_list_jobs, rubin_list_runs], expect: allowed}
                  - {who: {roles: [epic.user], auth_age: 2m}, tools: [epic_panda_list_jobs], expect: login}
                  - {who: {roles: [epic.user], scopes: []}, tools: [epic_panda_list_jobs], expect: scope}
                  - {who: {roles: [epic.user]}, tools: [epic_panda_study_job], expect: consent}
                  - {who: {roles: [atlas.user]}, tools: [atlas_panda_study_job, epic_panda_list_jobs], expect: hidden}
                  - {who: {anonymous: true}, tools: [epic_panda_list_jobs], expect: denied}
                """
        )
        let check = try await ProgramRun.beamline("check", "--config", path)
        #expect(check.exitStatus == 0, "\(check)")
        let run = try await ProgramRun.beamline("policy", "test", "--config", path, "--json")
        #expect(run.exitStatus == 0, "\(run)")
        #expect(try JSONValue(parsing: run.output) == ["ok": true, "tests": 8, "failures": []])
        let alone = try await configuration("policy: {}").path
        let named = try await ProgramRun.beamline("policy", "test", "--config", alone, "--tests", tests)
        #expect(named.exitStatus == 1, "without the site's rules they fail")
        #expect(try await ProgramRun.beamline("policy", "test", "--config", alone).exitStatus == 2)
    }

    @Test func `the tests of the example hold for the rules of the example`() async throws {
        let folder = "\(BuiltPrograms.sourceTree)/config"
        let example = try String(contentsOfFile: "\(folder)/beamline.yaml", encoding: .utf8)
        let policy = example.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0 != "policy:" }.prefix { $0 == "policy:" || $0.isEmpty || $0.hasPrefix(" ") }
        var settings = SiteSettings()
        settings.identity = """
            issuers:
              cern: {issuer: "https://i.example", jwks_url: "https://i.example/keys",
                roles: [{group: gateway-testers, role: epic.user}]}
            """
        settings.furtherLines = policy.joined(separator: "\n")
            .replacing("tests: policy-tests.yaml", with: "tests: \(folder)/policy-tests.yaml")
        let configuration = try await GatewayProcess.write(settings).configuration
        let run = try await ProgramRun.beamline("policy", "test", "--config", configuration)
        #expect(run.exitStatus == 0 && run.output.hasPrefix("All "), "\(run)")
    }

    @Test func `a test that fails is named with its line and the reason`() async throws {
        let (path, tests) = try await configuration(
            tests: """
                tests:
                  - who: {roles: [atlas.user]}
                    tools: [atlas_panda_study_job]
                    expect: allowed
                  - {who: {roles: [epic.user]}, tools: [epic_panda_list_jobs, epic_nothing], expect: denied}
                  - {who: {roles: [epic.usr]}, tools: [epic_panda_list_jobs], expect: denied}
                """
        )
        for arguments in [["check"], ["policy", "test"]] {
            let run = try await ProgramRun.run(
                BuiltPrograms.path(of: BuiltPrograms.gateway),
                arguments + ["--config", path]
            )
            #expect(run.exitStatus == 1)
            let lines = run.errorOutput.split(separator: "\n").map(String.init)
            #expect(lines.count == 4, "\(run)")
            #expect(
                lines.first?.hasPrefix(
                    "\(tests): line 2: tests[0]: atlas_panda_study_job is hidden, and should be allowed. The site has closed the item."
                ) == true,
                "\(lines)"
            )
            #expect(lines.contains("\(tests): line 5: tests[1]: no enabled plugin has a tool epic_nothing"))
            #expect(lines.contains("\(tests): line 6: tests[2]: no plugin has the role epic.usr"))
        }
    }
}
