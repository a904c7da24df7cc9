import JSON
import TestSupport
import Testing

/// `config/conformance.yaml` with the real program: what the official suite asks for, without a token and by its names.
@Suite("The conformance fixture")
struct ConformanceFixtureTests {
    private static let picture =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
    private static let image: JSONValue = ["type": "image", "data": .string(picture), "mimeType": "image/png"]

    private static let contents: [(tool: String, content: JSONValue)] = [
        ("test_simple_text", [["type": "text", "text": "This is a simple text response for testing."]]),
        ("test_image_content", [image]),
        (
            "test_audio_content",
            [
                [
                    "type": "audio", "mimeType": "audio/wav",
                    "data": "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==",
                ]
            ]
        ),
        (
            "test_embedded_resource",
            [
                [
                    "type": "resource",
                    "resource": [
                        "uri": "test://embedded-resource", "mimeType": "text/plain",
                        "text": "This is an embedded resource content.",
                    ],
                ]
            ]
        ),
        (
            "test_multiple_content_types",
            [
                ["type": "text", "text": "Multiple content types test:"], image,
                [
                    "type": "resource",
                    "resource": [
                        "uri": "test://mixed-content-resource", "mimeType": "application/json",
                        "text": #"{"test":"data","value":123}"#,
                    ],
                ],
            ]
        ),
        ("test_tool_with_logging", [["type": "text", "text": "Tool with logging executed successfully"]]),
        ("test_tool_with_progress", [["type": "text", "text": "Tool with progress executed successfully"]]),
        ("test_logging_tool", [["type": "text", "text": "Logging tool executed"]]),
    ]

    private static func result(
        _ gateway: GatewayProcess,
        _ method: String,
        name: String? = nil,
        _ parameters: [(String, JSONValue)] = []
    ) async throws -> JSONValue {
        let answer = try await gateway.exchange(gateway.message(method, name: name, parameters, token: nil))
        return try #require(answer.json?["result"], "\(answer)")
    }

    private static func call(_ gateway: GatewayProcess, _ tool: String) async throws -> JSONValue {
        try await result(gateway, "tools/call", name: tool, [("name", .string(tool))])
    }

    @Test func `tools answer with the suite's own words, and nothing is added`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            for (tool, content) in Self.contents {
                let result = try await Self.call(gateway, tool)
                #expect(result["content"] == content, "\(tool)")
                #expect(result["isError"] == false && result["structuredContent"] == nil, "\(tool)")
            }
            let failed = try await Self.call(gateway, "test_error_handling")
            #expect(failed["isError"] == true)
            let text = failed["content"]?.array?.first?["text"]?.string
            #expect(text?.contains("This tool intentionally returns an error for testing") == true)
        }
    }

    @Test func `every tool has a name and a description the suite accepts`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            let tools = try #require(try await Self.result(gateway, "tools/list")["tools"]?.array)
            let names = tools.compactMap { $0["name"]?.string }
            #expect(Set(Self.contents.map(\.tool)).isSubset(of: names))
            for tool in tools {
                #expect(tool["name"]?.string?.wholeMatch(of: /[A-Za-z0-9_.\/-]{1,64}/) != nil)
                #expect(tool["description"]?.string?.isEmpty == false)
                #expect(tool["inputSchema"]?["type"] == "object")
            }
        }
    }

    @Test func `a schema is published as it was written`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            let tools = try await Self.result(gateway, "tools/list")["tools"]?.array ?? []
            let schema = tools.first { $0["name"] == "json_schema_2020_12_tool" }?["inputSchema"]
            #expect(schema?["$schema"] == "https://json-schema.org/draft/2020-12/schema")
            #expect(schema?["$defs"]?["address"]?["$anchor"] == "addressDef")
            #expect(schema?["additionalProperties"] == false)
            #expect(schema?["allOf"]?.array?.first?["anyOf"]?.array?.count == 2)
            #expect(schema?["if"] != nil && schema?["then"] != nil && schema?["else"] != nil)
            let name = "json_schema_2020_12_tool"
            let wrong: [(String, JSONValue)] = [
                ("name", .string(name)), ("arguments", ["contactMethod": "phone", "email": "a@example.org"]),
            ]
            let refused = try await Self.result(gateway, "tools/call", name: name, wrong)
            #expect(refused["isError"] == true)
            let right: [(String, JSONValue)] = [
                ("name", .string(name)), ("arguments", ["contactMethod": "phone", "phone": "1"]),
            ]
            #expect(try await Self.result(gateway, "tools/call", name: name, right)["isError"] == false)
        }
    }

    @Test func `resources are listed and read by their bare addresses, and by the full ones`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            let listed = try await Self.result(gateway, "resources/list")["resources"]?.array ?? []
            #expect(
                listed.compactMap { $0["uri"]?.string } == [
                    "test://static-binary", "test://static-text", "test://watched-resource",
                ]
            )
            let templates = try await Self.result(gateway, "resources/templates/list")["resourceTemplates"]?.array
            #expect(templates?.compactMap { $0["uriTemplate"]?.string } == ["test://template/{id}/data"])
            let text: JSONValue = [
                "uri": "test://static-text", "mimeType": "text/plain",
                "text": "This is the content of the static text resource.",
            ]
            let read: [(uri: String, contents: JSONValue)] = [
                ("test://static-text", text), ("suite+test://static-text", text),
                (
                    "test://static-binary",
                    ["uri": "test://static-binary", "mimeType": "image/png", "blob": .string(Self.picture)]
                ),
                (
                    "test://template/123/data",
                    [
                        "uri": "test://template/123/data", "mimeType": "application/json",
                        "text": #"{"id":"123","templateTest":true,"data":"Data for ID: 123"}"#,
                    ]
                ),
            ]
            for (uri, contents) in read {
                let result = try await Self.result(gateway, "resources/read", name: uri, [("uri", .string(uri))])
                #expect(result["contents"] == [contents], "\(uri)")
            }
            let none = "test://nothing"
            let request = gateway.message("resources/read", name: none, [("uri", .string(none))], token: nil)
            let unknown = try await gateway.exchange(request).json
            #expect(unknown?["error"]?["code"] == -32602 && unknown?["error"]?["data"]?["uri"]?.string == none)
        }
    }

    @Test func `prompts bring texts, pictures and resources, and complete an argument`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            func contents(_ name: String, _ arguments: JSONValue) async throws -> [JSONValue] {
                let parameters: [(String, JSONValue)] = [("name", .string(name)), ("arguments", arguments)]
                let result = try await Self.result(gateway, "prompts/get", name: name, parameters)
                return (result["messages"]?.array ?? []).compactMap { $0["content"] }
            }
            #expect(
                try await contents("test_simple_prompt", [:]) == [
                    ["type": "text", "text": "This is a simple prompt for testing."]
                ]
            )
            #expect(
                try await contents("test_prompt_with_arguments", ["arg1": "hello", "arg2": "world"]) == [
                    ["type": "text", "text": "Prompt with arguments: arg1='hello', arg2='world'"]
                ]
            )
            #expect(
                try await contents("test_prompt_with_embedded_resource", ["resourceUri": "test://example"]) == [
                    [
                        "type": "resource",
                        "resource": [
                            "uri": "test://example", "mimeType": "text/plain",
                            "text": "Embedded resource content for testing.",
                        ],
                    ],
                    ["type": "text", "text": "Please process the embedded resource above."],
                ]
            )
            #expect(
                try await contents("test_prompt_with_image", [:]) == [
                    Self.image, ["type": "text", "text": "Please analyze the image above."],
                ]
            )
            let completed = try await Self.result(
                gateway,
                "completion/complete",
                [
                    ("ref", ["type": "ref/prompt", "name": "test_prompt_with_arguments"]),
                    ("argument", ["name": "arg1", "value": "par"]),
                ]
            )
            #expect(completed["completion"]?["values"] == ["paris", "park", "party"])
        }
    }

    @Test func `progress comes in steps and messages only to whom asked`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            func events(_ tool: String, _ metadata: [(String, JSONValue)]) async throws -> Events {
                let request = gateway.message(
                    "tools/call",
                    name: tool,
                    [("name", .string(tool))],
                    metadata: metadata,
                    token: nil
                )
                return Events.all(in: try await gateway.exchange(request).text)
            }
            let token: [(String, JSONValue)] = [("progressToken", "p")]
            // Of steps that a busy machine does not send in time, the latest counts: so again, until each was sent.
            try await Polling.wait(for: "three steps") {
                let steps = try await events("test_tool_with_progress", token).progress
                #expect(steps.last == 100 && steps == steps.sorted() && Set(steps).isSubset(of: [0, 50, 100]))
                return steps == [0, 50, 100] ? () : nil
            }
            let level: [(String, JSONValue)] = [("io.modelcontextprotocol/logLevel", "info")]
            let told = try await events("test_tool_with_logging", level)
            #expect(
                told.messages == ["Tool execution started", "Tool processing data", "Tool execution completed"]
            )
            #expect(try await events("test_logging_tool", []).all.isEmpty)
            #expect(try await events("test_logging_tool", level).messages == ["test_logging_tool ran"])
        }
    }

    private static func request(
        _ gateway: GatewayProcess,
        _ tool: String,
        able capabilities: JSONValue,
        _ parameters: [(String, JSONValue)] = []
    ) -> WireRequest {
        gateway.message(
            "tools/call",
            name: tool,
            [("name", .string(tool))] + parameters,
            metadata: [("progressToken", "p"), ("io.modelcontextprotocol/clientCapabilities", capabilities)],
            token: nil
        )
    }

    @Test func `a stream of a stateless client holds no requests, but ends with what is asked`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            func result(_ capabilities: JSONValue, _ parameters: [(String, JSONValue)] = []) async throws -> JSONValue?
            {
                let tool = "test_streaming_elicitation"
                let answer = try await gateway.exchange(
                    Self.request(gateway, tool, able: capabilities, parameters)
                )
                #expect(answer.field("Content-Type") == "text/event-stream")
                let events = Events.all(in: answer.text)
                #expect(events.progress == [1])
                #expect(events.all.allSatisfy { $0["method"] == nil || $0["id"] == nil }, "\(answer)")
                return events.all.last?["result"]
            }
            #expect(try await result([:])?["content"] == [["type": "text", "text": "Nobody to ask"]])
            let asked = try await result(["elicitation": [:]])
            #expect(asked?["resultType"] == "input_required")
            #expect(asked?["inputRequests"]?["user_name"]?["method"] == "elicitation/create")
            let answers: JSONValue = ["user_name": ["action": "accept", "content": ["name": "Ada"]]]
            let said = try await result(
                ["elicitation": [:]],
                [("inputResponses", answers), ("requestState", try #require(asked?["requestState"]))]
            )
            #expect(said?["content"] == [["type": "text", "text": "Hello, Ada!"]])
        }
    }

    @Test func `a call that needs what the client cannot do is refused with what it needs`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            let tool = "test_missing_capability"
            for capabilities in [[:], ["elicitation": ["form": [:], "url": [:]], "roots": [:]]] as [JSONValue] {
                let refused = try await gateway.exchange(Self.request(gateway, tool, able: capabilities))
                #expect(refused.status == 400)
                #expect(refused.json?["id"] == 1)
                #expect(refused.json?["error"]?["code"] == -32021)
                #expect(refused.json?["error"]?["data"] == ["requiredCapabilities": ["sampling": [:]]])
            }
            let asked = try await gateway.exchange(Self.request(gateway, tool, able: ["sampling": [:]]))
            #expect(asked.status == 200)
            #expect(asked.json?["result"]?["resultType"] == "input_required")
        }
    }

    @Test func `the trigger tools change the lists and those who listen hear of it`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            let filter: JSONValue = [
                "toolsListChanged": true, "promptsListChanged": true,
                "resourceSubscriptions": ["test://watched-resource"],
            ]
            let stream = try WireConnection(port: gateway.port)
            let listen = gateway.message("subscriptions/listen", [("notifications", filter)], token: nil)
            stream.send(listen.bytes(port: gateway.port))
            _ = try await stream.text { $0.contains("acknowledged") }
            for trigger in ["tool_change", "prompt_change", "resource_update"] {
                _ = try await Self.call(gateway, "test_trigger_" + trigger)
            }
            let text = try await stream.text {
                $0.contains("tools/list_changed") && $0.contains("prompts/list_changed")
                    && $0.contains("resources/updated")
            }
            let updated = Events.all(in: text).all.first { $0["method"] == "notifications/resources/updated" }
            #expect(updated?["params"]?["uri"] == "test://watched-resource")

            #expect(try await Self.names(gateway, "tools").contains("test_dynamic_tool"))
            #expect(try await Self.names(gateway, "prompts").contains("test_dynamic_prompt"))
            #expect(try await Self.call(gateway, "test_dynamic_tool")["isError"] == false)
            let name = "test_dynamic_prompt"
            let prompt = try await Self.result(gateway, "prompts/get", name: name, [("name", .string(name))])
            #expect(prompt["messages"]?.array?.count == 1)
            _ = try await Self.call(gateway, "test_trigger_tool_change")
            try await Polling.wait(for: "the tool's end") {
                try await Self.names(gateway, "tools").contains("test_dynamic_tool") ? nil : ()
            }
        }
    }

    private static func names(_ gateway: GatewayProcess, _ list: String) async throws -> [String] {
        let listed = try await result(gateway, list + "/list")[list]?.array ?? []
        return listed.compactMap { $0["name"]?.string }
    }

    @Test func `a bad token is refused all the same, and other paths need one`() async throws {
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            let bad = try await gateway.exchange(gateway.message("tools/list", token: "a.b.c"))
            #expect(bad.status == 401)
            #expect(bad.field("WWW-Authenticate")?.contains("invalid_token") == true)
            let elsewhere = try await gateway.exchange(gateway.message("tools/list", token: nil, path: "/mcp/suite"))
            #expect(elsewhere.status == 401)
        }
    }

    private static let pages: [(host: String?, origin: String?, status: Int)] = [
        ("evil.example.com", nil, 421), ("evil.example.com", "http://evil.example.com", 421),
        (nil, "http://evil.example.com", 403), ("localhost", nil, 200), ("localhost", "http://localhost", 200),
        ("127.0.0.1", "http://127.0.0.1:1234", 200), ("[::1]", "http://[::1]", 200), (nil, nil, 200),
    ]

    @Test func `pages of other sites cannot reach it`() async throws {
        let initialize = #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#
        let fields = ["Content-Type: application/json", "Accept: application/json, text/event-stream"]
        try await GatewayProcess.with(shipped: "conformance.yaml") { gateway in
            let requests = [
                gateway.message("tools/list", token: nil),
                WireRequest("POST", "/mcp", fields, body: Array(initialize.utf8)),
            ]
            for (host, origin, status) in Self.pages {
                for var request in requests {
                    request.host = host
                    if let origin { request.fields.append("Origin: \(origin)") }
                    let answer = try await gateway.exchange(request)
                    #expect(answer.status == status, "\(host ?? "-") \(origin ?? "-")")
                }
            }
        }
    }
}
