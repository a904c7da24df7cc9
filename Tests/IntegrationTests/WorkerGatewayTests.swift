import Foundation
import JSON
import TestSupport
import Testing

/// The whole program with plugins in processes of their own.
@Suite("Plugins in workers")
struct WorkerGatewayTests {
    /// A site with a plugin that was not shipped: a copy of one of this build in a folder of its own.
    private static func foreign(_ library: String) throws -> (settings: SiteSettings, library: String) {
        let path = "\(try RunFolder.current.subfolder("plugin"))/lab.so"
        try FileManager.default.copyItem(atPath: BuiltPrograms.path(of: library), toPath: path)
        var settings = SiteSettings()
        settings.libraries = ["lab": path]
        return (settings, path)
    }

    @Test func `the log and the list say where a plugin runs and why`() async throws {
        let (settings, library) = try Self.foreign("libPlainC.so")
        try await GatewayProcess.with(settings) { gateway in
            for words in ["was not shipped with the gateway", "no-new-privs, seccomp, rlimits"] {
                _ = try await Polling.wait(for: words) { gateway.log.contains(words) ? true : nil }
            }
            let run = try await ProgramRun.beamline("plugin", "list", "--json", "--config", gateway.configuration)
            let plugin = try #require(try JSONValue(parsing: run.output)["plugins"]?.array?.first)
            #expect(plugin["path"]?.string == library)
            #expect(plugin["isolation"] == "worker")
            #expect(plugin["reason"]?.string?.hasPrefix("it was not shipped with the gateway") == true)
            #expect(plugin["walls"]?.array?.contains("seccomp") == true)
        }
        let shipped = try await ProgramRun.beamline(
            "plugin",
            "list",
            "--config",
            try await GatewayProcess.write(SiteSettings()).configuration
        )
        #expect(shipped.output.contains("runs in-process: it was shipped with the gateway"))
    }

    @Test func `a reload replaces a plugin, and no call is lost`() async throws {
        let (settings, library) = try Self.foreign("libPlainC.so")
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["lab.user"])
            #expect(try await gateway.toolNames(token: token).contains("lab_slow"))
            async let waiting = gateway.call("lab_slow", ["ms": 1500], token: token)
            _ = try await Polling.wait(for: "the call in the plugin") {
                try Self.processes(of: gateway).isEmpty ? nil : true
            }
            let former = try Self.processes(of: gateway)
            // Another file at the same path, as an installation leaves it.
            try FileManager.default.removeItem(atPath: library)
            try FileManager.default.copyItem(atPath: BuiltPrograms.path(of: "libBench.so"), toPath: library)
            let run = try await ProgramRun.beamline("plugin", "reload", "--config", gateway.configuration)
            #expect(run.exitStatus == 0, "\(run)")
            _ = try await Polling.wait(for: "the replacement") { gateway.log.contains("plugin replaced") ? true : nil }
            // The tools it did not have before are there once somebody approves them.
            #expect(try await !gateway.toolNames(token: token).contains("lab_big"))
            let approval = try await Polling.wait(for: "what waits for approval") {
                let run = try await ProgramRun.beamline("plugin", "approve", "lab", "--config", gateway.configuration)
                return run.exitStatus == 0 && run.output.contains("big") ? run : nil
            }
            #expect(approval.output.contains("big"), "\(approval)")
            _ = try await Polling.wait(for: "the approved tools") {
                let names = try await gateway.toolNames(token: token)
                return names.contains("lab_big") && !names.contains("lab_slow") ? true : nil
            }
            let answer = try await gateway.call("lab_echo", ["text": "new"], token: token)
            #expect(answer["structuredContent"]?["text"] == "new")
            #expect(try await waiting["structuredContent"]?["slept"] == true)
            _ = try await Polling.wait(for: "the end of the former workers") {
                try Set(former).isDisjoint(with: Self.processes(of: gateway)) ? true : nil
            }
        }
    }

    @Test func `a library that cannot be used replaces nothing`() async throws {
        let (settings, library) = try Self.foreign("libPlainC.so")
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["lab.user"])
            try FileManager.default.removeItem(atPath: library)
            try Data("no library".utf8).write(to: URL(fileURLWithPath: library))
            kill(gateway.pid, SIGHUP)
            _ = try await Polling.wait(for: "the refusal") {
                gateway.log.contains("configuration not reloaded") ? true : nil
            }
            let answer = try await gateway.call("lab_echo", ["text": "still"], token: token)
            #expect(answer["structuredContent"]?["text"] == "still")
        }
    }

    @Test func `a plugin that is put in serves after a reload, and one that cannot be used changes nothing`()
        async throws
    {
        let (foreign, library) = try Self.foreign("libPlainC.so")
        var settings = SiteSettings()
        settings.libraries = ["epic": "libePIC.so"]
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["epic.user"])
            let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            func put(_ path: String, until sentence: String) async throws {
                try text.replacingOccurrences(of: "plugins:\n", with: "plugins:\n  lab: {library: \(path)}\n")
                    .write(toFile: gateway.configuration, atomically: true, encoding: .utf8)
                kill(gateway.pid, SIGHUP)
                _ = try await Polling.wait(for: sentence) { gateway.log.contains(sentence) ? true : nil }
            }
            let bad = library + ".txt"
            try Data("no library".utf8).write(to: URL(fileURLWithPath: bad))
            try await put(bad, until: "configuration not reloaded")
            #expect(try Self.processes(of: gateway).isEmpty)
            #expect(foreign.libraries["lab"] == library)
            try await put(library, until: "plugin put in")
            let lab = try await gateway.token(roles: ["lab.user"], subject: "lab")
            let answer = try await Polling.wait(for: "the new tools") {
                let answer = try await gateway.exchange(gateway.callMessage("lab_echo", ["text": "new"], token: lab))
                return answer.json?["result"]?["structuredContent"]?["text"] == "new" ? true : nil
            }
            #expect(answer)
            #expect(try await gateway.toolNames(token: token).contains("epic_panda_list_jobs"))
        }
    }

    @Test func `a plugin that is taken out has no process any more`() async throws {
        let (settings, _) = try Self.foreign("libPlainC.so")
        try await GatewayProcess.with(settings) { gateway in
            #expect(try !Self.processes(of: gateway).isEmpty)
            let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            let parts = text.components(separatedBy: "plugins:\n")
            let rest = parts[1].components(separatedBy: "\nsources:")
            try (parts[0] + "sources:" + rest.dropFirst().joined(separator: "\nsources:"))
                .write(toFile: gateway.configuration, atomically: true, encoding: .utf8)
            kill(gateway.pid, SIGHUP)
            _ = try await Polling.wait(for: "the end of the workers") {
                try Self.processes(of: gateway).isEmpty ? true : nil
            }
        }
    }

    @Test func `a killed worker is replaced, and the gateway goes on`() async throws {
        let (settings, _) = try Self.foreign("libPlainC.so")
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["lab.user"])
            for pid in try Self.processes(of: gateway) { kill(pid, SIGKILL) }
            _ = try await Polling.wait(for: "an answer") { () -> Bool? in
                let answer = try await gateway.call("lab_echo", ["text": "again"], token: token)
                return answer["structuredContent"]?["text"] == "again" ? true : nil
            }
            _ = try await Polling.wait(for: "the reason") { gateway.log.contains("A worker crashed") ? true : nil }
        }
    }

    @Test func `workers end with a gateway that is killed`() async throws {
        let (settings, _) = try Self.foreign("libPlainC.so")
        let gateway = try await GatewayProcess.start(settings)
        let workers = try Self.processes(of: gateway)
        #expect(!workers.isEmpty)
        kill(gateway.pid, SIGKILL)
        _ = try await Polling.wait(for: "the end of the workers") {
            workers.allSatisfy { kill($0, 0) != 0 } ? true : nil
        }
        let run = try await ProgramRun.beamline("plugin", "reload", "--config", gateway.configuration)
        #expect(run.exitStatus == 3)
    }

    /// The processes a gateway has started: its workers.
    private static func processes(of gateway: GatewayProcess) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.filter { pid in
            // `pid (name) state parent …`; the name may hold anything.
            let text = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
            let words = text.split(separator: ")").last?.split(separator: " ") ?? []
            return words.count > 1 && words[0] != "Z" && Int32(words[1]) == gateway.pid
        }
    }
}
