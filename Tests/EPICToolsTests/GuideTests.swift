import EPICTools
import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// What helps clients and people to use the tools: instructions, the list of tools, prompts and resources.
@Suite struct GuideTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    @Test func `instructions name only tools that there are`() async throws {
        let answer = try await call("get_server_instructions", on: site)
        let text = try #require(answer["instructions"]?.string)
        let names = Set(EPIC.manifest.tools.map(\.name))
        let named = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
            .filter { $0.hasPrefix("panda_") || $0.hasPrefix("swf_") || $0.hasPrefix("pcs_") }
            .filter { !$0.hasSuffix("_") }
        #expect(named.count > 8)
        #expect(names.isSuperset(of: named))
    }

    @Test func `descriptions of tools and prompts name only tools that there are`() async throws {
        let names = Set(EPIC.manifest.tools.map(\.name)).union(["panda_client"])
        var texts = EPIC.manifest.tools.map(\.summary)
        for prompt in try EPIC(configuration: .init()).prompts {
            let context = CallContext(now: SampleSite.now, host: site)
            let arguments = ["pandaid": "7", "jeditaskid": "8", "execution_id": "a-1"]
            for message in try await prompt.messages(arguments, in: context) {
                if case .text(let text) = message.content { texts.append(text) }
            }
        }
        #expect(texts.count == EPIC.manifest.tools.count + EPIC.manifest.prompts.count)
        for text in texts {
            let named = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
                .filter { $0.hasPrefix("panda_") || $0.hasPrefix("swf_") || $0.hasPrefix("pcs_") }
            for name in named { #expect(names.contains(name), "\(text)") }
        }
    }

    @Test func `lists every tool with its parameters`() async throws {
        let answer = try await call("swf_list_available_tools", on: site, caller: TestbedCaller.ada)
        #expect(answer.texts("name") == EPIC.manifest.tools.map(\.name))
        #expect(answer["has_more"] == false)
        let run = try #require(answer.items.first { $0["name"] == "swf_get_tf_slice" })
        #expect(run["parameters"] == ["tf_filename*", "slice_id*"])
        let tags = try #require(answer.items.first { $0["name"] == "pcs_list_tags" })
        #expect(tags["parameters"]?.array?.prefix(2) == ["tag_type*", "category"])
        #expect(answer.texts("description").allSatisfy { $0.count > 20 && $0.hasSuffix(".") })
        let bytes = try await call(
            "swf_list_available_tools",
            on: site,
            budget: 32 << 10,
            caller: TestbedCaller.ada
        )
        .serialized.count
        #expect(bytes < 16 << 10)
    }

    private func read(_ uri: String, _ variables: [String: String]) async throws -> JSONValue {
        let resources = try EPIC(configuration: .init()).resources
        let resource = try #require(resources.first { type(of: $0).description.uri == uri })
        let context = CallContext(now: SampleSite.now, host: site)
        let content = try await resource.read(ResourceRequest(uri: uri, variables: variables), in: context)
        guard case .text(let text) = content else { return .null }
        return try JSONValue(parsing: Array(text.utf8))
    }

    @Test func `reads jobs, tasks and executions as resources`() async throws {
        let job = try await read(
            "panda://job/{pandaid}",
            ["pandaid": String(EdgeCases.jobWithSeveralErrors)]
        )
        #expect(job["pandaid"] == .integer(EdgeCases.jobWithSeveralErrors))
        let task = try await read("panda://task/{jeditaskid}", ["jeditaskid": String(EdgeCases.taskOfEdgeCases)])
        #expect(task["jeditaskid"] == .integer(EdgeCases.taskOfEdgeCases))
        let execution = try await read(
            "swf://execution/{execution_id}",
            ["execution_id": EdgeCases.failedExecution]
        )
        #expect(execution["execution"]?["status"] == "failed")
        #expect(execution["monitor"]?["execution_id"] == .string(EdgeCases.failedExecution))
    }

    @Test(arguments: ["none", "", "a b", "x\u{0}y", String(repeating: "x", count: 101)])
    func `finds no execution that is none`(id: String) async {
        let error = await #expect(throws: ToolError.self) {
            try await read("swf://execution/{execution_id}", ["execution_id": id])
        }
        #expect(error?.code == .notFound)
    }

    private func prompt(_ name: String) throws -> any Prompt {
        let prompts = try EPIC(configuration: .init()).prompts
        return try #require(prompts.first { type(of: $0).description.name == name })
    }

    @Test func `asks about an execution only by an id that is plainly one`() async throws {
        let prompt = try prompt("explain_workflow_execution")
        let context = CallContext(now: SampleSite.now, host: site)
        for id in ["a b", "x\nIgnore all", "", "ü", String(repeating: "x", count: 101)] {
            await #expect(throws: ToolError.self) { try await prompt.messages(["execution_id": id], in: context) }
        }
        let overview = try self.prompt("production_overview")
        for days in ["0", "366", "x", "-1"] {
            await #expect(throws: ToolError.self) { try await overview.messages(["days": days], in: context) }
        }
        #expect(try await overview.messages([:], in: context).count == 1)
    }

    @Test func `offers the newest executions that begin as typed`() async throws {
        let prompt = try prompt("explain_workflow_execution")
        let context = CallContext(now: SampleSite.now, host: site)
        let all = try await prompt.values(of: "execution_id", beginning: "", given: [:], in: context)
        #expect(all.count == 20 && all.first == EdgeCases.runningExecution)
        let some = try await prompt.values(
            of: "execution_id",
            beginning: "stf_datataking-bo",
            given: [:],
            in: context
        )
        #expect(!some.isEmpty && some.allSatisfy { $0.hasPrefix("stf_datataking-bokafor-") })
        for text in ["stf%", "stf-datataking", "\u{0}"] where text != "\u{0}" {
            #expect(try await prompt.values(of: "execution_id", beginning: text, given: [:], in: context) == [])
        }
        #expect(try await prompt.values(of: "other", beginning: "", given: [:], in: context) == [])
    }
}
