import Foundation
import JSON
import TestSupport
import Testing

@Suite("An experiment's officer and the audit trail")
struct AuditOfficerTests {
    private static let tool = "beamline_audit_search"

    private func gateway(_ body: (GatewayProcess) async throws -> Void) async throws {
        var settings = SiteSettings()
        settings.furtherLines = """
            audit: {clear_arguments: [epic_panda_list_jobs.limit], officers: [epic.officer, atlas.officer]}
            """
        try await GatewayProcess.with(settings, body)
    }

    /// What an officer reads, once there is something.
    private func items(
        _ gateway: GatewayProcess,
        _ token: String,
        _ arguments: JSONValue = [:],
        path: String = "/mcp"
    ) async throws -> [JSONValue] {
        try await Polling.wait(for: "lines of the trail") { () -> [JSONValue]? in
            let answer = try await gateway.exchange(
                gateway.callMessage(Self.tool, arguments, token: token, path: path)
            )
            let items = answer.json?["result"]?["structuredContent"]?["items"]?.array
            guard let items else { throw SetupFailure("no items: \(answer)") }
            return items.isEmpty ? nil : items
        }
    }

    @Test func `reads who called what of their own experiment, and nothing of another`() async throws {
        try await gateway { gateway in
            let maria = try await gateway.token(roles: ["epic.user", "atlas.user"], subject: "maria")
            _ = try await gateway.call("atlas_panda_study_job", ["pandaid": 1], token: maria)
            _ = try await gateway.exchange(gateway.callMessage("epic_no_such_tool", [:], token: maria))
            _ = try await gateway.call("epic_panda_list_jobs", ["limit": 1, "site": "BNL"], token: maria)
            let epic = try await gateway.token(roles: ["epic.officer"], subject: "olga")
            let items = try await items(gateway, epic)
            #expect(items.count == 1)
            #expect(items[0]["subject"] == "maria" && items[0]["item"] == "panda_list_jobs")
            #expect(items[0]["arguments"] == ["limit": 1])
            #expect(items[0]["arguments_sha256"]?.string?.count == 64)
            #expect(items[0]["number"] == nil && items[0]["previous"] == nil)
            let atlas = try await gateway.token(roles: ["atlas.officer"], subject: "otto")
            let others = try await self.items(gateway, atlas)
            #expect(others.map { $0["namespace"] } == ["atlas"])

            // A view of one experiment shows that one alone.
            let both = try await gateway.token(roles: ["epic.officer", "atlas.officer"], subject: "oda")
            #expect(Set(try await self.items(gateway, both).map { $0["namespace"]?.string }) == ["epic", "atlas"])
            let inView = try await self.items(gateway, both, path: "/mcp/epic")
            #expect(Set(inView.map { $0["namespace"]?.string }) == ["epic"])
            let asked = try await self.items(gateway, both, ["namespace": "atlas"])
            #expect(Set(asked.map { $0["namespace"]?.string }) == ["atlas"])

            // Another's namespace is one that there is not.
            func answer(_ namespace: String) async throws -> String {
                let message = gateway.callMessage(Self.tool, ["namespace": .string(namespace)], token: epic)
                let answer = try await gateway.exchange(message)
                let json = answer.json?["result"] ?? .null
                #expect(json["isError"] == true)
                return String(decoding: json.serialized, as: UTF8.self)
            }
            #expect(try await answer("atlas") == answer("nowhere"))
            #expect(try await gateway.toolNames(token: epic) == [Self.tool])
            let run = try await ProgramRun.beamline(
                "audit",
                "search",
                "--config",
                gateway.configuration,
                "--item",
                "audit_search",
                "--subject",
                "olga"
            )
            #expect(run.exitStatus == 0, "who reads the trail stands in it")
        }
    }

    @Test(arguments: [["epic.user"], ["epic.operator", "atlas.user"], []])
    func `does not exist for anybody else`(_ roles: [String]) async throws {
        try await gateway { gateway in
            let token = try await gateway.token(roles: roles, subject: "maria")
            #expect(try await !gateway.toolNames(token: token).contains(Self.tool))
            let called = try await gateway.exchange(gateway.callMessage(Self.tool, [:], token: token))
            let unknown = try await gateway.exchange(gateway.callMessage("beamline_audit_seargh", [:], token: token))
            #expect(called.status == unknown.status)
            #expect(called.text.replacing("seargh", with: "search") == unknown.text.replacing("seargh", with: "search"))
            let wrapped = try await gateway.exchange(
                gateway.callMessage("beamline_call_tool", ["name": .string(Self.tool), "arguments": [:]], token: token)
            )
            #expect(wrapped.json?["result"]?["structuredContent"]?["items"] == nil)
        }
    }

    @Test func `nobody is one unless the site says so`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user", "epic.operator"])
        #expect(try await !gateway.toolNames(token: token).contains(Self.tool))
    }
}
