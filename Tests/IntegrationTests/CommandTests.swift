import Foundation
import JSON
import TestSupport
import Testing

@Suite("Commands")
struct CommandTests {
    /// A line, its fault, and what `check` must say about it.
    static let faults = [
        ("limits:\n  list_pag: 10", "limits.list_pag: is not a known key; did you mean `list_page`?"),
        ("limits:\n  list_page: none", "limits.list_page: must be a whole number"),
        ("observability:\n  log_level: loud", "observability.log_level: must be one of"),
    ]

    @Test func `a good configuration is in order`() async throws {
        let configuration = try await GatewayProcess.write(SiteSettings()).configuration
        let run = try await ProgramRun.beamline("check", "--config", configuration)
        #expect(run.exitStatus == 0, "\(run)")
        #expect(run.output.contains("3 plugins, 9 sources"))
        #expect(run.errorOutput == "")
        let json = try await ProgramRun.beamline("check", "--json", "--config", configuration)
        #expect(try JSONValue(parsing: json.output)["ok"] == true)
    }

    @Test(arguments: faults)
    func `a fault of the configuration is named with its line`(_ lines: String, _ fault: String) async throws {
        var settings = SiteSettings()
        settings.furtherLines = lines
        let configuration = try await GatewayProcess.write(settings).configuration
        let text = try String(contentsOfFile: configuration, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        let faulty = try #require(lines.split(separator: "\n").last)
        let number = try #require(text.firstIndex(of: faulty)) + 1
        let run = try await ProgramRun.beamline("check", "--config", configuration)
        #expect(run.exitStatus == 1)
        #expect(run.output == "")
        #expect(run.errorOutput.hasPrefix("\(configuration): line \(number): \(fault)"), "\(run)")
    }

    @Test(
        arguments: [
            ("sealing_key", "not quite thirty-two bytes long.", true),
            ("sealing_key", "not quite thirty-two bytes long", false),
            ("former_sealing_key", "not quite thirty-two bytes long.", false),
        ]
    )
    func `a key that cannot seal is not in order`(_ key: String, _ secret: String, _ isGood: Bool) async throws {
        let file = "\(try RunFolder.current.subfolder("secrets"))/key"
        try secret.write(toFile: file, atomically: true, encoding: .utf8)
        var settings = SiteSettings()
        settings.furtherLines = "  \(key): {file: \(file)}"
        let configuration = try await GatewayProcess.write(settings).configuration
        let run = try await ProgramRun.beamline("check", "--config", configuration)
        #expect(run.exitStatus == (isGood ? 0 : 1), "\(run)")
        #expect(isGood || run.errorOutput.contains("sealing_key"))
        #expect(!run.errorOutput.contains("thirty-two"))
    }

    @Test func `a configuration that is not there is said so`() async throws {
        let run = try await ProgramRun.beamline("check", "--config", "/nonexistent/beamline.yaml")
        #expect(run.exitStatus == 1)
        #expect(run.errorOutput.contains("/nonexistent/beamline.yaml"))
    }

    @Test(arguments: [
        ["no-such-command"], ["serve"], ["check"], ["call", "--url", "http://127.0.0.1:1/mcp"],
        ["token", "--subject", "x"], ["policy", "explain", "--config", "x", "--tool", "epic_panda_list_jobs"],
    ])
    func `a command that is not written right ends with 2`(_ arguments: [String]) async throws {
        let run = try await ProgramRun.run(BuiltPrograms.path(of: BuiltPrograms.gateway), arguments)
        #expect(run.exitStatus == 2, "\(run)")
        #expect(run.output == "")
        #expect(!run.errorOutput.isEmpty)
    }

    @Test func `an address where nobody listens ends with 3`() async throws {
        let url = "http://127.0.0.1:\(try FreePort.find())/mcp"
        for command in [["tools"], ["call", "epic_panda_list_jobs"]] {
            let run = try await ProgramRun.run(
                BuiltPrograms.path(of: BuiltPrograms.gateway),
                command + ["--url", url]
            )
            #expect(run.exitStatus == 3, "\(run)")
            #expect(run.errorOutput.contains("cannot be reached"))
        }
    }

    @Test func `a start on a taken port ends with 3 and says which setting to change`() async throws {
        try await GatewayProcess.with { gateway in
            let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            let other = try RunFolder.current.subfolder("other") + "/beamline.yaml"
            try text.replacingOccurrences(of: gateway.state, with: "\(gateway.state)-of-other")
                .write(toFile: other, atomically: false, encoding: .utf8)
            let run = try await ProgramRun.beamline("serve", "--config", other)
            #expect(run.exitStatus == 3, "\(run)")
            #expect(run.errorOutput.contains("server.port"))
        }
    }

    @Test func `a second start of the same gateway ends with 3 and does the first no harm`() async throws {
        try await GatewayProcess.with { gateway in
            let run = try await ProgramRun.beamline("serve", "--config", gateway.configuration)
            #expect(run.exitStatus == 3, "\(run)")
            #expect(run.errorOutput.contains("Another gateway runs with this configuration"))
            let token = try await gateway.token()
            #expect(try await gateway.exchange(gateway.message("tools/list", token: token)).status == 200)
        }
    }

    @Test(arguments: [
        (["--role", "epic.usr"], 2, "no plugin has the role epic.usr"),
        (["--role", "epic.user", "--scope", "epic:red"], 2, "no plugin has the scope epic:red"),
        (["--role", "epic.user", "--ttl", "soon"], 2, "--ttl"),
        (["--role", "epic.user", "--ttl", "48h"], 2, "--ttl"),
        (["--role", "epic.user", "--ttl", "0s"], 2, "--ttl"),
    ])
    func `a token that cannot be is refused`(_ options: [String], _ status: Int32, _ words: String) async throws {
        let gateway = try await SharedSite.gateway()
        let run = try await ProgramRun.run(
            BuiltPrograms.path(of: BuiltPrograms.gateway),
            ["token", "--config", gateway.configuration, "--subject", "x"] + options
        )
        #expect(run.exitStatus == status, "\(run)")
        #expect(run.output == "")
        #expect(run.errorOutput.contains(words))
    }

    @Test func `without a running gateway there is no token`() async throws {
        let configuration = try await GatewayProcess.write(SiteSettings()).configuration
        let run = try await ProgramRun.beamline(
            "token",
            "--config",
            configuration,
            "--subject",
            "x",
            "--role",
            "epic.user"
        )
        #expect(run.exitStatus == 3, "\(run)")
        #expect(run.errorOutput.contains("beamline serve"))
    }

    @Test func `the key of the development issuer is the owner's alone`() async throws {
        let gateway = try await SharedSite.gateway()
        let attributes = try FileManager.default.attributesOfItem(atPath: gateway.issuerKey)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test func `the policy is explained`() async throws {
        let gateway = try await SharedSite.gateway()
        let ask = ["policy", "explain", "--config", gateway.configuration, "--tool", "epic_panda_list_jobs"]
        let program = try BuiltPrograms.path(of: BuiltPrograms.gateway)
        let allowed = try await ProgramRun.run(program, ask + ["--role", "epic.user"])
        #expect(allowed.exitStatus == 0, "\(allowed)")
        #expect(allowed.output.hasPrefix("allowed by rule"))

        let denied = try await ProgramRun.run(program, ask + ["--role", "rubin.user", "--json"])
        #expect(denied.exitStatus == 1, "\(denied)")
        #expect(try JSONValue(parsing: denied.output)["allowed"] == false)

        let token = try await TokenFile.write(gateway.token(roles: ["epic.user"]))
        let presented = try await ProgramRun.run(program, ask + ["--token-file", token])
        #expect(presented.exitStatus == 0, "\(presented)")
    }

    @Test func `the tools are listed for people and for programs`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token()
        let file = try TokenFile.write(token)
        let names = try await gateway.toolNames(token: token)
        let json = try await ProgramRun.beamline("tools", "--json", "--url", gateway.url, "--token-file", file)
        #expect(json.exitStatus == 0, "\(json)")
        let listed = try JSONValue(parsing: json.output)["tools"]?.array?.compactMap { $0["name"]?.string }
        #expect(listed == names)

        let text = try await ProgramRun.beamline("tools", "--url", gateway.url, "--token-file", file)
        let lines = text.output.split(separator: "\n")
        #expect(lines.compactMap { $0.split(separator: " ").first.map(String.init) } == names)
    }

    @Test func `a call that fails ends with 1 and still says why`() async throws {
        let gateway = try await SharedSite.gateway()
        let file = try await TokenFile.write(gateway.token())
        let run = try await ProgramRun.beamline(
            "call",
            "atlas_panda_study_job",
            "pandaid=17",
            "--json",
            "--url",
            gateway.url,
            "--token-file",
            file
        )
        #expect(run.exitStatus == 1)
        #expect(try JSONValue(parsing: run.output)["structuredContent"]?["error"]?["code"] == "not_found")
        let anonymous = try await ProgramRun.beamline("tools", "--url", gateway.url)
        #expect(anonymous.exitStatus == 1)
        #expect(anonymous.errorOutput.contains("--token-file"))
    }

    @Test func `the list of plugins is in order`() async throws {
        let gateway = try await SharedSite.gateway()
        let run = try await ProgramRun.beamline("plugin", "list", "--json", "--config", gateway.configuration)
        #expect(run.exitStatus == 0, "\(run)")
        let plugins = try #require(JSONValue(parsing: run.output)["plugins"]?.array)
        #expect(plugins.compactMap { $0["namespace"]?.string } == ["atlas", "epic", "rubin"])
        #expect(plugins.allSatisfy { $0["sha256"]?.string?.count == 64 })
        #expect(plugins.allSatisfy { $0["warnings"] == [] }, "\(run)")
    }
}
