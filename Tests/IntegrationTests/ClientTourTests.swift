import JSON
import TestSupport
import Testing

/// The official clients around `config/conformance.yaml`: every feature, in both eras, without a token.
@Suite(
    "Tour of the official Python clients",
    .enabled(if: PythonClient.folder != nil, "Set BEAMLINE_MCP_CLIENTS to what scripts/mcp-clients installed.")
)
struct ClientTourTests {
    @Test(arguments: [(PythonClient.stateless, "auto"), (.stateless, "legacy"), (.session, "legacy")])
    func `a client finds, calls, reads, completes and hears of everything`(
        _ client: PythonClient,
        mode: String
    ) async throws {
        let answer = try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            try await client.tour(gateway.url, mode: mode)
        }
        #expect(answer["revision"] == (mode == "auto" ? "2026-07-28" : "2025-11-25"))
        Self.expectLists(answer)
        Self.expectCalls(answer)
        Self.expectItems(answer)
        Self.expectQuestions(answer)
        #expect(
            answer["heard"] == [
                "notifications/prompts/list_changed", "notifications/resources/updated",
                "notifications/tools/list_changed",
            ]
        )
    }

    private static func expectLists(_ answer: JSONValue) {
        let tools = answer["tools"]?.array ?? []
        #expect(tools.contains("test_simple_text") && tools.contains("json_schema_2020_12_tool"))
        #expect(answer["resources"] == ["test://static-binary", "test://static-text", "test://watched-resource"])
        #expect(answer["templates"] == ["test://template/{id}/data"])
        #expect(
            answer["prompts"] == [
                "test_input_required_result_prompt", "test_prompt_with_arguments", "test_prompt_with_embedded_resource",
                "test_prompt_with_image",
                "test_simple_prompt",
            ]
        )
    }

    private static func expectCalls(_ answer: JSONValue) {
        let called = answer["called"]
        let text = called?["test_simple_text"]?["content"]?.array?.first?["text"]
        #expect(text == "This is a simple text response for testing.")
        let kinds = called?["test_multiple_content_types"]?["content"]?.array?.compactMap { $0["type"] }
        #expect(kinds == ["text", "image", "resource"])
        #expect(called?["test_error_handling"]?["isError"] == true)
        #expect(answer["progress"] == [[0.0, 100.0], [50.0, 100.0], [100.0, 100.0]])
        #expect(
            answer["messages"] == ["Tool execution started", "Tool processing data", "Tool execution completed"]
        )
    }

    private static func expectQuestions(_ answer: JSONValue) {
        let asked = answer["asked"]
        #expect(
            asked?["test_elicitation"]
                == #"User response: action=accept, content={"username":"ada","email":"ada@example.org"}"#
        )
        for tool in ["test_elicitation_sep1034_defaults", "test_elicitation_sep1330_enums"] {
            #expect(asked?[tool]?.string?.hasPrefix("Elicitation completed: action=accept, content={") == true)
        }
        #expect(asked?["test_sampling"] == "LLM response: 42")
        #expect(asked?["test_input_required_result_list_roots"] == "Roots: file:///data/epic")
        #expect(asked?["test_input_required_result_request_state"] == "state-ok")
        #expect(asked?["test_input_required_result_multiple_inputs"] == "42 Ada")
        #expect(asked?["test_input_required_result_multi_round"] == "Ada likes green.")
        #expect(asked?["prompt"] == "Use the context: beam")
    }

    private static func expectItems(_ answer: JSONValue) {
        let read = answer["read"]
        #expect(
            read?["test://static-text"]?.array?.first?["text"] == "This is the content of the static text resource."
        )
        let picture = read?["test://static-binary"]?.array?.first
        #expect(picture?["mimeType"] == "image/png" && picture?["blob"]?.string?.hasPrefix("iVBORw0KGgo") == true)
        #expect(read?["test://template/123/data"]?.array?.first?["text"]?.string?.contains("ID: 123") == true)
        let prompted = answer["prompted"]
        #expect(
            prompted?["test_prompt_with_arguments"]?.array?.first?["content"]?["text"]
                == "Prompt with arguments: arg1='hello', arg2='world'"
        )
        let resource = prompted?["test_prompt_with_embedded_resource"]?.array?.first?["content"]?["resource"]
        #expect(resource?["uri"] == "test://example")
        #expect(prompted?["test_prompt_with_image"]?.array?.first?["content"]?["type"] == "image")
        #expect(answer["completed"] == ["paris", "park", "party"])
    }
}
