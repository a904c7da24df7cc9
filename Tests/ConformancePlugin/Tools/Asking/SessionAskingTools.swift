import JSON
package import PluginKit

/// Has the client's model answer a prompt.
package struct SamplingTool: AskingTool {
    package struct Input: Decodable, Sendable {
        let prompt: String
    }

    package static let name = "test_sampling"
    package static let summary = "Has the client's model answer a prompt."
    package static let input = Schema.object([.required("prompt", .string("What the model is asked."))])

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        let answer = try context.ask(SuiteQuestion.sampling("answer", input.prompt, maxTokens: 100))
        return "LLM response: \(answer.written)"
    }
}

/// Asks the user for two texts.
package struct ElicitationTool: AskingTool {
    package struct Input: Decodable, Sendable {
        let message: String
    }

    package static let name = "test_elicitation"
    package static let summary = "Asks the user for a name and an address."
    package static let input = Schema.object([.required("message", .string("What the user is told."))])

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        let fields: [Schema.Property] = [
            .required("username", .string("User's response")), .required("email", .string("User's email address")),
        ]
        let told = try context.ask(.form("response", input.message, fields)).told
        return "User response: action=\(told.action), content=\(told.content)"
    }
}

/// Asks with a default for every kind of field.
package struct ElicitationDefaultsTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_elicitation_sep1034_defaults"
    package static let summary = "Asks with a default for every kind of field."

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "name": ["type": "string", "description": "User name", "default": "John Doe"],
                "age": ["type": "integer", "description": "User age", "default": 30],
                "score": ["type": "number", "description": "User score", "default": 95.5],
                "status": [
                    "type": "string", "description": "User status", "enum": ["active", "inactive", "pending"],
                    "default": "active",
                ],
                "verified": ["type": "boolean", "description": "Verification status", "default": true],
            ],
            "required": [],
        ]
        let told = try context.ask(.form("defaults", "Please review the values", schema: schema)).told
        return "Elicitation completed: action=\(told.action), content=\(told.content)"
    }
}

/// Asks with every kind of choice.
package struct ElicitationChoicesTool: AskingTool {
    package typealias Input = NoArguments

    package static let name = "test_elicitation_sep1330_enums"
    package static let summary = "Asks with every kind of choice."

    private static let titled: JSONValue = [
        ["const": "value1", "title": "First Option"], ["const": "value2", "title": "Second Option"],
        ["const": "value3", "title": "Third Option"],
    ]
    private static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "untitledSingle": ["type": "string", "enum": ["option1", "option2", "option3"]],
            "titledSingle": ["type": "string", "oneOf": titled],
            "legacyEnum": [
                "type": "string", "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"],
            ],
            "untitledMulti": [
                "type": "array", "items": ["type": "string", "enum": ["option1", "option2", "option3"]],
            ],
            "titledMulti": ["type": "array", "items": ["anyOf": titled]],
        ],
        "required": [],
    ]

    package func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String {
        let told = try context.ask(.form("choices", "Please choose", schema: Self.schema)).told
        return "Elicitation completed: action=\(told.action), content=\(told.content)"
    }
}
