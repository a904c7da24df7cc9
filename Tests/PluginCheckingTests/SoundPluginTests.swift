import JSON
import PluginFixtures
import TestSupport
import Testing

@Suite struct SoundPluginTests {
    @Test(arguments: ["libATLAS.so", "libePIC.so", "libRubin.so", "libPlainC.so", "libConformance.so"])
    func `the plugins of this repository are in order`(library: String) async throws {
        let check = try await CheckRun(BuiltPrograms.path(of: library), ["--leak-calls", "2000"])
        #expect(check.findings() == [], "\(check.run)")
        #expect(check.run.exitStatus == 0)
    }

    @Test func `latencies are measured when they are asked for`() async throws {
        let check = try await CheckRun(BuiltPrograms.path(of: "libPlainC.so"), ["--bench", "--only", "lifecycle"])
        let latencies = check.report["latencies"]?.array ?? []
        for mode in ["in-process", "worker"] {
            #expect(latencies.contains { $0["tool"] == "echo" && $0["mode"]?.string == mode }, "\(check.run)")
        }
        for latency in latencies {
            let (half, most) = (latency["p50_ns"]?.integer ?? 0, latency["p99_ns"]?.integer ?? 0)
            #expect(half > 0 && half <= most)
            #expect((latency["calls_per_s"]?.double ?? 0) > 0 && (latency["cpu_ns"]?.integer ?? 0) > 0)
        }
        #expect(check.report["checks"]?.array?.last?["check"] == "bench")
        #expect(check.findings("bench", severity: "warning") == [])
    }

    @Test func `outside of walls only the process is measured`() async throws {
        let options = ["--bench", "--only", "lifecycle", "--isolation", "in-process"]
        let check = try await CheckRun(BuiltPrograms.path(of: "libPlainC.so"), options)
        let modes = (check.report["latencies"]?.array ?? []).compactMap { $0["mode"]?.string }
        #expect(Set(modes) == ["in-process"], "\(check.run)")
    }

    @Test func `the report is written for build servers as well`() async throws {
        let file = try FixtureLibrary.shared.scratchFolder() + "/report.xml"
        let check = try await CheckRun(BuiltPrograms.path(of: "libPlainC.so"), ["--only", "relro", "--junit", file])
        #expect(check.run.exitStatus == 0)
        let report = try String(decoding: FixtureLibrary.shared.bytes(of: file), as: UTF8.self)
        #expect(report.contains(#"<testcase classname="plugin-check" name="relro">"#))
    }

    @Test func `what is not there is said in one sentence`() async throws {
        let run = try await ProgramRun.beamline("plugin", "check", "/nowhere/lib.so")
        #expect(run.exitStatus == 1)
        #expect(run.errorOutput.contains("There is nothing at /nowhere/lib.so"))
    }

    @Test func `a check that does not exist is a usage error`() async throws {
        let run = try await ProgramRun.beamline("plugin", "check", ".", "--only", "everything")
        #expect(run.exitStatus == 2)
        #expect(run.errorOutput.contains("lent-memory"))
    }
}
