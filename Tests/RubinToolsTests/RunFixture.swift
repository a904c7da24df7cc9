import JSON
import PluginKit
import PluginTesting
import RubinTools

/// Runs as iDDS writes them, and tools over canned answers.
enum RunFixture {
    static let now = Timestamp(seconds: 1_795_236_000)

    /// One row of a request's transforms.
    static func row(
        _ transform: Int,
        _ name: JSONValue,
        status: JSONValue,
        total: Int,
        processed: JSONValue = 0,
        processing: JSONValue = 0,
        failed: JSONValue = 0,
        missing: JSONValue = 0,
        new: JSONValue = 0,
        inputNew: JSONValue = 0,
        request: JSONValue = "Transforming"
    ) -> JSONValue {
        [
            "request_id": 7, "name": "u_x_run", "username": "Erin Burke", "status": request,
            "created_at": "2026-11-21 03:00:00", "updated_at": "2026-11-21 04:00:00",
            "transform_id": .integer(transform), "transform_workload_id": .integer(9000 + transform),
            "transform_name": name, "transform_status": status,
            "output_total_files": .integer(total), "output_processed_files": processed,
            "output_processing_files": processing, "output_failed_files": failed,
            "output_missing_files": missing, "output_new_files": new, "input_new_files": inputNew,
        ]
    }

    /// A source that answers these paths; all others as iDDS does for what it does not know.
    static func sources(_ answers: [String: SourcesInMemory.Answer]) -> SourcesInMemory {
        SourcesInMemory(request: { request throws(ToolError) in
            guard request.source == "idds" else { throw ToolError(.notFound, "no such source") }
            return answers[request.path] ?? .json(["error": "NoObject"], status: 404)
        })
    }

    /// The report on request 7 when its transforms are these rows.
    static func report(
        _ rows: [JSONValue],
        codes: [String: SourcesInMemory.Answer] = [:],
        budgetBytes: Int = 1 << 20
    ) async throws -> JSONValue {
        var answers = codes
        answers["/request/7/null/true"] = .json(.array(rows))
        return try await harness(sources(answers), budgetBytes: budgetBytes).call(["run": 7])
    }

    static func harness(
        _ host: any HostCalling,
        monitor: String? = nil,
        budgetBytes: Int = 1 << 20
    ) throws -> CallHarness {
        try CallHarness(
            tool("run_report", monitor: monitor),
            host: host,
            now: now,
            budgetBytes: budgetBytes
        )
    }

    static func listHarness(_ host: any HostCalling, budgetBytes: Int = 32 << 10) throws -> CallHarness {
        try CallHarness(tool("list_runs"), host: host, now: now, budgetBytes: budgetBytes)
    }

    private static func tool(_ name: String, monitor: String? = nil) throws -> any Tool {
        let plugin = try Rubin(configuration: .init(monitorURL: monitor))
        guard let tool = plugin.tools.first(where: { type(of: $0).description.name == name }) else {
            throw ToolError(.notFound, name)
        }
        return tool
    }
}

/// The error a call ended with; nil when it ended otherwise.
func toolError(_ call: () async throws -> JSONValue) async -> ToolError? {
    do {
        _ = try await call()
        return nil
    } catch CallHarness.Failure.tool(let error) {
        return error
    } catch {
        return nil
    }
}
