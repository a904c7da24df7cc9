import Foundation
import JSON
import TestSupport
import Testing

/// SIGHUP: what changes, what stays, and that nobody notices.
@Suite("Reload")
struct ReloadTests {
    /// Changes the configuration, sends SIGHUP and waits for a line in the log.
    private func reload(
        _ gateway: GatewayProcess,
        until line: String,
        _ change: (String) -> String
    ) async throws {
        let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
        try change(text).write(toFile: gateway.configuration, atomically: true, encoding: .utf8)
        let before = gateway.log.components(separatedBy: line).count
        kill(gateway.pid, SIGHUP)
        _ = try await Polling.wait(for: line) {
            gateway.log.components(separatedBy: line).count > before ? true : nil
        }
    }

    @Test func `a new view is there, and sessions and tokens stay good`() async throws {
        try await GatewayProcess.with { gateway in
            let token = try await gateway.token(roles: ["epic.user"])
            #expect(
                try await gateway.exchange(gateway.message("tools/list", token: token, path: "/other")).status == 404
            )
            try await reload(gateway, until: "configuration reloaded") {
                $0
                    + "\nviews: [{path: /other/, namespaces: [epic], prefix: false}, {path: /mcp/epic, namespaces: [epic], prefix: false, anonymous: true}]\n"
            }
            let names = try await gateway.pluginToolNames(token: token, path: "/other")
            #expect(names.contains("panda_list_jobs"))
            #expect(
                try await gateway.exchange(gateway.message("tools/list", token: nil, path: "/mcp/epic")).status == 200
            )
            #expect(try await gateway.exchange(gateway.message("tools/list", token: nil, path: "/other")).status == 401)
            let metadata = WireRequest("GET", "/.well-known/oauth-protected-resource/other")
            #expect(try await gateway.exchange(metadata).status == 200)
        }
    }

    @Test func `a plugin that is taken out has no tools any more`() async throws {
        try await GatewayProcess.with { gateway in
            let token = try await gateway.token()
            try await reload(gateway, until: "configuration reloaded") { text in
                let parts = text.components(separatedBy: "  rubin:\n")
                let rest = parts[1].components(separatedBy: "sources:\n  ")
                return parts[0] + "sources:\n  " + rest.dropFirst().joined(separator: "sources:\n  ")
            }
            let names = try await gateway.pluginToolNames(token: token)
            #expect(Set(names.compactMap { $0.split(separator: "_").first }) == ["atlas", "epic"])
            #expect(
                try await gateway.exchange(gateway.message("tools/list", token: token, path: "/mcp/rubin")).status
                    == 404
            )
        }
    }

    @Test func `a faulty file is refused with every fault, and all stays as it was`() async throws {
        try await GatewayProcess.with { gateway in
            let token = try await gateway.token(roles: ["epic.user"])
            try await reload(gateway, until: "configuration not reloaded") { $0 + "\nlimts: {}\npolicy: {forbid: 1}\n" }
            _ = try await Polling.wait(for: "both faults") {
                let log = gateway.log
                return log.contains("did you mean `limits`?") && log.contains("policy.forbid: is not a known key")
                    ? true : nil
            }
            let result = try await gateway.call("epic_panda_list_jobs", ["limit": 1], token: token)
            #expect(result["isError"]?.bool != true)
        }
    }

    @Test func `a database that is not there is a fault`() async throws {
        try await GatewayProcess.with { gateway in
            let token = try await gateway.token(roles: ["epic.user"])
            try await reload(gateway, until: "there is no database file at /nonexistent/") {
                $0.replacingOccurrences(of: "    path: ", with: "    path: /nonexistent")
            }
            let result = try await gateway.call("epic_panda_list_jobs", ["limit": 1], token: token)
            #expect(result["isError"]?.bool != true)
        }
    }

    @Test func `what needs a restart is named`() async throws {
        try await GatewayProcess.with { gateway in
            try await reload(gateway, until: "need a restart") {
                $0.replacingOccurrences(of: "libATLAS.so", with: "libRubin.so") + "\nlimits: {connections: 7}\n"
            }
            #expect(gateway.log.contains("limits.connections"))
            #expect(gateway.log.contains("plugins.atlas.library"))
        }
    }

    @Test func `no call is lost while sources are opened anew`() async throws {
        try await GatewayProcess.with { gateway in
            let token = try await gateway.token()
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        var answered = 0
                        while !Task.isCancelled, answered < 40 {
                            let result = try await gateway.call("epic_panda_list_jobs", ["limit": 1], token: token)
                            #expect(result["isError"]?.bool != true, "\(result)")
                            answered += 1
                        }
                        return answered
                    }
                }
                for round in 1...5 {
                    try await reload(gateway, until: "configuration reloaded") { text in
                        let kept = text.components(separatedBy: "\nlimits:")[0]
                        return kept + "\nlimits: {queries_per_source: \(round)}\n"
                    }
                }
                for try await answered in group { #expect(answered == 40) }
            }
        }
    }

    @Test func `a call that waits for a monitor gets its answer though the monitor is replaced`() async throws {
        let slow = try await ReplayServer.start()
        let other = try await SharedSite.replay()
        var settings = SiteSettings()
        settings.monitorPort = slow.port
        // The call waits as long as the reload takes, on whatever machine.
        settings.furtherLines = "limits: {tool_timeout: 2m}"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["atlas.user"])
            let job: JSONValue = ["pandaid": 6_800_730_400]
            kill(slow.pid, SIGSTOP)
            async let waiting = gateway.call("atlas_panda_study_job", job, token: token)
            _ = try await Polling.wait(for: "the request to the monitor") {
                try isConnected(to: slow.port) ? true : nil
            }
            try await reload(gateway, until: "configuration reloaded") {
                $0.replacingOccurrences(of: ":\(slow.port)/atlas", with: ":\(other.port)/atlas")
            }
            let next = try await gateway.call("atlas_panda_study_job", job, token: token)
            #expect(next["isError"]?.bool != true, "\(next)")
            kill(slow.pid, SIGCONT)
            let answer = try await waiting
            #expect(answer["isError"]?.bool != true, "\(answer)")
        }
        try await slow.stop()
    }

    /// Whether somebody has connected to a port of loopback, be it accepted or still in the listener's queue.
    private func isConnected(to port: Int) throws -> Bool {
        let number = String(port, radix: 16, uppercase: true)
        let address = "0100007F:" + String(repeating: "0", count: 4 - number.count) + number
        return try SystemFile.text("/proc/net/tcp").split(separator: "\n").contains { line in
            let columns = line.split(separator: " ")
            guard columns.count > 4 else { return false }
            let isEstablished = columns[2] == address && columns[3] == "01"
            let isQueued = columns[1] == address && columns[3] == "0A" && !columns[4].hasSuffix(":00000000")
            return isEstablished || isQueued
        }
    }
}
