import JSON
import PluginFixtures
import TestSupport
import Testing

@Suite("The measurement")
struct BenchScriptTests {
    private static let script = "\(BuiltPrograms.sourceTree)/scripts/bench"

    private static func run(_ arguments: [String]) async throws -> ProgramRun {
        try await ProgramRun.run(
            script,
            arguments,
            environment: ["BEAMLINE_BUILT": BuiltPrograms.folder],
            within: .seconds(300)
        )
    }

    @Test func `streams: whoever reads keeps his, whoever does not loses it, and all end in order`() async throws {
        let run = try await Self.run(
            ["--streams", "--json", "--open", "40", "--stuck", "4", "--slow-calls", "4", "--reconnects", "5"]
                + ["--seconds", "2"]
        )
        #expect(run.exitStatus == 0, "\(run)")
        let report = try JSONValue(parsing: Array(run.output.utf8))
        #expect(report["streams"] == ["listen": 20, "sessions": 20, "stuck": 4])
        #expect(report["stuck_streams_lost"] == 4)
        #expect(report["readers"] == ["all": 36, "told_at_last": 36, "ended_in_order": 36])
        for number in ["came_again", "changes"] { #expect(try #require(report[number]?.integer) > 0) }
        for part in ["p50_us", "p99_us", "longest_us"] {
            #expect(report["list"]?["load"]?[part]?.integer != nil)
        }
        // None for each stream or call, that is.
        let threads = try #require(report["threads"]?["load"]?.integer)
        #expect(threads - (report["threads"]?["before"]?.integer ?? 0) < 4)
    }

    @Test(.enabled(if: CompilerRun.isInstalled("wrk")))
    func `workers: the same calls are answered in both places, and a plugin comes back after a crash`() async throws {
        let run = try await Self.run(
            ["--workers", "--json", "--seconds", "1", "--rounds", "1", "--connections", "1", "--crashes", "1"]
        )
        #expect(run.exitStatus == 0, "\(run)")
        let report = try JSONValue(parsing: Array(run.output.utf8))
        #expect(report["runs"]?.array?.compactMap { $0["case"]?.string } == ["echo", "big"])
        for name in ["added_p50_us", "cpu_ratio", "crash_to_serving_ms", "idle_pss_kilobytes"] {
            #expect(report["values"]?[name] != nil && report["aims"]?[name] != nil)
        }
        // The one that serves and the one that waits.
        #expect(report["memory"]?["workers"] == 2)
    }

    @Test func `epic: every heavy tool is measured beside its own statements, within its budget`() async throws {
        let run = try await Self.run(["epic", "--json", "--jobs", "6000", "--rounds", "1"])
        #expect(run.exitStatus == 0, "\(run)")
        let report = try JSONValue(parsing: Array(run.output.utf8))
        let runs = report["runs"]?.array ?? []
        #expect(Set(runs.compactMap { $0["tool"]?.string }).count >= 10)
        for run in runs {
            #expect(run["statements"]?.integer ?? 0 > 0 && run["ratio"]?.double != nil)
            #expect(run["answer_bytes"]?.integer ?? .max <= 32 << 10, "\(run)")
        }
    }

    @Test func `docs: a thousand sections are indexed, and the demo's questions find theirs`() async throws {
        let run = try await Self.run(["docs", "--json", "--rounds", "1"])
        #expect(run.exitStatus == 0, "\(run)")
        let report = try JSONValue(parsing: Array(run.output.utf8))
        #expect(report["sections"]?.integer == 1000)
        #expect(report["values"]?["hit_rate_5"]?.double ?? 0 >= 0.95, "\(run)")
        #expect(report["values"]?["query_p50_ms"]?.double != nil)
    }

    @Test func `more streams than files may be open are refused with a remedy`() async throws {
        let run = try await Self.run(["--streams", "--open", "2000000000"])
        #expect(run.exitStatus == 1)
        #expect(run.errorOutput.contains("take fewer: --open"), "\(run)")
    }

    @Test(arguments: [["--stream"], ["--streams", "--open", "1"], ["--streams", "--open", "10", "--stuck", "6"]])
    func `what cannot be measured is said so`(_ arguments: [String]) async throws {
        #expect(try await Self.run(arguments).exitStatus == 2)
    }
}
