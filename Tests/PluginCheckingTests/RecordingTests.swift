import Foundation
import JSON
import PluginFixtures
import TestSupport
import Testing

@Suite(.enabled(if: CompilerRun.isInstalled("cc"), "cc is not installed: no recording was tried"))
struct RecordingTests {
    private func folder(_ files: [String: String]) async throws -> String {
        let library = try await BrokenPluginBuild.library([])
        let folder = (library as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: "\(folder)/check", withIntermediateDirectories: true)
        for (name, text) in files {
            try FixtureLibrary.shared.write(Array(text.utf8), to: "\(folder)/\(name)")
        }
        return folder
    }

    @Test func `without recordings the author is told which tools never succeeded`() async throws {
        let check = try await CheckRun(folder([:]), ["--only", "results"])
        #expect(check.findings("results", severity: "warning").contains { $0.contains("ask: No call succeeded") })
    }

    @Test func `recorded answers of sources let a tool succeed`() async throws {
        let sources = #"{"answers": [{"op": "source.query", "contains": "SELECT 1", "body": {"rows": [[1]]}}]}"#
        let check = try await CheckRun(folder(["check/sources.json": sources]), ["--only", "results"])
        #expect(check.findings("results", severity: "warning") == [])
    }

    @Test func `an answer whose text does not occur is not given`() async throws {
        let sources = #"{"answers": [{"contains": "SELECT 2", "body": {}}]}"#
        let check = try await CheckRun(folder(["check/sources.json": sources]), ["--only", "results"])
        #expect(check.findings("results", severity: "warning").contains { $0.contains("ask: No call succeeded") })
    }

    @Test(arguments: [#"{"answers": [{"status": "broken", "body": {}}]}"#, #"{"answers": [{"op": "x"}]}"#, "{"])
    func `a recording that cannot be used is an error`(sources: String) async throws {
        let check = try await CheckRun(folder(["check/sources.json": sources]), ["--only", "results"])
        #expect(check.findings().contains { $0.contains("sources.json") })
    }

    @Test func `a manifest beside the library must be the same, byte for byte`() async throws {
        let check = try await CheckRun(folder(["broken.manifest.json": "{}"]), ["--only", "load"])
        #expect(check.findings("load").contains { $0.contains("broken.manifest.json") })
    }
}
