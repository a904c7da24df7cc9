public import JSON

/// A call that a rule allows and leaves the last word on to the plugin (``AuthRules/Rule/narrowed``).
public struct AuthorizationRequest: Sendable {
    /// What is called.
    public enum Kind: String, Hashable, Sendable {
        case tool, resource, prompt
    }

    /// What is called.
    public let kind: Kind
    /// The local name of a tool or prompt, or the local address of a resource.
    public let name: String
    /// The arguments as the item gets them; a tool's were checked against its schema.
    public let arguments: JSONNode

    /// Creates a request; plugins get theirs from the bridge, tests make their own.
    public init(kind: Kind, name: String, arguments: JSONNode) {
        self.kind = kind
        self.name = name
        self.arguments = arguments
    }
}

/// What a plugin says to one call.
public enum Authorization: Hashable, Sendable {
    case allowed
    /// The reason is shown to the caller: say what would be allowed, and nothing about others' data.
    case refused(String)

    var document: JSONValue {
        switch self {
        case .allowed: ["allow": true]
        case .refused(let reason): ["allow": false, "reason": .string(reason)]
        }
    }
}

extension AuthorizationRequest {
    /// Reads `{"kind","arguments"}`.
    init(_ name: String, _ body: JSONNode) throws(ToolError) {
        guard let kind = body["kind"]?.string.flatMap(Kind.init), let arguments = body["arguments"] else {
            throw ToolError(.internal, "The gateway asked in a form this plugin cannot read.")
        }
        self.init(kind: kind, name: name, arguments: arguments)
    }
}
