import Foundation
import JSON
import TestSupport
import Testing

/// Documents from the command line to the answer of a tool, in the real program.
@Suite("Documents of a gateway")
struct DocumentTests {
    static let handbook = "\(BuiltPrograms.sourceTree)/Tests/SampleData/Documents/handbook"

    static func index(_ folder: String, _ further: String..., configuration: String) async throws -> ProgramRun {
        try await ProgramRun.beamline(
            ["docs", "index", folder, "--collection", "handbook", "--json", "--config", configuration] + further
        )
    }

    @Test(arguments: ["in-process", "worker"])
    func `what is indexed while the gateway runs is found`(isolation: String) async throws {
        var settings = SiteSettings()
        settings.isolation = ["atlas": isolation]
        settings.documents = ["atlas": "{docs: handbook}"]
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token()
            let question: JSONValue = ["question": "how do I retry a failed task?", "limit": 2]
            let before = try await gateway.call("atlas_ask_docs", question, token: token)
            #expect(before["isError"] == true)
            #expect(before["structuredContent"]?["error"]?["code"] == "unavailable")

            let run = try await Self.index(
                Self.handbook,
                "--base-url",
                "https://handbook.example.org/",
                configuration: gateway.configuration
            )
            #expect(run.exitStatus == 0, "\(run)")
            let change = try JSONValue(parsing: run.output)
            #expect(change["files"] == 17 && change["added"] == 17 && change["skipped"] == [])

            let after = try await gateway.call("atlas_ask_docs", question, token: token)
            let passage = try #require(after["structuredContent"]?["passages"]?.array?.first)
            #expect(passage["document"] == "guide/retrying.md")
            #expect(passage["url"] == "https://handbook.example.org/guide/retrying.html#retrying-a-task")
            let nothing = try await gateway.call("atlas_ask_docs", ["question": "sourdough"], token: token)
            #expect(nothing["structuredContent"]?["passages"] == [])

            // Bound to nothing, the same documents are not there for another experiment.
            let other = try await gateway.call("rubin_ask_docs", question, token: token)
            #expect(other["structuredContent"]?["error"]?["code"] == "unavailable")

            let again = try await Self.index(Self.handbook, configuration: gateway.configuration)
            #expect(try JSONValue(parsing: again.output)["changed"] == 17)
        }
    }

    @Test func `the command says what it left out, and refuses what is no folder of documents`() async throws {
        let configuration = try await GatewayProcess.write(SiteSettings()).configuration
        let folder = try RunFolder.current.subfolder("documents")
        try "# A\napple".write(toFile: "\(folder)/a.md", atomically: false, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/b.md", withDestinationPath: "/etc/passwd")
        let left = try await Self.index(folder, configuration: configuration)
        #expect(left.exitStatus == 1)
        #expect(left.errorOutput.contains("b.md is a link"))
        #expect(try JSONValue(parsing: left.output)["files"] == 1)
        let found = try await ProgramRun.beamline(
            ["docs", "search", "apple", "--collection", "handbook", "--json", "--config", configuration]
        )
        #expect(try JSONValue(parsing: found.output).array?.first?["document"] == "a.md")
        let none = try await ProgramRun.beamline(
            ["docs", "search", "pear", "--collection", "handbook", "--config", configuration]
        )
        #expect(none.exitStatus == 1 && none.errorOutput.contains("Nothing in handbook"))
        let empty = try await Self.index(try RunFolder.current.subfolder("empty"), configuration: configuration)
        #expect(empty.exitStatus == 1 && empty.errorOutput.contains("nothing was changed"))
        let missing = try await Self.index("\(folder)/none", configuration: configuration)
        #expect(missing.exitStatus == 1)
        for further in [["--base-url", "ftp://x"], ["--url-suffix", "a b"]] {
            let run = try await ProgramRun.beamline(
                ["docs", "index", folder, "--collection", "handbook", "--config", configuration] + further
            )
            #expect(run.exitStatus == 2)
        }
        let name = try await ProgramRun.beamline(
            ["docs", "index", folder, "--collection", "a b", "--config", configuration]
        )
        #expect(name.exitStatus == 2)
    }
}
