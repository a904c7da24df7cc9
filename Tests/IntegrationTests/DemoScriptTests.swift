import Foundation
import JSON
import TestSupport
import Testing

@Suite("The demonstration")
struct DemoScriptTests {
    private static let script = "\(BuiltPrograms.sourceTree)/scripts/demo"

    @Test func `the demonstration starts, answers and ends`() async throws {
        let ready = try RunFolder.current.subfolder("demo") + "/ready.json"
        let demo = try ChildProcess(
            Self.script,
            ["--port", "0", "--ready-file", ready],
            environment: ["BEAMLINE_BUILT": BuiltPrograms.folder]
        )
        let facts = try await Polling.wait(for: "the demonstration", within: .seconds(180)) { () -> JSONValue? in
            guard demo.isRunning else {
                let status = try await demo.exitStatus(within: .seconds(1))
                throw SetupFailure("It ended with \(status): \(demo.output)\n\(demo.errorOutput)")
            }
            return FileManager.default.contents(atPath: ready).flatMap { try? JSONValue(parsing: Array($0)) }
        }
        #expect(facts.object?.names == ["mcp_url", "config", "executable", "pid", "user", "password"])
        let url = try #require(facts["mcp_url"]?.string)
        let executable = try #require(facts["executable"]?.string)
        let configuration = try #require(facts["config"]?.string)
        let pid = try #require(facts["pid"]?.integer)
        #expect(demo.output.contains(url))
        let port = try #require(URL(string: url)?.port)
        let front = try await WireConnection(port: port).exchange(WireRequest("GET", "/").bytes(port: port))
        #expect(front.text.contains("Connect your assistant"))

        let token = try await ProgramRun.run(
            executable,
            ["token", "--config", configuration, "--subject", "you", "--role", "atlas.user"]
        )
        #expect(token.exitStatus == 0, "\(token)")
        let call = try await ProgramRun.run(
            executable,
            ["call", "atlas_panda_study_job", "pandaid=6800730400", "--json", "--url", url]
                + ["--token-file", TokenFile.write(token.output.trimmingCharacters(in: .whitespacesAndNewlines))]
        )
        #expect(call.exitStatus == 0, "\(call)")

        let (user, password) = (facts["user"]?.string ?? "", facts["password"]?.string ?? "")
        #expect(demo.output.contains("as \(user) with the password \(password)") && password.count == 19)

        demo.signal(SIGINT)
        #expect(try await demo.exitStatus(within: .seconds(60)) == 0)
        #expect(!FileManager.default.fileExists(atPath: "/proc/\(pid)"))
        #expect(!FileManager.default.fileExists(atPath: ready))
        let home = URL(fileURLWithPath: configuration).deletingLastPathComponent()
        try FileManager.default.removeItem(at: home)
    }

    @Test func `a port that is taken is said so`() async throws {
        let gateway = try await SharedSite.gateway()
        let run = try await ProgramRun.run(
            Self.script,
            ["--port", "\(gateway.port)"],
            environment: ["BEAMLINE_BUILT": BuiltPrograms.folder]
        )
        #expect(run.exitStatus == 1)
        #expect(run.errorOutput.contains("Port \(gateway.port) is in use"))
    }

    @Test(arguments: [["--prot", "1"], ["extra"]])
    func `an option that does not exist is said so`(_ arguments: [String]) async throws {
        let run = try await ProgramRun.run(Self.script, arguments)
        #expect(run.exitStatus == 2)
        #expect(run.errorOutput.contains("usage:"))
    }
}
