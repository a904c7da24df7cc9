import JSON
import TestSupport
import Testing

@Suite("Broken parts")
struct BrokenPartTests {
    @Test(arguments: BrokenPlugin.allCases)
    func `one broken plugin leaves the others serving`(_ plugin: BrokenPlugin) async throws {
        let settings = try await plugin.settings()
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["epic.user", "rubin.user"])
            let names = try await gateway.pluginToolNames(token: token)
            #expect(Set(names.compactMap { $0.split(separator: "_").first }) == ["epic", "rubin"])
            let result = try await gateway.call("epic_panda_list_jobs", ["limit": 1], token: token)
            #expect(result["isError"]?.bool != true)
            #expect(gateway.log.contains(plugin.reason), "\(gateway.log)")
        }
    }

    @Test(arguments: BrokenPlugin.allCases)
    func `the list of plugins names the broken one and why`(_ plugin: BrokenPlugin) async throws {
        let configuration = try await GatewayProcess.write(plugin.settings()).configuration
        let run = try await ProgramRun.beamline("plugin", "list", "--config", configuration)
        #expect(run.exitStatus == 1)
        #expect(run.output.contains(plugin.reason), "\(run)")
        #expect(run.output.contains("epic: "))
        #expect(run.errorOutput.contains("1 of 3"))

        let listing = try await ProgramRun.beamline("plugin", "list", "--json", "--config", configuration)
        let plugins = try #require(JSONValue(parsing: listing.output)["plugins"]?.array)
        #expect(plugins.compactMap { $0["namespace"]?.string } == ["epic", "rubin"])
        #expect(plugins.compactMap { $0["reason"]?.string }.contains { $0.contains(plugin.reason) })
    }

    @Test(arguments: BrokenPlugin.allCases)
    func `a broken plugin that is required keeps the gateway from starting`(_ plugin: BrokenPlugin) async throws {
        var settings = try await plugin.settings()
        settings.required = ["atlas"]
        let configuration = try await GatewayProcess.write(settings).configuration
        let run = try await ProgramRun.beamline("serve", "--config", configuration)
        #expect(run.exitStatus == 1, "\(run)")
        #expect(run.errorOutput.contains("required plugin"))
        #expect(run.errorOutput.contains(plugin.reason))
    }

    @Test func `a monitor that is gone makes its own tools unavailable and no others`() async throws {
        let replay = try await ReplayServer.start()
        var settings = SiteSettings()
        settings.monitorPort = replay.port
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token()
            let job: JSONValue = ["pandaid": 6_800_730_400]
            let before = try await gateway.call("atlas_panda_study_job", job, token: token)
            #expect(before["isError"]?.bool != true)

            try await replay.stop()
            let after = try await gateway.call("atlas_panda_study_job", job, token: token)
            #expect(after["isError"] == true)
            let error = try #require(after["structuredContent"]?["error"])
            #expect(error["code"] == "unavailable")
            let message = try #require(error["message"]?.string)
            #expect(!message.contains("127.0.0.1") && !message.contains("\(replay.port)"), "\(message)")

            let other = try await gateway.call("epic_panda_list_jobs", ["limit": 1], token: token)
            #expect(other["isError"]?.bool != true)
        }
    }
}
