import Foundation
import JSON
import TestSupport
import Testing

@Suite("beamline block")
struct BlockTests {
    private func beamline(_ gateway: GatewayProcess, _ arguments: String...) async throws -> ProgramRun {
        try await ProgramRun.run(
            BuiltPrograms.path(of: BuiltPrograms.gateway),
            arguments + ["--config", gateway.configuration]
        )
    }

    private func code(_ gateway: GatewayProcess, _ token: String, _ tool: String) async throws -> String {
        let answer = try await gateway.exchange(gateway.callMessage(tool, ["limit": 1], token: token))
        let result = answer.json?["result"]
        return result?["structuredContent"]?["error"]?["code"]?.string ?? (result?["isError"] == false ? "ok" : "error")
    }

    private func wait(_ gateway: GatewayProcess, _ token: String, _ tool: String, until code: String) async throws {
        _ = try await Polling.wait(for: "\(tool) to be \(code)") { () -> Bool? in
            try await self.code(gateway, token, tool) == code ? true : nil
        }
    }

    @Test func `a blocked tool is out of service at once, also after a restart, until it is unblocked`() async throws {
        let gateway = try await GatewayProcess.start()
        let token = try await gateway.token()
        #expect(try await code(gateway, token, "epic_panda_list_jobs") == "ok")
        let connection = try WireConnection(port: gateway.port)
        let listen = gateway.message(
            "subscriptions/listen",
            [("notifications", ["toolsListChanged": true])],
            token: token
        )
        connection.send(listen.bytes(port: gateway.port))
        _ = try await connection.text { $0.contains("acknowledged") }

        let run = try await beamline(gateway, "block", "--tool", "epic_panda_list_jobs", "--reason", "it leaks <names>")
        #expect(run.exitStatus == 0, "\(run)")
        try await wait(gateway, token, "epic_panda_list_jobs", until: "unavailable")
        _ = try await connection.text { $0.contains("list_changed") }
        let names = try await gateway.toolNames(token: token)
        #expect(!names.contains("epic_panda_list_jobs") && names.contains("epic_panda_study_job"))
        let told = try await gateway.call("epic_panda_list_jobs", [:], token: token)
        #expect(!String(decoding: told.serialized, as: UTF8.self).contains("leaks"))
        #expect(try await code(gateway, token, "rubin_list_runs") == "ok")
        // Who could not see it before hears what they always heard.
        let stranger = try await gateway.token(roles: ["rubin.user"])
        let unknown = try await gateway.exchange(
            gateway.callMessage("epic_panda_list_jobs", [:], token: stranger)
        )
        #expect(unknown.json?["error"]?["code"] == -32602)
        let list = try await beamline(gateway, "block", "--list")
        #expect(list.output.hasPrefix("tool epic_panda_list_jobs: it leaks <names> (by "), "\(list)")
        try await gateway.stop()

        let again = try await GatewayProcess.start(configuration: gateway.configuration, port: gateway.port)
        let fresh = try await again.token()
        #expect(try await code(again, fresh, "epic_panda_list_jobs") == "unavailable")
        let undone = try await beamline(again, "unblock", "--tool", "epic_panda_list_jobs")
        #expect(undone.exitStatus == 0, "\(undone)")
        try await wait(again, fresh, "epic_panda_list_jobs", until: "ok")
        #expect(try await beamline(again, "unblock", "--tool", "epic_panda_list_jobs").exitStatus == 1)

        let audit = try await Polling.wait(for: "the trail") { () -> String? in
            let run = try await beamline(again, "audit", "search", "--namespace", "epic")
            return run.output.contains(#""event":"unblocked""#) ? run.output : nil
        }
        let lines = audit.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
        let blocked = try #require(lines.first { $0["event"] == "blocked" })
        #expect(blocked["item"] == "panda_list_jobs" && blocked["reason"] == "it leaks <names>")
        #expect(blocked["by"]?.string?.isEmpty == false)
        #expect(lines.contains { $0["event"] == "call" && $0["outcome"] == "unavailable" })
        try await again.stop()
    }

    @Test(arguments: [("--namespace", "epic"), ("--plugin", "epic"), ("--plugin", "org.epic.tools")])
    func `a namespace or plugin is out of service as a whole`(option: String, name: String) async throws {
        try await GatewayProcess.with { gateway in
            let token = try await gateway.token()
            #expect(try await beamline(gateway, "block", option, name, "--reason", "x").exitStatus == 0)
            try await wait(gateway, token, "epic_panda_list_jobs", until: "unavailable")
            #expect(try await !gateway.toolNames(token: token).contains { $0.hasPrefix("epic_") })
            #expect(try await code(gateway, token, "rubin_list_runs") == "ok")
            let prompt = try await gateway.exchange(
                gateway.message(
                    "prompts/get",
                    name: "epic_explain_job_failure",
                    [("name", "epic_explain_job_failure"), ("arguments", ["pandaid": "1"])],
                    token: token
                )
            )
            #expect(prompt.json?["error"]?["data"]?["code"] == "unavailable", "\(prompt)")
            #expect(try await beamline(gateway, "unblock", option, name).exitStatus == 0)
            try await wait(gateway, token, "epic_panda_list_jobs", until: "ok")
        }
    }

    @Test func `every gateway with the same state obeys`() async throws {
        let site = try await LoginSite.start()
        let replica = try await site.replica()
        let key = LoginSite.key(for: "bots")
        for gateway in [site.gateway, replica] {
            #expect(try await code(gateway, key, "epic_panda_list_jobs") == "ok")
        }
        _ = try await beamline(site.gateway, "block", "--tool", "epic_panda_list_jobs", "--reason", "x")
        for gateway in [site.gateway, replica] {
            try await wait(gateway, key, "epic_panda_list_jobs", until: "unavailable")
        }
        try await replica.stop()
        try await site.gateway.stop()
    }

    @Test(
        arguments: [
            (["block"], 2), (["block", "--tool", "epic_panda_list_jobs"], 2),
            (["block", "--tool", "epic_panda_list_jobs", "--reason", " "], 2),
            (["block", "--tool", "epic_panda_list_jobs", "--namespace", "epic", "--reason", "x"], 2),
            (["block", "--tool", "epik_jobs", "--reason", "x"], 2), (["block", "--tool", "epic", "--reason", "x"], 2),
            (["block", "--namespace", "epik", "--reason", "x"], 2), (["block", "--list", "--reason", "x"], 2),
            (["unblock"], 2), (["unblock", "--namespace", "rubin"], 1), (["block", "--list"], 0),
        ] as [([String], Int32)]
    )
    func `what cannot be meant is refused`(arguments: [String], status: Int32) async throws {
        let gateway = try await SharedSite.gateway()
        let run = try await ProgramRun.run(
            BuiltPrograms.path(of: BuiltPrograms.gateway),
            arguments + ["--config", gateway.configuration]
        )
        #expect(run.exitStatus == status, "\(run)")
    }
}
