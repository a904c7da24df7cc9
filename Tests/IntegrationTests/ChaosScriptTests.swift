import JSON
import TestSupport
import Testing

@Suite("Plugins that misbehave under load")
struct ChaosScriptTests {
    @Test func `whatever one plugin does is not felt by the others, and it serves again`() async throws {
        let run = try await ProgramRun.run(
            "\(BuiltPrograms.sourceTree)/scripts/chaos",
            ["--json", "--seconds", "1"],
            environment: ["BEAMLINE_BUILT": BuiltPrograms.folder],
            within: .seconds(1000)
        )
        #expect(run.exitStatus == 0, "\(run.errorOutput)")
        let report = try JSONValue(parsing: Array(run.output.utf8))
        let cases = try #require(report["cases"]?.array)
        // Each that there is, once.
        #expect(Set(cases.compactMap { $0["case"]?.string }).count == cases.count)
        #expect(cases.count >= 35)
        #expect(report["failed_calls_of_others"] == 0)
        #expect(try #require(report["calls_of_others"]?.integer) > 0)
    }
}
