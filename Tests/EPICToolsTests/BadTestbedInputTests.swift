import EPICTools
import JSON
import PluginKit
import PluginTesting
import Testing

/// What the tools about the testbed refuse before they ask anything.
@Suite struct BadTestbedInputTests {
    private static let time = """
        must be an ISO 8601 time such as 2026-11-21T05:00:00Z; without a zone it means UTC.
        """
    private static let cursor = "cursor: is not one this tool gave; leave it out to start again."

    private static let timed = [
        "swf_list_workflow_executions", "swf_list_workflow_monitors", "swf_list_messages", "swf_list_runs",
        "swf_list_stf_files", "swf_list_tf_slices",
    ]

    private func refusal(_ tool: String, _ arguments: JSONValue) async -> CallHarness.Failure? {
        let host = SourcesInMemory(query: { _ throws(ToolError) in .init([], []) })
        defer { #expect(host.queries.isEmpty && host.sent.isEmpty && host.requests.isEmpty, "nothing is asked") }
        do {
            _ = try await call(tool, arguments, on: host)
            return nil
        } catch {
            return error as? CallHarness.Failure
        }
    }

    @Test(arguments: timed) func `refuses spans of time that are none`(tool: String) async {
        let cases: [(JSONValue, String)] = [
            (["start_time": "yesterday"], "start_time: \(Self.time)"), (["end_time": "12"], "end_time: \(Self.time)"),
            (
                ["start_time": "2026-11-21T01:00:00Z", "end_time": "2026-11-21T01:00:00Z"],
                "start_time: must be before end_time (2026-11-21T01:00:00Z)."
            ),
            (
                ["start_time": "2027-01-01"],
                "start_time: must be before end_time (2026-11-21T05:00:00Z)."
            ),
        ]
        for (arguments, message) in cases {
            #expect(await refusal(tool, arguments) == .tool(ToolError(.invalidArgument, message)))
        }
    }

    @Test(
        arguments: timed,
        [
            "", "t1", "t1.1.2.3", "t1.1.2.x.5", "t1.x.2.3.5", "t1.-.x.3.5", "t2.1.2.3.5", "t1.1.2.3.", "c1.1.2.3",
            "t1.1.2.999999999999999999.5", "t1.1.2.3.\u{0}", "t1.-.-.99999999999999999999999.1",
        ]
    )
    func `refuses cursors of somebody else`(tool: String, cursor: String) async {
        #expect(
            await refusal(tool, ["cursor": .string(cursor)]) == .tool(ToolError(.invalidArgument, Self.cursor))
        )
    }

    @Test(
        arguments: [
            (
                "swf_list_stf_files", ["status": "lost"],
                "status: is none of registered, processing, processed, failed, done."
            ),
            (
                "swf_list_workflow_executions", ["currently_running": true, "start_time": "2026-11-20"],
                "currently_running: goes without status, start_time and end_time; what runs is shown whenever it began."
            ),
            ("swf_get_stf_file", [:], "file_id and stf_filename: give one of them."),
            (
                "swf_get_stf_file", ["file_id": "0e0e0e0e-0000-4000-8000-000000000001", "stf_filename": "a"],
                "file_id and stf_filename: give one of them."
            ),
            (
                "swf_get_stf_file", ["file_id": "0e0e0e0e-0000-4000-8000-00000000000g"],
                "file_id: must be a UUID such as 0e0e0e0e-0000-4000-8000-000000000001."
            ),
            (
                "swf_list_tf_slices", ["fastmon_file_id": "x"],
                "fastmon_file_id: must be a UUID such as 0e0e0e0e-0000-4000-8000-000000000001."
            ),
            ("swf_get_namespace", ["namespace": "a", "start_time": "x"], "start_time: \(time)"),
        ] as [(String, JSONValue, String)]
    )
    func `refuses what cannot be meant`(tool: String, arguments: JSONValue, message: String) async {
        #expect(await refusal(tool, arguments) == .tool(ToolError(.invalidArgument, message)))
    }

    @Test func `refuses every argument that is too long, too large or of another type`() async throws {
        for tool in try EPIC(configuration: .init()).tools {
            let description = type(of: tool).description
            for property in description.input.document["properties"]?.object?.members ?? [] {
                var wrong: [JSONValue] = [["a": 1]]
                switch property.value["type"] {
                case "string":
                    wrong.append(1)
                    if let length = property.value["maxLength"]?.integer {
                        wrong.append(.string(String(repeating: "x", count: length + 1)))
                    }
                case "integer":
                    wrong.append("1")
                    if let minimum = property.value["minimum"]?.integer { wrong.append(.integer(minimum - 1)) }
                    if let maximum = property.value["maximum"]?.integer { wrong.append(.integer(maximum + 1)) }
                default: wrong.append("true")
                }
                for value in wrong {
                    var arguments = JSONObject()
                    arguments[property.name] = value
                    guard case .arguments? = await refusal(description.name, .object(arguments)) else {
                        Issue.record("\(description.name) takes \(property.name): \(value)")
                        continue
                    }
                }
            }
        }
    }

    @Test(
        arguments: [
            ("swf_get_run", ["run_number": 7], "There is no run 7."),
            ("swf_get_log_entry", ["log_id": 7], "There is no log line 7."),
            ("swf_get_agent", ["name": "a"], "There is no agent of that name."),
            ("swf_get_stf_file", ["stf_filename": "a"], "There is no such STF file."),
            ("swf_get_tf_slice", ["tf_filename": "a", "slice_id": 3], "There is no slice 3 of that file."),
            ("swf_get_workflow_execution", ["execution_id": "a"], "There is no workflow execution of that id."),
            ("swf_get_workflow_monitor", ["execution_id": "a"], "There is no workflow execution of that id."),
        ] as [(String, JSONValue, String)]
    )
    func `says what is not there, and where to look`(tool: String, arguments: JSONValue, message: String) async {
        let host = SourcesInMemory(query: { _ throws(ToolError) in .init([], []) })
        let failure = await #expect(throws: CallHarness.Failure.self) { try await call(tool, arguments, on: host) }
        guard case .tool(let error) = failure else {
            Issue.record("\(tool) found something.")
            return
        }
        #expect(error.code == .notFound && error.message == message && error.hint != nil)
    }
}
