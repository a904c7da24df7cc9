import GatewayCore
import JSON

extension ToolDescription {
    static let routeQuestion = ToolDescription(
        localName: "route_question",
        title: "Route a question",
        description: """
            Which experiment, tool and arguments a question needs, with how sure that is and why: when several \
            experiments have a tool for it, or a number could be anything. It runs nothing; call what it names. When it \
            is ambiguous ask the person which experiment is meant.
            """,
        inputSchema: [
            "type": "object",
            "properties": [
                "question": [
                    "type": "string", "minLength": 1, "maxLength": 2000,
                    "description": "The question as the person asked it, in English.",
                ]
            ],
            "required": ["question"],
        ],
        outputSchema: [
            "type": "object",
            "properties": [
                "items": [
                    "type": "array",
                    "description": "The calls that may answer it, the surest first.",
                    "items": [
                        "type": "object",
                        "properties": [
                            "name": ["type": "string", "description": "The tool to call."],
                            "namespace": ["type": "string", "description": "The experiment it is of."],
                            "arguments": ["type": "object", "description": "What the question says of them."],
                            "missing": [
                                "type": "array", "items": ["type": "string"],
                                "description": "Required arguments that it does not say.",
                            ],
                            "confidence": [
                                "type": "number", "minimum": 0, "maximum": 1, "description": "0.5 and less is a guess.",
                            ],
                            "reason": ["type": "string"],
                        ],
                        "required": ["name", "namespace", "arguments", "missing", "confidence", "reason"],
                    ],
                ],
                "total_count": ["type": "integer"],
                "has_more": ["type": "boolean"],
                "monitor_urls": ["type": "array", "items": ["type": "string"]],
                "ambiguous": [
                    "type": "boolean", "description": "Whether several experiments answer it equally well.",
                ],
                "hint": ["type": "string", "description": "What to do next."],
            ],
            "required": ["items", "total_count", "has_more", "monitor_urls", "ambiguous"],
        ],
        annotations: readOnly
    )
}
