import Foundation
import JSON
import PluginFixtures
import TestSupport
import Testing

/// What `beamline plugin new` makes is built, tested and checked as its author would.
@Suite(.enabled(if: CompilerRun.isInstalled("make"), "make is not installed: no new plugin was built"))
struct NewPluginTests {
    private func project(_ language: String) async throws -> String {
        let folder = try RunFolder.current.subfolder("new") + "/muon"
        let run = try await ProgramRun.beamline("plugin", "new", "--language", language, "muon", "--directory", folder)
        #expect(run.exitStatus == 0, "\(run)")
        return folder
    }

    private func make(_ folder: String, _ goal: String) async throws {
        let environment = ProcessInfo.processInfo.environment
        let run = try await ProgramRun.run(
            "/usr/bin/env",
            ["make", "-C", folder, goal],
            environment: environment.filter { ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME"].contains($0.key) },
            within: .seconds(300)
        )
        #expect(run.exitStatus == 0, "\(run)")
        #expect(!run.errorOutput.contains("warning"), "\(run)")
    }

    private func checked(_ language: String) async throws {
        let folder = try await project(language)
        try await make(folder, "all")
        try await make(folder, "test")
        let check = try await ProgramRun.run(
            BuiltPrograms.path(of: BuiltPrograms.gateway),
            ["plugin", "check", folder, "--leak-calls", "1000", "--json"],
            within: .seconds(300)
        )
        let report = try JSONValue(parsing: Array(check.output.utf8))
        // What depends on how busy this machine is says nothing here.
        let timed: Set = ["load", "promptness"]
        for outcome in report["checks"]?.array ?? [] where !timed.contains(outcome["check"]?.string ?? "") {
            #expect(outcome["findings"] == [], "\(check)")
        }
        #expect(check.exitStatus == 0)
    }

    @Test(arguments: [("c", "cc"), ("cpp", "c++")].filter { CompilerRun.isInstalled($0.1) })
    func `a new plugin is built, passes its tests, and is in order`(language: String, compiler: String) async throws {
        try await checked(language)
    }

    @Test(.enabled(if: CompilerRun.isInstalled("cargo"), "cargo is not installed: no new Rust plugin was built"))
    func `a new plugin in Rust is built, passes its tests, and is in order`() async throws {
        try await checked("rust")
    }

    @Test func `a folder that has something in it is left alone`() async throws {
        let folder = try await project("c")
        let again = try await ProgramRun.beamline("plugin", "new", "--language", "c", "muon", "--directory", folder)
        #expect(again.exitStatus == 1)
        #expect(again.errorOutput.contains("is not empty"))
    }

    @Test func `a new plugin answers a call through a gateway`() async throws {
        let folder = try await project("c")
        try await make(folder, "all")
        let configuration = try String(contentsOfFile: "\(folder)/gateway.yaml", encoding: .utf8)
        #expect(configuration.contains("./build/libmuon.so"))
        let list = try await ProgramRun.beamline("plugin", "list", "--config", "\(folder)/gateway.yaml")
        #expect(list.exitStatus == 0, "\(list)")
        #expect(list.output.contains("muon: org.example.muon 0.1.0, 1 tools"))
        var settings = SiteSettings()
        settings.libraries = ["muon": "\(folder)/build/libmuon.so"]
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["muon.user"])
            let result = try await gateway.call("muon_greet", ["name": "Ada"], token: token)
            #expect(result["structuredContent"] == ["greeting": "Hello, Ada."])
        }
    }
}
