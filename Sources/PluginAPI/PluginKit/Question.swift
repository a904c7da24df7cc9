public import JSON

/// Something a tool, resource or prompt must know from the client, its user or its model before it goes on.
///
/// Never ask for a password, key or token by a form; send the user to a page of yours with ``link(_:_:url:)``.
public struct Question: Hashable, Sendable {
    /// The name of the answer: 1 to 64 bytes, unique in the call and the same whenever the call begins again.
    public let key: String
    let method: String
    let parameters: JSONValue

    private init(_ key: String, _ method: String, _ parameters: JSONValue) {
        self.key = key
        self.method = method
        self.parameters = parameters
    }

    /// Asks the user to fill in a form; its fields are strings, numbers, booleans and choices, none inside another.
    public static func form(_ key: String, _ message: String, _ fields: [Schema.Property]) -> Question {
        var schema = JSONObject()
        if let members = Schema.object(fields).document.object?.members {
            for member in members where member.name != "additionalProperties" { schema[member.name] = member.value }
        }
        return form(key, message, schema: .object(schema))
    }

    /// The same with a schema as MCP has it (`requestedSchema`).
    public static func form(_ key: String, _ message: String, schema: JSONValue) -> Question {
        Question(
            key,
            "elicitation/create",
            ["mode": "form", "message": .string(message), "requestedSchema": schema]
        )
    }

    /// Asks the user to open a page; the answer says only whether they agreed to.
    public static func link(_ key: String, _ message: String, url: String) -> Question {
        Question(
            key,
            "elicitation/create",
            ["mode": "url", "message": .string(message), "url": .string(url)]
        )
    }

    /// Asks the client's model to write something; `parameters` are those of `sampling/createMessage`.
    public static func sampling(_ key: String, _ parameters: JSONValue) -> Question {
        Question(key, "sampling/createMessage", parameters)
    }

    /// Asks which folders the client works on.
    public static func roots(_ key: String) -> Question {
        Question(key, "roots/list", [:])
    }
}

/// What came back for a question.
public enum Answer: Hashable, Sendable {
    /// A form's content, or the whole answer to anything else.
    case accepted(JSONValue)
    /// The user said no.
    case declined
    /// The user did not decide.
    case cancelled

    /// Reads an answer as the host passes it on.
    init(_ node: JSONNode) {
        switch node["action"]?.string {
        case "accept": self = .accepted(node["content"]?.value ?? [:])
        case "decline": self = .declined
        case "cancel": self = .cancelled
        default: self = .accepted(node.value)
        }
    }

    /// What was accepted.
    public var value: JSONValue? {
        if case .accepted(let value) = self { value } else { nil }
    }
}
