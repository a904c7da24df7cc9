import GatewayCore
import JSON

/// What the gateway's own tools say of themselves.
///
/// Models choose by these texts alone, so each says what comes before and after it.
extension ToolDescription {
    static let findTools = ToolDescription(
        localName: "find_tools",
        title: "Find tools",
        description: """
            Finds the tools for what you want to do, the best match first. There are more tools here than are listed: \
            begin with this one, say in a few words what you look for (such as "failed jobs of a user" or "replicas of \
            a dataset"), then read the definition of the tool you choose with beamline_describe_tool and run it with \
            beamline_call_tool. If nothing fits, try other words before you give up.
            """,
        inputSchema: [
            "type": "object",
            "properties": [
                "query": [
                    "type": "string", "minLength": 1, "maxLength": 1000,
                    "description": "What you want to do or know, in English: a question or a few words.",
                ],
                "namespace": [
                    "type": "string", "maxLength": 64,
                    "description": "Only tools of this experiment, such as the namespace of an earlier match.",
                ],
                "limit": [
                    "type": "integer", "minimum": 1, "maximum": .integer(FindToolsInput.largestLimit),
                    "default": .integer(FindToolsInput.usualLimit), "description": "How many tools at most.",
                ],
            ],
            "required": ["query"],
        ],
        outputSchema: [
            "type": "object",
            "properties": [
                "items": [
                    "type": "array",
                    "description": "The tools, the best match first.",
                    "items": [
                        "type": "object",
                        "properties": [
                            "name": ["type": "string", "description": "What to give to the other two tools."],
                            "title": ["type": "string"],
                            "description": ["type": "string", "description": "Its beginning, when it is long."],
                            "namespace": ["type": "string", "description": "The experiment the tool is of."],
                            "read_only": ["type": "boolean", "description": "Whether it only reads."],
                            "score": [
                                "type": "number",
                                "description": "How well it fits; compare it within one answer only.",
                            ],
                        ],
                        "required": ["name", "description", "namespace", "read_only", "score"],
                    ],
                ],
                "total_count": ["type": "integer", "description": "How many tools have any of the words."],
                "has_more": ["type": "boolean", "description": "Whether there are more than are shown."],
                "monitor_urls": ["type": "array", "items": ["type": "string"]],
                "hint": ["type": "string", "description": "What to do when nothing was found."],
            ],
            "required": ["items", "total_count", "has_more", "monitor_urls"],
        ],
        annotations: readOnly
    )

    static let describeTool = ToolDescription(
        localName: "describe_tool",
        title: "Describe a tool",
        description: """
            The whole definition of one tool by its name: what it does, its arguments (inputSchema) and its answer \
            (outputSchema). Read it before you run a tool for the first time. Names come from beamline_find_tools.
            """,
        inputSchema: [
            "type": "object",
            "properties": [
                "name": [
                    "type": "string", "minLength": 1, "maxLength": 128,
                    "description": "The name as beamline_find_tools gave it.",
                ]
            ],
            "required": ["name"],
        ],
        outputSchema: [
            "type": "object",
            "description": "The definition as tools/list would show it.",
            "properties": [
                "name": ["type": "string"], "description": ["type": "string"], "inputSchema": ["type": "object"],
                "outputSchema": true, "annotations": ["type": "object"],
            ],
            "required": ["name", "description", "inputSchema"],
        ],
        annotations: readOnly
    )

    static let callTool = ToolDescription(
        localName: "call_tool",
        title: "Call a tool",
        description: """
            Runs one tool by its name and answers with what that tool answers. Give the arguments as the tool's own \
            inputSchema says; beamline_describe_tool shows it. The tool may change things if it is not read-only. \
            Where your client lets you, you may as well call the tool by its own name.
            """,
        inputSchema: [
            "type": "object",
            "properties": [
                "name": [
                    "type": "string", "minLength": 1, "maxLength": 128,
                    "description": "The name as beamline_find_tools gave it; none of the beamline_ tools.",
                ],
                "arguments": [
                    "type": "object", "additionalProperties": true,
                    "description": "The tool's own arguments; none when it needs none.",
                ],
            ],
            "required": ["name"],
        ],
        // Without a type: the answer is the other tool's, and what that one is depends on the tool.
        outputSchema: ["description": "What the tool answers; its own outputSchema says more."],
        annotations: [
            "readOnlyHint": false, "destructiveHint": true, "idempotentHint": false, "openWorldHint": true,
        ]
    )

    static let readOnly: JSONValue = [
        "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false,
    ]
}
