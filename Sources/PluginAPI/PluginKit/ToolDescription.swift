public import JSON

/// What a client is told about a tool.
public struct ToolDescription: Hashable, Sendable {
    /// The local name: `[A-Za-z0-9_-]`, without the namespace.
    public let name: String
    /// A short name for people.
    public let title: String
    /// When to use the tool and when another, in a few sentences for a model.
    public let summary: String
    /// The arguments: an object schema.
    public let input: Schema
    /// The structured answer; nil for a tool that answers with ``ToolContent``.
    public let output: Schema?
    /// What the tool does to the world.
    public let effect: ToolEffect
    /// Pictures that clients may show, one in several sizes or for several backgrounds.
    public let icons: [Icon]
    /// What clients are given as `_meta`: an object, such as `["ui": ["resourceUri": "ui://jobs"]]`.
    public let metadata: JSONValue?
    /// How long a call may take, in milliseconds; nil for the host's default.
    public let timeoutMilliseconds: Int?

    /// Creates a description; a tool only reads unless it says otherwise.
    public init(
        name: String,
        title: String,
        summary: String,
        input: Schema,
        output: Schema?,
        effect: ToolEffect = .reads,
        icons: [Icon] = [],
        metadata: JSONValue? = nil,
        timeoutMilliseconds: Int? = nil
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.input = input
        self.output = output
        self.effect = effect
        self.icons = icons
        self.metadata = metadata
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}

/// What a tool does to the world; becomes the MCP annotations.
public enum ToolEffect: Hashable, Sendable {
    /// Nothing changes.
    case reads
    /// Something is added or changed; repeating the call may or may not change more.
    case writes(isIdempotent: Bool)
    /// Something is ended or deleted: a person is asked first.
    case destroys(isIdempotent: Bool)

    var annotations: JSONValue {
        switch self {
        case .reads:
            ["readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false]
        case .writes(let isIdempotent):
            [
                "readOnlyHint": false, "destructiveHint": false, "idempotentHint": .bool(isIdempotent),
                "openWorldHint": false,
            ]
        case .destroys(let isIdempotent):
            [
                "readOnlyHint": false, "destructiveHint": true, "idempotentHint": .bool(isIdempotent),
                "openWorldHint": false,
            ]
        }
    }
}
