import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct GetQueueToolTests {
    private struct Known: QueueReading {
        var record: JSONValue = ["status": "online", "vo_name": "eic", "params": ["a": ["b": [1]]], "empty": .null]

        func queue(named name: String, in context: CallContext) async throws(ToolError) -> QueueFacts? {
            name == "BNL_1" ? QueueFacts(name: name, record: record, updated: nil) : nil
        }
    }

    private func call(_ name: String, _ known: Known = Known(), budget: Int = 32 << 10) async throws -> JSONValue {
        try await CallHarness(
            GetQueueTool(queues: known),
            host: SourcesInMemory(),
            now: Timestamp(seconds: 0),
            budgetBytes: budget
        )
        .call(["panda_queue": .string(name)])
    }

    @Test func `tells the whole record`() async throws {
        let answer = try await call("BNL_1")
        #expect(answer["queue"] == ["name": "BNL_1", "status": "online", "vo": "eic"])
        #expect(answer["settings"] == ["params": ["a": ["b": [1]]], "status": "online", "vo_name": "eic"])
        #expect(answer["settings_left_out"] == [])
    }

    @Test func `leaves out what is too large and names it`() async throws {
        let large = JSONValue.array((0..<600).map(JSONValue.integer))
        let answer = try await call("BNL_1", Known(record: ["large": large, "small": 1]), budget: 2000)
        #expect(answer["settings"] == ["small": 1])
        #expect(answer["settings_left_out"] == ["large"])
        #expect(answer.serialized.count <= 2000)
    }

    @Test func `takes credentials and control characters out, and cuts what is nested deep`() async throws {
        let record: JSONValue = [
            "note": "a\u{1B}[31mb Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJzYW1wbGUifQ.c2FtcGxl",
            "deep": [[[[[1]]]]],
        ]
        let answer = try await call("BNL_1", Known(record: record))
        let note = try #require(answer["settings"]?["note"]?.string)
        #expect(!note.contains("eyJ") && !note.unicodeScalars.contains("\u{1B}"))
        #expect(answer["settings"]?["deep"] == [[[["…"]]]])
    }

    @Test func `says how to find a name`() async {
        let error = ToolError(
            .notFound,
            "There is no queue with the name bnl_1.",
            hint: "Find its exact name with panda_list_queues and search."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) { try await call("bnl_1") }
        let empty = ToolError(.invalidArgument, "panda_queue: must not be empty.")
        await #expect(throws: CallHarness.Failure.tool(empty)) { try await call("") }
    }
}
